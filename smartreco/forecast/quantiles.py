"""Bands from the forecast's own past errors, step by step ahead (conformal prediction).

A series has some fifty past errors, too few for a 2.5 % quantile. So its own errors
give the width, and most of the shape comes from series that are zero about as often.
Spread grows with the square root of the forecast, as counts do. Past errors overlap:
eight weeks ahead, fifty of them can tell as little as six, and bands are widened for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.error_pools import Judged, Pool, alike

PROBABILITIES: Final = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
NORMAL: Final = np.array([-1.96, -1.2816, 0.0, 1.2816, 1.96])
FEWEST: Final = 5  # own errors, below which a series has no shape of its own
FEWEST_POOLED: Final = 20  # errors of a pool, below which the normal shape stands in
FULL_SHAPE: Final = 40  # own errors that earn the whole own share
MOST_POOLED: Final = 4000  # errors that a pool's quantiles are read off
MOST_TOGETHER: Final = 0.9  # of the correlation between errors that follow each other
LEAST: Final = 1e-12  # of the squared unit: a series without errors still has a width

#: Forecast made after some weeks for one number of weeks ahead: series x weeks.
Past = Callable[[Ints, int], Floats]


@dataclass(frozen=True, slots=True)
class QuantileSettings:
    """How own and pooled errors are mixed.

    Attributes
    ----------
    origins
        Latest origins whose errors count.
    own_shape
        Share of the series' own quantiles.
    pull
        Errors that the pool's width is worth.
    pools
        Most groups of like series in a level; a group has 25 or more.
    floor
        Share of the mean added below the square root, so that a zero forecast has a width.
    doubt
        Squared width added for each error that is all there is; half for two, and so on.
    """

    origins: int = 52
    own_shape: float = 0.25
    pull: float = 12.0
    pools: int = 5
    floor: float = 0.1
    doubt: float = 2.0


def quantiles(
    judged: Judged, past: Past, ahead: Floats, settings: QuantileSettings | None = None
) -> Floats:
    """Quantiles at `PROBABILITIES`: series x horizon x 5, 0 or more, never crossing.

    Parameters
    ----------
    past
        The forecaster, run on its own past.
    ahead
        The forecast: series x horizon.
    """
    settings = settings or QuantileSettings()
    n, horizon = ahead.shape
    mean = _mean_since(judged)
    pools = alike(judged, mean, settings.pools)
    knots = knots_of(horizon)
    spread = np.stack([_spread(judged, past, mean, pools, int(step), settings) for step in knots])
    made = np.empty((n, horizon, len(PROBABILITIES)))
    for step in range(1, horizon + 1):
        after = int(np.searchsorted(knots, step))
        apart = 0.0
        if knots[after] > step:
            apart = (knots[after] - step) / (knots[after] - knots[after - 1])
        now = ahead[:, step - 1]
        around = spread[after] if not apart else (1 - apart) * spread[after]
        if apart:
            around = around + apart * spread[after - 1]
        made[:, step - 1] = now[:, None] + around * _growth(now, mean, settings)[:, None]
    return np.maximum(np.sort(made, axis=2), 0.0)


def knots_of(horizon: int) -> Ints:
    """Steps whose errors are measured: 1, 2, 4, 8, ... and the last; between them, a line.

    >>> knots_of(10)
    array([ 1,  2,  4,  8, 10])
    """
    doubled = 2 ** np.arange(int(np.log2(horizon)) + 1)
    return np.unique(np.append(doubled, horizon))


def _spread(
    judged: Judged, past: Past, mean: Floats, pools: list[Pool], step: int,
    settings: QuantileSettings,
) -> Floats:  # fmt: skip
    """Quantiles of errors `step` weeks ahead, at the mean's width: series x 5."""
    error, counts = _errors(judged, past, mean, step, settings)
    width = _width(error, counts, judged.unit, pools, settings.pull)
    scaled = error / width[:, None]
    shape = _shape(scaled, counts, pools, settings.own_shape)
    width *= _widening(scaled, counts, judged, step, settings)
    return shape * width[:, None]


def _mean_since(judged: Judged) -> Floats:
    T = judged.values.shape[1]
    return np.asarray(judged.values.sum(axis=1) / np.maximum(T - judged.begins, 1))


def _growth(forecast: Floats, mean: Floats, settings: QuantileSettings) -> Floats:
    """Width of the errors at a forecast beside that at the mean."""
    size = np.maximum(mean, 1e-9)
    if forecast.ndim == 2:
        size = size[:, None]
    part = settings.floor
    return np.asarray(np.sqrt((forecast + part * size) / ((1 + part) * size)))


