"""The level and its drift at every week: a weighted mean of three simple forecasters.

Smoothing, the mean of eight weeks and Theta err in different weeks. Each series
weighs them by how they did on its own past, pulled towards how they did on the pool;
an intermittent series is served by the same three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.smoothing import WARM_UP, moving_mean, smooth
from smartreco.forecast.theta import half_slope, lag


@dataclass(frozen=True, slots=True)
class LevelSettings:
    """How the three are weighed.

    Attributes
    ----------
    mean_weeks
        Length of the moving mean.
    judged_weeks
        Latest origins on which they are judged.
    power
        Weights are errors to the power of minus this.
    pull
        Origins that the pool's errors are worth.
    """

    mean_weeks: int = 8
    judged_weeks: int = 52
    power: float = 4.0
    pull: float = 15.0


@dataclass(frozen=True, slots=True)
class Levels:
    """Forecast from week t for h weeks ahead: ``base[:, t] + slope[:, t] * (h - 1)``.

    ``flat`` is the base without what drift adds to it, so that a trend can be named.
    """

    base: Floats
    slope: Floats
    flat: Floats
    weights: Floats

    def ahead(self, week: Ints | int, step: int) -> Floats:
        """Forecast for `step` weeks after `week`."""
        return np.asarray(self.base[:, week] + self.slope[:, week] * (step - 1))


def start_level(values: Floats, begins: Ints, weeks: int = 6) -> Floats:
    """Mean of the first weeks after the first sale."""
    T = values.shape[1]
    at = begins[:, None] + np.arange(weeks)
    inside = at < T
    taken = np.take_along_axis(values, np.minimum(at, T - 1), axis=1) * inside
    return np.asarray(taken.sum(axis=1) / inside.sum(axis=1))


def levels(
    values: Floats, begins: Ints, unit: Floats, horizon: int, settings: LevelSettings | None = None
) -> Levels:
    """Fit the three forecasters and their weights.

    Parameters
    ----------
    values
        Demand without season and festivals, series x weeks; may be negative.
    begins
        Week of each first sale; what lies before is not demand.
    unit
        Scale of each series.
    horizon
        Weeks ahead over which errors count.
    """
    settings = settings or LevelSettings()
    T = values.shape[1]
    horizon = min(horizon, max(T - 4, 1))
    start = start_level(values, begins)
    known = np.arange(T)[None, :] >= begins[:, None]
    demand = np.where(known, values, start[:, None])
    smoothed = smooth(demand, start, begins, horizon)
    mean = moving_mean(demand, settings.mean_weeks)
    drift = half_slope(demand, begins)
    trail = lag(smoothed.weight, begins, T)
    candidates = (smoothed.level, mean, smoothed.level + drift * trail)
    weights = _weights(demand, candidates, drift, begins, unit, horizon, settings)
    flat = (weights[:, [0]] + weights[:, [2]]) * smoothed.level + weights[:, [1]] * mean
    slope = weights[:, [2]] * drift
    return Levels(flat + slope * trail, slope, flat, weights)


def judged(weeks: int, horizon: int, begins: Ints, most: int) -> tuple[Ints, Mask]:
    """Latest origins, and which of them count for which series."""
    last = weeks - horizon
    origins = np.arange(max(min(WARM_UP, last - 1), last - most, 0), max(last, 1))
    first = np.minimum(begins + WARM_UP, max(last - 3, 0))
    return origins, origins[None, :] >= first[:, None]


def _weights(
    demand: Floats,
    candidates: tuple[Floats, Floats, Floats],
    drift: Floats,
    begins: Ints,
    unit: Floats,
    horizon: int,
    settings: LevelSettings,
) -> Floats:
    """Inverse mean squared error to a power, pulled to the pool's: series x 3, rows sum to 1."""
    n, T = demand.shape
    origins, counts = judged(T, horizon, begins, settings.judged_weeks)
    coming = _next_moments(demand, origins, horizon)
    errors = np.empty((n, 3))
    for at, candidate in enumerate(candidates):
        slope = drift[:, origins] if at == 2 else None
        squared = _squared(candidate[:, origins], slope, coming, horizon)
        errors[:, at] = (np.maximum(squared, 0) * counts).sum(axis=1)
    count = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    scaled = errors / (count * horizon) / unit[:, None] ** 2 + 1e-12
    pool = scaled.mean(axis=0)
    own = scaled / scaled.mean(axis=1, keepdims=True)
    pulled = (count * own + settings.pull * pool / pool.mean()) / (count + settings.pull)
    raw = np.maximum(pulled, 1e-3) ** -settings.power
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


def _next_moments(demand: Floats, origins: Ints, horizon: int) -> tuple[Floats, Floats, Floats]:
    """Sums over the next H weeks of z, z^2 and (h - 1) z, from each origin."""
    n, T = demand.shape

    def running(x: Floats) -> Floats:
        return np.concatenate([np.zeros((n, 1)), np.cumsum(x, axis=1)], axis=1)

    weeks = np.arange(T)
    plain, square, aged = running(demand), running(demand**2), running(demand * weeks)
    last, first = np.minimum(origins + horizon + 1, T), origins + 1
    total = plain[:, last] - plain[:, first]
    weighted = aged[:, last] - aged[:, first] - first * total
    return total, square[:, last] - square[:, first], weighted


def _squared(
    base: Floats, slope: Floats | None, coming: tuple[Floats, Floats, Floats], horizon: int
) -> Floats:
    """Sum over h of (z_h - base - slope (h - 1))^2, from moments alone: no series x T x H array."""
    total, square, weighted = coming
    error = square - 2 * base * total + horizon * base**2
    if slope is None:
        return np.asarray(error)
    s1 = horizon * (horizon - 1) / 2
    s2 = (horizon - 1) * horizon * (2 * horizon - 1) / 6
    return np.asarray(error - 2 * slope * weighted + 2 * base * slope * s1 + slope**2 * s2)
