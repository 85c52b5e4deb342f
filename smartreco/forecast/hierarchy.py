"""Forecasts that agree: what products add up to is what their category says.

Each level is forecast on its own, and each knows something: products their promotion,
the total the season. Weighted least squares moves all of them as little as their
errors warrant until every sum holds (Hyndman, Lee and Wang 2016, in the form with
constraints: y - W C'(C W C')^-1 C y, where C y = 0 says that the sums hold). Its
system has one row a sum, not one a product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from smartreco.errors import InputError
from smartreco.forecast.arrays import Floats, Ints, Texts
from smartreco.forecast.forecaster import Forecast

PART_LEVEL, PART_ID = "part_level", "part_id"
WHOLE_LEVEL, WHOLE_ID = "whole_level", "whole_id"
LINK_COLUMNS: Final = (PART_LEVEL, PART_ID, WHOLE_LEVEL, WHOLE_ID)
MOST_ROUNDS: Final = 50
NORMAL_80: Final = 2.5631  # width of the 80 % band in standard deviations


@dataclass(frozen=True)
class Sums:
    """Which sums must hold: a row a sum, 1 at the whole, -1 at each part, 0 elsewhere."""

    matrix: sparse.csr_array

    def gap(self, values: Floats) -> float:
        """Largest difference between a whole and its parts."""
        return float(np.abs(self.matrix @ values).max()) if self.matrix.shape[0] else 0.0


def sums(levels: Texts, ids: Texts, links: pd.DataFrame) -> Sums:
    """Sums over the series that are present.

    Parameters
    ----------
    levels, ids
        Of each series.
    links
        Columns `LINK_COLUMNS`: which part belongs to which whole. A whole and a level
        of parts make one sum; links to a series that is absent are left out.

    Raises
    ------
    InputError
        A series appears twice.
    """
    place = pd.MultiIndex.from_arrays([levels, ids])
    if not place.is_unique:
        raise InputError("a series appears once in a hierarchy", "one that appears twice")
    whole = place.get_indexer(pd.MultiIndex.from_frame(links[[WHOLE_LEVEL, WHOLE_ID]]))
    part = place.get_indexer(pd.MultiIndex.from_frame(links[[PART_LEVEL, PART_ID]]))
    both = (whole >= 0) & (part >= 0)
    whole, part = whole[both], part[both]
    kind = pd.factorize(links[PART_LEVEL].to_numpy()[both])[0]
    of, row = np.unique(np.column_stack([whole, kind]), axis=0, return_inverse=True)
    row = row.reshape(-1)
    values = np.concatenate([np.ones(len(of)), -np.ones(len(part))])
    rows = np.concatenate([np.arange(len(of)), row])
    columns = np.concatenate([of[:, 0], part])
    shape = (len(of), len(ids))
    return Sums(sparse.csr_array((values, (rows, columns)), shape=shape))


def reconcile(forecast: Forecast, sums: Sums, keep: Ints | None = None) -> Forecast:
    """Move means until all sums hold; bands and parts move with them.

    A mean is moved the more, the wider its band, and the more series its level has: a
    level errs in one direction, so that the sum of n series is off by n times what
    independent errors would add up to. None is moved below zero.

    Parameters
    ----------
    keep
        Rows that stay as they are.
    """
    width = (forecast.quantiles[:, :, 3] - forecast.quantiles[:, :, 1]) / NORMAL_80
    variance = (width**2).mean(axis=1) + 1e-6 * (forecast.mean**2).mean(axis=1)
    _, level, size = np.unique(forecast.levels, return_inverse=True, return_counts=True)
    variance *= size[level]
    if keep is not None:
        variance[keep] = 0.0
    return forecast.moved_to(project(forecast.mean, variance, sums), reconciled=True)


def project(values: Floats, variance: Floats, sums: Sums) -> Floats:
    """Nearest values, 0 or more, for which the sums hold; far is measured in standard deviations.

    Parameters
    ----------
    values
        Series x periods.
    variance
        Of each series; where it is 0 the series stays as it is.

    Notes
    -----
    What a projection makes negative is held at zero and the rest is projected again.
    """
    found = _projected(values, variance, sums)
    for period in np.flatnonzero((found < 0).any(axis=0)):
        held = np.zeros(len(values), dtype=bool)
        column = found[:, [period]]
        for _ in range(MOST_ROUNDS):
            low = column[:, 0] < 0
            if not low.any():
                break
            held |= low
            start = np.where(held, 0.0, values[:, period])[:, None]
            column = _projected(start, np.where(held, 0.0, variance), sums)
        found[:, [period]] = np.maximum(column, 0.0)
    return found


def _projected(values: Floats, variance: Floats, sums: Sums) -> Floats:
    """One projection, repeated once on what rounding left."""
    C = sums.matrix
    if not C.shape[0]:
        return values.copy()
    weighted = C.T.multiply(variance[:, None]).tocsr()
    gram = (C @ weighted).toarray()
    size = np.sqrt(np.maximum(np.diag(gram), 1e-12))
    scaled = gram / size[:, None] / size[None, :]
    inverse = np.linalg.pinv(scaled, rcond=1e-12, hermitian=True)
    found = values
    for _ in range(2):
        push = (inverse @ ((C @ found) / size[:, None])) / size[:, None]
        found = found - weighted @ push
    return np.asarray(found)
