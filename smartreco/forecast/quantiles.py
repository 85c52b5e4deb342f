"""Bands from the forecast's own past errors, step by step ahead (conformal prediction).

A series has some fifty past errors, too few for a 2.5 % quantile. So its own errors
give the width, and most of the shape comes from series that are zero about as often.
Spread grows with the square root of the forecast, as counts do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask

PROBABILITIES: Final = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
NORMAL: Final = np.array([-1.96, -1.2816, 0.0, 1.2816, 1.96])
FEWEST: Final = 5  # own errors, below which a series has no shape of its own
FEWEST_POOLED: Final = 20  # errors of a pool, below which the normal shape stands in
FULL_SHAPE: Final = 40  # own errors that earn the whole own share
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
        Most groups of like series; a group has 25 or more.
    floor
        Share of the mean added below the square root, so that a zero forecast has a width.
    """

    origins: int = 52
    own_shape: float = 0.25
    pull: float = 6.0
    pools: int = 5
    floor: float = 0.1


@dataclass(frozen=True, slots=True)
class Judged:
    """What errors are measured on: demand and where it counts (series x weeks), begins, scale."""

    values: Floats
    observed: Mask
    begins: Ints
    unit: Floats


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
    made = np.empty((n, horizon, len(PROBABILITIES)))
    mean = _mean_since(judged)
    pools = _alike(judged, mean, settings.pools)
    for step in range(1, horizon + 1):
        error, counts = _errors(judged, past, mean, step, settings)
        width = _width(error, counts, judged.unit, pools, settings.pull)
        shape = _shape(error / width[:, None], counts, pools, settings.own_shape)
        now = ahead[:, step - 1]
        made[:, step - 1] = now[:, None] + shape * (width * _growth(now, mean, settings))[:, None]
    return np.maximum(np.sort(made, axis=2), 0.0)


def _mean_since(judged: Judged) -> Floats:
    T = judged.values.shape[1]
    return np.asarray(judged.values.sum(axis=1) / np.maximum(T - judged.begins, 1))


def _alike(judged: Judged, mean: Floats, most: int) -> list[Ints]:
    """Series in groups of like shares of zeros, and of like steadiness among equals."""
    n, T = judged.values.shape
    known = np.arange(T)[None, :] >= judged.begins[:, None]
    zeros = ((judged.values == 0) & known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    key = 10 * zeros - 0.3 * np.log(mean / judged.unit + 1e-6)
    many = max(1, min(most, n // 25))
    rank = np.argsort(np.argsort(key, kind="stable"), kind="stable")
    return [np.flatnonzero(rank * many // n == at) for at in range(many)]


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
    return error, counts


def _width(error: Floats, counts: Mask, unit: Floats, pools: list[Ints], pull: float) -> Floats:
    """Root mean squared error of each series, pulled to its pool's."""
    count = counts.sum(axis=1)
    squares = np.einsum("nt,nt,nt->n", error, error, counts.astype(float))
    own = np.where(count > 0, squares / np.maximum(count, 1), unit**2)
    pooled = np.ones(len(unit))
    for rows in pools:
        enough = rows[count[rows] >= FEWEST]
        if len(enough):
            pooled[rows] = (own[enough] / unit[enough] ** 2).mean()
    squared = (count * own + pull * pooled * unit**2) / (count + pull)
    return np.asarray(np.sqrt(np.maximum(squared, LEAST * unit**2)))


def _shape(scaled: Floats, counts: Mask, pools: list[Ints], own_share: float) -> Floats:
    """Quantiles of scaled errors, own and pooled ones mixed: series x 5."""
    count = counts.sum(axis=1)
    pooled = np.empty((len(scaled), len(PROBABILITIES)))
    for rows in pools:
        drawn = scaled[rows][counts[rows]]
        pooled[rows] = np.quantile(drawn, PROBABILITIES) if len(drawn) > FEWEST_POOLED else NORMAL
    if not scaled.shape[1]:
        return pooled
    own = _own_quantiles(scaled, counts, count)
    share = own_share * np.clip(count / FULL_SHAPE, 0, 1) * (count >= FEWEST)
    return np.asarray(share[:, None] * own + (1 - share[:, None]) * pooled)


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
