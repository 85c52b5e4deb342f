"""How much wider intervals must be than the model says, by leaving out runs of weeks.

Weeks near each other go wrong together, so the model's own standard errors are too small.
Leaving out one block of weeks after another shows by how much (Künsch 1989).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.price_category import common
from smartreco.forecast.price_fit import Data, Fit, Prior, fit

ROUNDS: Final = 3  # Newton steps from the whole fit: a block changes little
WIDEST: Final = 8.0
WIDEST_OWN: Final = 8.0  # for one product, whose factor is mostly luck
LEAST: Final = 1e-9
SURE: Final = 0.1  # variance of a slope, far below which surer ones do not count for more


def inflation(
    data: Data, prior: Prior, whole: Fit, spread: Floats, usable: Mask, code: Ints, blocks: int
) -> float:
    """Factor on all variances, 1 to `WIDEST`.

    Were the model right, leaving out a block would move a slope by as much as its
    variance grows; the factor says how much further slopes do move. (Held against the
    variance itself, as is usual, the jackknife is too wide where blocks tell unequally
    much.) One product's factor is mostly luck, so one is found for all: from the products,
    and from the means of categories, in which common mistakes show; the larger holds.

    Parameters
    ----------
    prior, whole
        The fit with all weeks.
    spread, usable, code
        See `smartreco.forecast.price_category.common`.
    """
    if not usable.any():
        return 1.0
    edges = np.linspace(0, data.units.shape[1], blocks + 1).round().astype(int)
    slope, variance, means, doubts = _measured(whole, prior, spread, usable, code)
    moved, grown = np.zeros_like(slope), np.zeros_like(slope)
    means_moved = means_grown = 0.0
    for low, high in pairwise(edges.tolist()):
        part = data.without(slice(low, high))
        left = fit(part, prior, whole.dispersion, whole.coefficients, ROUNDS)
        its_slope, its_variance, its_means, its_doubts = _measured(
            left, prior, spread, usable, code
        )
        moved += (its_slope - slope) ** 2
        grown += np.maximum(its_variance - variance, LEAST)
        means_moved += float(((its_means - means) ** 2).sum())
        means_grown += float((its_doubts - doubts).sum())
    weight = usable / (variance + SURE)
    own = float(weight @ np.clip(moved / grown, 0, WIDEST_OWN) / weight.sum())
    return float(np.clip(max(own, means_moved / max(means_grown, LEAST)), 1.0, WIDEST))


def _measured(
    made: Fit, prior: Prior, spread: Floats, usable: Mask, code: Ints
) -> tuple[Floats, Floats, Floats, Floats]:
    """Price slope and variance of each product, then of each category's mean."""
    told = made.told(prior)
    known = common(told, spread, usable, code)
    return (*told.alone(0, prior.mean, spread), known.mean[:, 0], known.covariance[:, 0, 0])
