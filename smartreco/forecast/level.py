"""The level and its drift at every week: smoothers of all rates, weighed by how they looked ahead.

A smoother that is best on a short past is mostly lucky, so none is chosen: each series
weighs all of them by its own errors, pulled to those of its pool, and the pool's to
what is usual. Part of a straight line's slope is added, as in the Theta method.
Totals, regions and categories are too few to learn from: errors eight weeks ahead
overlap, so that a year holds six of them, and all series of a level err together.
Their weights are half fixed (Clemen 1989: such a mean is hard to beat) and half each
series' own by its errors one week ahead, which do not overlap (Bates and Granger 1969)
and see a level that moves before the others do.
Intermittent series are served by the same: their slow rates are the mean demand
that Croston's method and its kin estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.smoothing import RATES, WARM_UP, Smoothed, smooth
from smartreco.forecast.theta import half_slope

#: Squared errors of the rates beside their mean, eight weeks ahead, as they were on weeks of
#: groceries, gifts and liquor that no reported figure looks at; much the same at every level.
USUAL: Final = np.array([0.94, 0.935, 0.905, 0.873, 0.865, 0.871, 0.902, 0.98, 1.18, 1.54])


@dataclass(frozen=True, slots=True)
class LevelSettings:
    """How the smoothers are weighed.

    Attributes
    ----------
    origins
        Latest origins on which they are judged.
    power
        Weights are errors to the power of minus this.
    pull
        Origins that the pool's errors are worth to a series.
    pool_pull
        Origins that the usual errors are worth to a pool.
    few_power
        The same power where series are few.
    few_own
        Share of a series' own weights where series are few.
    drift
        Share of half the slope that is believed.
    furthest
        Units from the level beyond which a week says no more than one at that distance.
    longest_trail
        Most weeks by which a level is taken to trail its line.
    """

    origins: int = 52
    power: float = 16.0
    pull: float = 30.0
    pool_pull: float = 40.0
    few_power: float = 8.0
    few_own: float = 0.5
    drift: float = 0.25
    furthest: float = 2.0
    longest_trail: float = 10.0


@dataclass(frozen=True, slots=True)
class Levels:
    """Forecast from week t for h weeks ahead: ``base[:, t] + slope[:, t] * (h - 1)``.

    ``flat`` is the base without what drift adds to it, so that a trend can be named;
    ``weights`` are those of the rates: series x rates, rows sum to 1.
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
    values: Floats,
    begins: Ints,
    unit: Floats,
    pools: Ints,
    horizon: int,
    settings: LevelSettings | None = None,
    few: Mask | None = None,
) -> Levels:
    """Weigh the smoothers and add the drift.

    Parameters
    ----------
    values
        Demand without season and festivals, series x weeks; may be negative.
    begins
        Week of each first sale; what lies before is not demand.
    unit
        Scale of each series.
    pools
        Number of the pool that each series shares errors with.
    horizon
        Weeks ahead over which errors count.
    few
        Series of levels that are too small to learn weights from; None: none.
    """
    settings = settings or LevelSettings()
    T = values.shape[1]
    horizon = min(horizon, max(T - 4, 1))
    furthest = settings.furthest * unit
    smoothed = smooth(values, begins, horizon, settings.origins, furthest)
    weights = weigh(smoothed, pools, settings)
    if few is not None and few.any():
        weights[few] = weigh_few(values[few], begins[few], smoothed.level[:, :, few], settings)
    flat = np.zeros((T, len(values)))
    for rate in range(len(RATES)):
        flat += smoothed.level[:, rate] * weights[:, rate]
    drift = settings.drift * half_slope(smoothed.heard, begins)
    trail = np.minimum(_trail(weights, begins, T), settings.longest_trail)
    return Levels(flat.T + drift * (trail + 1), drift, flat.T, weights)


def weigh(smoothed: Smoothed, pools: Ints, settings: LevelSettings) -> Floats:
    """Inverse squared error to a power, pulled to the pool's and to the usual: series x rates."""
    error = smoothed.error + 1e-12
    own = error / error.mean(axis=1, keepdims=True)
    count = smoothed.counts[:, None]
    pulled = np.empty_like(own)
    for pool in np.unique(pools):
        rows = pools == pool
        judged = rows & (smoothed.counts > FEWEST)
        typical = own[judged].mean(axis=0) if judged.any() else USUAL
        most = count[rows].max()
        typical = (most * typical + settings.pool_pull * USUAL) / (most + settings.pool_pull)
        pulled[rows] = (count[rows] * own[rows] + settings.pull * typical) / (
            count[rows] + settings.pull
        )
    return _inverse(pulled, settings.power)


def weigh_few(values: Floats, begins: Ints, level: Floats, settings: LevelSettings) -> Floats:
    """Half what is usual, half each series' own by errors one week ahead: series x rates.

    Parameters
    ----------
    level
        After each week: weeks x rates x series.
    """
    counts = np.arange(1, values.shape[1])[:, None] >= begins[None, :] + WARM_UP
    error = np.empty((len(values), len(RATES)))
    for rate in range(len(RATES)):
        step = (values.T[1:] - level[:-1, rate]) * counts
        error[:, rate] = np.einsum("tn,tn->n", step, step)
    own = _inverse(error + 1e-12, settings.few_power)
    usual = _inverse(USUAL[None, :], settings.few_power)
    return np.asarray(settings.few_own * own + (1 - settings.few_own) * usual)


def _inverse(error: Floats, power: float) -> Floats:
    """Errors to the power of minus `power`, rows summing to 1."""
    raw = (error / error.min(axis=1, keepdims=True)) ** -power
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


def _trail(weights: Floats, begins: Ints, weeks: int) -> Floats:
    """Weeks by which the weighed level trails a line: (1 - a) / a at the rate a, series x weeks."""
    seen = np.arange(weeks)[None, :] - begins[:, None] + (begins == 0)[:, None]
    seen = np.maximum(seen, 1).astype(float)
    found = np.zeros(seen.shape)
    for at, rate in enumerate(RATES):
        slowest = 1 / rate if rate else np.inf
        found += weights[:, [at]] * (np.minimum(seen, slowest) - 1)
    return found


FEWEST: Final = 3  # origins, up to which a series says nothing of its pool
