"""How much of what cannot be had, or is too dear, is bought as something like it.

Empty shelves of the past tell: in weeks in which a product could not be had, did its
sub-category sell more of the rest than other sub-categories of the category did? What a
price drives away goes where an empty shelf sends it (the diversion ratio; Conlon and
Mortimer 2021), so that one share serves all levers. Empty shelves are few, so the share
starts from an assumption, and the data pull on it as hard as they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask, Texts
from smartreco.forecast.smoothing import moving_mean

#: Shoppers before an empty shelf took another product in 45 % of cases, in a survey of 52
#: studies (Gruen, Corsten and Bharadwaj 2002); shops that order can wait, so less is assumed.
ASSUMED: Final = 0.2
ASSUMED_SPREAD: Final = 0.2
LEVEL_WEEKS: Final = 13
FEWEST_WEEKS: Final = 20
FEWEST_OUT: Final = 10  # weeks of a sub-category with an empty shelf, below which nothing is told
LEAST: Final = 0.02  # of the usual demand, that must have been lacking in a week
MOST: Final = 0.9
FAR: Final = 3.0  # standard deviations, beyond which a week counts as that far


@dataclass(frozen=True, slots=True)
class Substitution:
    """Share of lost pieces that like products gain.

    Attributes
    ----------
    share, spread
        What is believed: middle and standard deviation, drawn within 0 and `MOST`.
    told
        The data's own estimate and its standard error; None where they tell nothing.
    weeks
        Weeks of a sub-category in which something was lacking.
    """

    share: float = ASSUMED
    spread: float = ASSUMED_SPREAD
    told: tuple[float, float] | None = None
    weeks: int = 0

    @property
    def learned(self) -> bool:
        """Whether data say more of it than the assumption does."""
        return self.told is not None and self.told[1] < ASSUMED_SPREAD

    def at(self, normal: Floats) -> Floats:
        """Shares at standard normal draws."""
        return np.clip(self.share + self.spread * normal, 0.0, MOST)


def substitution(demand: Floats, sold: Floats, missing: Mask | None, like: Texts) -> Substitution:
    """Learn the share from empty shelves.

    Parameters
    ----------
    demand, sold
        Pieces with full shelves, and pieces sold: products x weeks.
    missing
        Weeks in which a product could not be had.
    like
        What each product can stand in for: its sub-category, else its category.
    """
    if missing is None or demand.shape[1] < FEWEST_WEEKS:
        return Substitution()
    told = _told(demand, sold, missing, np.unique(like, return_inverse=True)[1])
    if told is None:
        return Substitution()
    value, error, weeks = told
    trust = ASSUMED_SPREAD**2 / (ASSUMED_SPREAD**2 + error**2)
    share = ASSUMED + trust * (value - ASSUMED)
    spread = ASSUMED_SPREAD * float(np.sqrt(1 - trust))
    return Substitution(float(np.clip(share, 0.0, MOST)), spread, (value, error), weeks)


def _told(
    demand: Floats, sold: Floats, missing: Mask, code: Ints
) -> tuple[float, float, int] | None:
    """Slope of what the rest sold beyond the usual on what was lacking; both beside the usual."""
    groups = int(code.max()) + 1
    usual = moving_mean(demand, LEVEL_WEEKS)
    member = (np.arange(groups)[:, None] == code[None, :]).astype(float)
    lacking = member @ (usual * missing)
    rest = member @ (usual * ~missing)
    kept = member @ (sold * ~missing)
    fine = rest > 1e-9
    x = np.where(fine, lacking / np.maximum(rest, 1e-9), 0.0)
    y = np.where(fine, kept / np.maximum(rest, 1e-9) - 1.0, 0.0)
    x, weight = np.minimum(x, 1.0), rest * fine
    x, y = _apart(x, weight), _apart(y, weight)
    weeks = int(((lacking > LEAST * rest) & fine).sum())
    # Weights by how steady a group is: the rest's own noise beside the usual.
    noise = np.maximum((y**2).mean(axis=1), 1e-6)
    reach = FAR * np.sqrt(noise)[:, None]
    y = np.clip(y, -reach, reach)
    w = fine / noise[:, None]
    size = float((w * x * x).sum())
    if weeks < FEWEST_OUT or size <= 0:
        return None
    slope = float((w * x * y).sum() / size)
    left = w * x * (y - slope * x)
    error = float(np.sqrt((left.sum(axis=0) ** 2).sum()) / size)
    return slope, max(error, 1e-3), weeks


def _apart(values: Floats, weight: Floats) -> Floats:
    """Less each group's own slow course, then less what all groups of a week have in common."""
    own = values - values.mean(axis=1, keepdims=True)
    smooth = moving_mean(own, LEVEL_WEEKS)
    own = own - smooth
    share = weight / np.maximum(weight.sum(axis=0, keepdims=True), 1e-9)
    return np.asarray(own - (own * share).sum(axis=0, keepdims=True))
