"""The products near the top of one list, for each judged shop, with all that a mix needs.

Only what some component, or some mix of them, puts near its top can reach the top of another
mix. So a few hundred products a shop stand for the catalogue, and mixing them takes a
millisecond. A shop that has few candidates keeps them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.evaluation.bench.spreads import STEPS, Mask, Moments, Singles, Spreads
from smartreco.recommend.blend import NOISE, Weights
from smartreco.recommend.damping import DAMPED

Ints = npt.NDArray[np.int32]

WHOLE: Final = 160
"""Candidates of a shop up to which all of them are kept."""


@dataclass(frozen=True)
class Pool:
    """One list at one half-life.

    Attributes
    ----------
    names
        Components, in the order of the first axis of ``values``.
    at
        Shops x places: positions of products, ascending; -1 where a place is empty.
    values
        Components x shops x places: scores that nothing damps yet.
    truth, soon
        Shops x places: ordered in the window, and in its first 28 days (None: it is shorter).
    relevant
        Products ordered in the window that the list could hold, one count a shop.
    whole
        Shops whose every candidate is in the pool.
    spreads
        Over all that the list may hold, not the pool alone.
    floors
        Least spread by component at each step of damping: steps x components.
    """

    names: tuple[str, ...]
    at: Ints
    values: Singles
    truth: Mask
    soon: Mask | None
    relevant: npt.NDArray[np.integer]
    whole: Mask
    spreads: Spreads
    floors: Singles

    @property
    def nbytes(self) -> int:
        """Memory that the arrays take."""
        held = (self.at, self.values, self.truth, self.spreads.together, self.spreads.mean)
        return sum(one.nbytes for one in held) + (0 if self.soon is None else self.soon.nbytes)


@dataclass(frozen=True)
class Mixed:
    """Scores of a pool by some weights.

    Attributes
    ----------
    totals
        Shops x places; what stands at an empty place has no meaning.
    by
        Components x shops: what scores are multiplied by.
    moments
        Of the components, over all that the list may hold.
    """

    totals: Singles
    by: Singles
    moments: Moments

    @property
    def width(self) -> Singles:
        """Spread of each shop's totals over the whole list."""
        variance = np.einsum("cs,ds,cds->s", self.by, self.by, self.moments.together)
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)))

    @property
    def mean(self) -> Singles:
        """Mean of each shop's totals over the whole list."""
        return np.asarray(np.einsum("cs,cs->s", self.by, self.moments.mean))


def mixed(pool: Pool, weights: Weights, power: float, damping: Singles) -> Mixed:
    """Add up the components of a pool, as `recommend.blend` does with a whole catalogue.

    Parameters
    ----------
    damping
        What ``power`` multiplies the damped scores of each product by (`Market.damping`).
    """
    moments = pool.spreads.at(power)
    floors = _between(pool.floors, power)
    width = np.maximum(moments.width, floors[:, None])
    tells = width > NOISE * pool.spreads.loudest
    share = np.array([weights.get(name, 0.0) for name in pool.names], dtype=np.float32)
    by = (share[:, None] / np.where(tells, width, 1.0)).astype(np.float32)
    totals, damped = np.zeros(pool.at.shape, np.float32), np.zeros(pool.at.shape, np.float32)
    for place, name in enumerate(pool.names):
        if share[place]:
            into = damped if power and name in DAMPED else totals
            into += by[place][:, None] * pool.values[place]
    if power:
        damped *= damping[pool.at]
        totals += damped
    return Mixed(totals, by, moments)


def _between(steps: Singles, power: float) -> Singles:
    """A row a step, at any power."""
    return np.array([np.interp(power, STEPS, column) for column in steps.T], dtype=np.float32)
