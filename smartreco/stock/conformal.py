"""From past forecast errors to what may be asked for over several weeks together.

Quantiles of single weeks do not add up to the quantile of their sum. So forecasts are
summed over the weeks that stock must last, errors of those sums are taken from the past,
and the sum ahead is given the same errors (conformal prediction on summed errors). A
product has few such errors: it gives the width, and products that are zero about as often
give most of the shape.

`smartreco.forecast.quantiles` does the same for single weeks ahead and stops at five
quantiles, which bands on a page need; stock needs sums, and whole distributions of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri

from smartreco.stock.arrays import Floats, Ints, Mask
from smartreco.stock.outcomes import DRAWS, Outcomes, shares

#: Expected pieces of the next weeks (products x weeks) from those of the past.
Foresee = Callable[[Floats, int], Floats]

OWN_SHAPE: Final = 0.25  # share of a product's own quantiles, once it has `FULL_SHAPE` errors
FULL_SHAPE: Final = 40
PULL: Final = 6.0  # errors that the width of all is worth
NARROWEST: Final = 1e-9  # pieces: a forecast that never failed has a width too
FLOOR: Final = 0.1  # of the mean, below which the width shrinks no further
POOLS: Final = 5
POOL_SIZE: Final = 25  # products that a pool has at least
NORMAL_FROM: Final = 20  # errors of a pool, below which nothing is known of its shape


@dataclass(frozen=True, slots=True)
class Errors:
    """What was foreseen and what came.

    Attributes
    ----------
    foreseen, asked
        Sums over the same weeks, products x origins, the latest last; NaN: not to be judged.
    """

    foreseen: Floats
    asked: Floats


def outcomes(expected: Floats, errors: Errors, draws: int = DRAWS) -> Outcomes:
    """What may be asked for where `expected` pieces are.

    Parameters
    ----------
    expected
        Summed forecast of each product.
    errors
        Of sums over as many weeks.
    """
    known = np.isfinite(errors.asked) & np.isfinite(errors.foreseen)
    count = known.sum(axis=1)
    size = np.maximum(_mean(errors.asked, known), 1e-9)
    difference = np.where(known, errors.asked - errors.foreseen, 0.0)
    scaled = difference / _growth(np.where(known, errors.foreseen, 0.0), size[:, None])
    width = _width(scaled, count, size)
    shape = _shape(scaled / width[:, None], known, _pools(errors.asked, known), draws)
    made = expected[:, None] + shape * (width * _growth(expected, size))[:, None]
    return Outcomes(np.maximum(np.sort(made, axis=1), 0.0))


def mean_of_last(weeks: int) -> Foresee:
    """Foresee the mean of the last weeks: the plainest forecaster."""

    def foresee(past: Floats, ahead: int) -> Floats:
        mean = past[:, -weeks:].mean(axis=1)
        return np.repeat(mean[:, None], ahead, axis=1)

    return foresee


def _mean(values: Floats, known: Mask) -> Floats:
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.asarray(total / np.maximum(known.sum(axis=1), 1))


def _growth(foreseen: Floats, size: Floats) -> Floats:
    """Width of errors at a forecast beside that at the mean: counts spread by their root."""
    return np.asarray(np.sqrt((np.maximum(foreseen, 0.0) + FLOOR * size) / ((1 + FLOOR) * size)))


def _width(scaled: Floats, count: Ints, size: Floats) -> Floats:
    """Root mean squared error, pulled to that of all products of like size."""
    own = (scaled**2).sum(axis=1) / np.maximum(count, 1)
    told = count > 0
    per_piece = (own[told] / size[told]).mean() if told.any() else 1.0
    pooled = per_piece * size
    return np.asarray(np.sqrt((count * own + PULL * pooled) / (count + PULL)) + NARROWEST)


def _pools(asked: Floats, known: Mask) -> list[Ints]:
    """Products in groups of like shares of zeros."""
    zeros = ((asked == 0) & known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    groups = max(1, min(POOLS, len(asked) // POOL_SIZE))
    rank = np.argsort(np.argsort(zeros, kind="stable"), kind="stable")
    return [np.flatnonzero(rank * groups // len(asked) == at) for at in range(groups)]


def _shape(scaled: Floats, known: Mask, pools: list[Ints], draws: int) -> Floats:
    """Scaled errors at equally likely shares, own and pooled ones mixed: products x draws."""
    wanted = shares(draws)
    pooled = np.zeros((len(scaled), draws))
    for rows in pools:
        drawn = scaled[rows][known[rows]]
        pooled[rows] = _quantiles(drawn, wanted) if len(drawn) >= NORMAL_FROM else ndtri(wanted)
    count = known.sum(axis=1)
    ordered = np.sort(np.where(known, scaled, np.inf), axis=1)
    ordered[~np.isfinite(ordered)] = 0.0
    last = np.maximum(count, 1)[:, None] - 1
    place = np.clip(wanted[None, :] * (last + 2) - 1, 0, last)
    low = place.astype(np.int64)
    first = ordered.shape[1] * np.arange(len(ordered))[:, None]
    below = ordered.ravel()[first + low]
    above = ordered.ravel()[first + np.minimum(low + 1, last)]
    own = below + (above - below) * (place - low)
    share = (OWN_SHAPE * np.clip(count / FULL_SHAPE, 0, 1))[:, None]
    return np.asarray(share * own + (1 - share) * pooled)


def _quantiles(drawn: Floats, wanted: Floats) -> Floats:
    """As `numpy.quantile`, which takes several times as long for hundreds of them."""
    return np.interp(wanted * (len(drawn) - 1), np.arange(len(drawn)), np.sort(drawn))
