"""How much wider intervals must be than the model says, by leaving out runs of weeks.

Weeks near each other go wrong together, so the model's own standard errors are too small.
Leaving out one block of weeks after another shows by how much (Künsch 1989).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Mask
from smartreco.forecast.price_fit import Data, Fit, Prior, fit

ROUNDS: Final = 2  # Newton steps from the whole fit: a block changes little
POOL: Final = 3.0  # times the blocks: what all products together count for beside one
WIDEST: Final = 6.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """First slope of every product without each block of weeks, and its variance by the model.

    Both are blocks x products.
    """

    slopes: Floats
    variances: Floats


def left_out(data: Data, prior: Prior, whole: Fit, blocks: int) -> LeftOut:
    """Fit every product without one block of weeks after another."""
    weeks = data.units.shape[1]
    edges = np.linspace(0, weeks, blocks + 1).round().astype(int)
    parts = [slice(low, high) for low, high in pairwise(edges.tolist())]
    start, phi = whole.coefficients, whole.dispersion
    made = [fit(data.without(part), prior, phi, start, ROUNDS) for part in parts]
    return LeftOut(
        np.stack([one.slopes[:, 0] for one in made]),
        np.stack([one.variances[:, 0] for one in made]),
    )


def variance(without: Floats, whole: Floats) -> Floats:
    """Jackknife variance of something measured whole, and without each block (first axis)."""
    blocks = len(without)
    return np.asarray((blocks - 1) / blocks * ((without - whole) ** 2).sum(axis=0))


def inflation(without: LeftOut, whole: Fit, usable: Mask) -> Floats:
    """Factor on each product's variance, 1 or more.

    Were the model right, leaving out a block would move a slope by as much as the variance
    grows; the factor says how much further slopes do move. (Held against the variance
    itself, as is usual, the jackknife is too wide where blocks tell unequally much.) A
    product's own factor rests on a few blocks and is pulled to the mean of all.

    Parameters
    ----------
    usable
        Products that count in the mean of all.
    """
    moved = ((without.slopes - whole.slopes[:, 0]) ** 2).sum(axis=0)
    expected = np.maximum(without.variances - whole.variances[:, 0], 1e-9).sum(axis=0)
    ratio = np.clip(moved / expected, 0.0, WIDEST)
    pooled = float(ratio[usable].mean()) if usable.any() else 1.0
    own = np.where(usable, ratio, pooled)
    return np.asarray(np.maximum((own + POOL * pooled) / (1 + POOL), 1.0))