def _errors(
    judged: Judged, past: Past, mean: Floats, step: int, settings: QuantileSettings
) -> tuple[Floats, Mask]:
    """Errors `step` weeks ahead, at the mean's width, and which of them count."""
    T = judged.values.shape[1]
    origins = np.arange(min(max(8, T - step - settings.origins), max(T - step, 0)), T - step)
    forecast = past(origins, step)
    error = (judged.values[:, origins + step] - forecast) / _growth(forecast, mean, settings)
    counts = origins[None, :] >= (judged.begins + 5)[:, None]
    counts &= judged.observed[:, origins + step]
    return error * counts, counts


def _width(error: Floats, counts: Mask, unit: Floats, pools: list[Pool], pull: float) -> Floats:
    """Root mean squared error of each series, pulled to its pool's."""
    count = counts.sum(axis=1)
    squares = np.einsum("nt,nt->n", error, error)
    own = np.where(count > 0, squares / np.maximum(count, 1), unit**2)
    pooled = np.ones(len(unit))
    for pool in pools:
        enough = pool.drawn[count[pool.drawn] >= FEWEST]
        if len(enough):
            pooled[pool.rows] = (own[enough] / unit[enough] ** 2).mean()
    squared = (count * own + pull * pooled * unit**2) / (count + pull)
    return np.asarray(np.sqrt(np.maximum(squared, LEAST * unit**2)))


def _widening(
    scaled: Floats, counts: Mask, judged: Judged, step: int, settings: QuantileSettings
) -> Floats:
    """Factor of each width for what its errors are worth: sqrt(1 + doubt / worth).

    Errors that follow each other with correlation r are worth (1 - r) / (1 + r) of as
    many free ones (Bartlett's formula for a first-order autoregression); r is the pool's.
    Where series are few, r is itself a guess from few weeks; there, errors that share
    weeks count once: a year holds six stretches of eight weeks.
    """
    wider = np.ones(len(scaled))
    count = counts.sum(axis=1) + settings.pull
    for pool in np.unique(judged.pools):
        rows = judged.pools == pool
        own = scaled[rows]
        along = np.einsum("nt,nt->", own[:, 1:], own[:, :-1])
        together = along / max(np.einsum("nt,nt->", own, own), 1e-9)
        r = min(max(together, 0.0), MOST_TOGETHER)
        share = np.where(judged.few[rows], min((1 - r) / (1 + r), 1 / step), (1 - r) / (1 + r))
        wider[rows] = np.sqrt(1 + settings.doubt / np.maximum(count[rows] * share, 1.0))
    return wider


def _shape(scaled: Floats, counts: Mask, pools: list[Pool], own_share: float) -> Floats:
    """Quantiles of scaled errors, own and pooled ones mixed: series x 5."""
    count = counts.sum(axis=1)
    pooled = np.empty((len(scaled), len(PROBABILITIES)))
    for pool in pools:
        drawn = scaled[pool.drawn][counts[pool.drawn]]
        drawn = np.sort(drawn[:: 1 + len(drawn) // MOST_POOLED])
        pooled[pool.rows] = _at_ranks(drawn) if len(drawn) > FEWEST_POOLED else NORMAL
    if not scaled.shape[1]:
        return pooled
    own = _own_quantiles(scaled, counts, count)
    share = own_share * np.clip(count / FULL_SHAPE, 0, 1) * (count >= FEWEST)
    return np.asarray(share[:, None] * own + (1 - share[:, None]) * pooled)


def _at_ranks(ordered: Floats) -> Floats:
    """Quantiles of sorted values."""
    at = PROBABILITIES * (len(ordered) - 1)
    return np.asarray(np.interp(at, np.arange(len(ordered)), ordered))


def _own_quantiles(scaled: Floats, counts: Mask, count: Ints) -> Floats:
    """Quantiles at rank p (count + 1), as conformal prediction takes them: series x 5."""
    ordered = np.sort(np.where(counts, scaled, np.inf), axis=1)
    last = np.maximum(count, 1)[:, None] - 1
    at = np.clip(PROBABILITIES[None, :] * (last + 2) - 1, 0, last)
    low = np.floor(at).astype(np.int64)
    below = np.take_along_axis(ordered, low, axis=1)
    above = np.take_along_axis(ordered, np.minimum(low + 1, last), axis=1)
    below, above = np.where(np.isfinite(below), below, 0), np.where(np.isfinite(above), above, 0)
    return np.asarray(below + (above - below) * (at - low))
