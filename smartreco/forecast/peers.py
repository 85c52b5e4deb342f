"""Simple forecasters that ours must beat: each is its forecast from any week of the past."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints
from smartreco.forecast.panel import Panel
from smartreco.forecast.quantiles import Past
from smartreco.forecast.season import YEAR
from smartreco.forecast.smoothing import moving_mean, smooth

#: Panel, horizon -> its forecast after some weeks for one number of weeks ahead.
Peer = Callable[[Panel, int], Past]


def naive(panel: Panel, horizon: int) -> Past:
    """The last week again."""
    return _flat(panel.demand)


def seasonal_naive(panel: Panel, horizon: int) -> Past:
    """The same week of the last year that is known; the last week where there is none."""
    demand = panel.demand

    def past(weeks: Ints, step: int) -> Floats:
        ago = weeks + step - YEAR * -(-step // YEAR)
        return np.asarray(np.where(ago >= 0, demand[:, np.maximum(ago, 0)], demand[:, weeks]))

    return past


def mean_of_eight(panel: Panel, horizon: int) -> Past:
    """The mean of the last eight weeks."""
    return _flat(moving_mean(panel.demand, 8))


def smoothing(panel: Panel, horizon: int) -> Past:
    """Simple exponential smoothing, its weight chosen by series."""
    ahead = min(horizon, max(panel.weeks - 4, 1))
    smoothed = smooth(panel.demand, panel.begins, ahead, panel.weeks)
    best = smoothed.error.argmin(axis=1)
    return _flat(smoothed.level[:, best, np.arange(len(panel))].T)


def _flat(level: Floats) -> Past:
    def past(weeks: Ints, step: int) -> Floats:
        return level[:, weeks]

    return past


PEERS: Final[Mapping[str, Peer]] = MappingProxyType(
    {
        "naive": naive,
        "seasonal_naive": seasonal_naive,
        "mean_of_8_weeks": mean_of_eight,
        "smoothing": smoothing,
    }
)
