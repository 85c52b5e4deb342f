"""Whose past errors serve whom: series that err alike lend each other the width and shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask

SMALL: Final = -1  # number of the pool of all levels that are too small for their own
FEWEST_IN_GROUP: Final = 25


@dataclass(frozen=True, slots=True)
class Judged:
    """What errors are measured on.

    Attributes
    ----------
    values, observed
        Demand, and where it counts: series x weeks.
    begins, unit
        Week of the first sale, and the scale, a series.
    pools
        Number of the pool of each series, see `smartreco.forecast.forecaster.pools_of`.
    few
        Series of levels that are too small to tell how far errors overlap.
    """

    values: Floats
    observed: Mask
    begins: Ints
    unit: Floats
    pools: Ints
    few: Mask


@dataclass(frozen=True, slots=True)
class Pool:
    """Rows that are served, and the rows whose errors serve them."""

    rows: Ints
    drawn: Ints


def alike(judged: Judged, mean: Floats, most: int) -> list[Pool]:
    """Series in groups of like shares of zeros, and of like steadiness among equals.

    A pool of its own is split into groups; the levels too small for that are served by
    groups of all series.
    """
    n, T = judged.values.shape
    known = np.arange(T)[None, :] >= judged.begins[:, None]
    zeros = ((judged.values == 0) & known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    key = 10 * zeros - 0.3 * np.log(mean / judged.unit + 1e-6)
    found: list[Pool] = []
    for pool in np.unique(judged.pools):
        inside = judged.pools == pool
        if pool == SMALL:
            groups = _split(np.arange(n), key, most)
            found += [Pool(rows[inside[rows]], rows) for rows in groups]
        else:
            groups = _split(np.flatnonzero(inside), key, most)
            found += [Pool(rows, rows) for rows in groups]
    return [one for one in found if len(one.rows)]


def _split(rows: Ints, key: Floats, most: int) -> list[Ints]:
    """Rows in groups of equal size by the key."""
    many = max(1, min(most, len(rows) // FEWEST_IN_GROUP))
    return np.array_split(rows[np.argsort(key[rows], kind="stable")], many)
