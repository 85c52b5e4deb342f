"""Exponential smoothing on a grid of weights, each series taking the one that looked ahead best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints

GRID: Final = np.array([0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1.0])
WARM_UP: Final = 6  # weeks after the first sale before an error counts


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Level after each week, series x weeks, and the weight that each series chose."""

    level: Floats
    weight: Floats


def smooth(demand: Floats, start_level: Floats, begins: Ints, horizon: int) -> Smoothed:
    """Run all weights over all series at once; keep the least summed error 1..horizon weeks ahead.

    The loss of a level l before the next H weeks z is sum (z - l)^2, of which only
    l (H l - 2 sum z) depends on l; so H steps cost as much as one.
    """
    n, T = demand.shape
    origins = T - horizon
    totals = np.concatenate([np.zeros((n, 1)), np.cumsum(demand, axis=1)], axis=1)
    coming = (totals[:, horizon + 1 : T + 1] - totals[:, 1 : T - horizon + 1]).T
    first = np.minimum(begins + WARM_UP, max(origins - 3, 0))
    counts = (np.arange(max(origins, 0))[:, None] >= first[None, :]).astype(float)
    by_week = np.ascontiguousarray(demand.T)
    levels = np.empty((T, len(GRID), n))
    level = np.repeat(start_level[None, :], len(GRID), axis=0)
    loss, work = np.zeros((len(GRID), n)), np.empty((len(GRID), n))
    for week in range(T):
        np.subtract(by_week[week], level, out=work)
        work *= GRID[:, None]
        level += work
        levels[week] = level
        if week < origins:
            np.multiply(level, horizon, out=work)
            work -= 2 * coming[week]
            work *= level
            work *= counts[week]
            loss += work
    best = loss.argmin(axis=0)
    return Smoothed(levels[:, best, np.arange(n)].T, GRID[best])


def moving_mean(demand: Floats, weeks: int) -> Floats:
    """Mean of the last weeks at each week; of all so far where there are fewer.

    >>> moving_mean(np.array([[2.0, 4.0, 6.0]]), 2)
    array([[2., 3., 5.]])
    """
    T = demand.shape[1]
    totals = np.concatenate([np.zeros((len(demand), 1)), np.cumsum(demand, axis=1)], axis=1)
    since = np.maximum(np.arange(1, T + 1) - weeks, 0)
    return np.asarray((totals[:, 1:] - totals[:, since]) / (np.arange(1, T + 1) - since))
