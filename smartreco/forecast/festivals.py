"""What festivals do to demand, on whatever day they fall.

Shops stock up before a festival and order less after it; a season of 52 weeks
misses it when it moves by weeks. How many days before and after is learned here,
one answer for all festivals; how strong each one is, by group of series. What one
half of the past teaches must hold on the other half, else nothing is added: a
festival that was seen once cannot be told from chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import DAY, FESTIVAL
from smartreco.forecast.arrays import Days, Floats, Ints, Mask
from smartreco.forecast.panel import Panel
from smartreco.forecast.smoothing import moving_mean
from smartreco.forecast.summing import summed

DAYS_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class FestivalSettings:
    """What is tried and believed.

    Attributes
    ----------
    leads, lags
        Days before and after the festival at which orders may be furthest from usual.
    spreads
        Standard deviations of the rise, days.
    lag_spread
        Of the sag after it, days.
    ridges
        Weeks' worth of nothing that a festival must outweigh.
    group_pull
        How much more a group must outweigh to differ from the pool.
    doubt
        Share of all movement that must be foretold before half of it is believed.
    level_weeks
        Trailing weeks whose mean an effect multiplies.
    around_weeks
        Weeks of the centred mean that a deviation is measured from.
    """

    leads: tuple[float, ...] = (3.0, 7.0, 11.0, 15.0, 20.0)
    lags: tuple[float, ...] = (5.0, 10.0)
    spreads: tuple[float, ...] = (4.0, 8.0)
    lag_spread: float = 6.0
    ridges: tuple[float, ...] = (0.5, 2.0, 6.0)
    group_pull: float = 3.0
    doubt: float = 0.005
    level_weeks: int = 13
    around_weeks: int = 17


@dataclass(frozen=True, slots=True)
class Shape:
    """Days before and after the festival, and the rise's spread."""

    lead: float
    spread: float
    lag: float


@dataclass(frozen=True, slots=True)
class FestivalFit:
    """What was learned.

    Attributes
    ----------
    shape
        One for all festivals.
    ridge
        Weeks' worth of nothing that a festival must outweigh.
    kept
        Share of it that held on the other half of the past, 0..1.
    """

    shape: Shape
    ridge: float
    kept: float


@dataclass(frozen=True, slots=True)
class _Past:
    """What is learned from: groups x weeks of deviations, and the trust in each group."""

    deviation: Floats
    trust: Floats


def festival_effect(panel: Panel, horizon: int, settings: FestivalSettings | None = None) -> Floats:
    """Pieces that festivals add or take: series x (weeks + horizon); zeros without a calendar.

    In the past each half shows what the other half foretold, so that errors measured
    there are those of a forecast.
    """
    settings = settings or FestivalSettings()
    nothing = np.zeros((len(panel), panel.weeks + horizon))
    if panel.calendar is None or not len(panel.calendar):
        return nothing
    T = panel.weeks
    weeks = np.concatenate([panel.starts, panel.ahead(horizon)])
    calendar = near(panel.calendar, weeks)
    if not len(calendar):
        return nothing
    member = np.asarray(np.unique(panel.groups, return_inverse=True)[1])
    past = _Past(*_deviations(panel.demand, member, settings.around_weeks))
    fit = _learn(past, panel.starts, calendar, settings)
    if fit.kept == 0:
        return nothing
    x = features(calendar, weeks, fit.shape, settings)
    relative = np.empty((len(past.trust), T + horizon))
    for half in _halves(T):
        taught = _strength(x[:T][~half], past.deviation[:, ~half], past.trust, fit.ridge, settings)
        relative[:, :T][:, half] = taught @ x[:T][half].T
    relative[:, T:] = _strength(x[:T], past.deviation, past.trust, fit.ridge, settings) @ x[T:].T
    usual = moving_mean(panel.demand, settings.level_weeks)
    usual = np.concatenate([usual, np.repeat(usual[:, [-1]], horizon, axis=1)], axis=1)
    return np.asarray(usual * fit.kept * relative[member])


def learn(panel: Panel, settings: FestivalSettings | None = None) -> FestivalFit:
    """Lead, lag and strength's ridge of a panel with a calendar."""
    settings = settings or FestivalSettings()
    member = np.asarray(np.unique(panel.groups, return_inverse=True)[1])
    past = _Past(*_deviations(panel.demand, member, settings.around_weeks))
    assert panel.calendar is not None  # noqa: S101 - says so above
    return _learn(past, panel.starts, near(panel.calendar, panel.starts), settings)


def _learn(
    past: _Past, starts: Days, calendar: pd.DataFrame, settings: FestivalSettings
) -> FestivalFit:
    """Choose what holds from one half of the past to the other: rise, sag, then the ridge."""
    middle = settings.ridges[len(settings.ridges) // 2]
    when = apart(calendar, starts)

    def best_of(shapes: list[Shape]) -> Shape:
        gains = [_held(when.features(one, settings), past, middle, settings)[0] for one in shapes]
        return shapes[int(np.argmax(gains))]

    rises = product(settings.leads, settings.spreads)
    rise = best_of([Shape(lead, spread, settings.lags[0]) for lead, spread in rises])
    shape = best_of([Shape(rise.lead, rise.spread, lag) for lag in settings.lags])
    x = when.features(shape, settings)
    best = (0.0, FestivalFit(shape, middle, 0.0))
    for ridge in settings.ridges:
        gained, kept = _held(x, past, ridge, settings)
        if gained > best[0]:
            best = (gained, FestivalFit(shape, ridge, kept))
    return best[1]


@dataclass(frozen=True, slots=True)
class Apart:
    """Days from each day of each week to each festival day, and whose day that is.

    Attributes
    ----------
    days
        weeks x 7 x festival days; below 0: the festival is past.
    belongs
        1 where a day is a festival's: festival days x festivals.
    """

    days: Floats
    belongs: Floats

    def features(self, shape: Shape, settings: FestivalSettings) -> Floats:
        """How near each festival is: weeks x (2 x festivals), 1 at the peak, rise, then sag."""
        rise = np.exp(-(((self.days - shape.lead) / shape.spread) ** 2) / 2).mean(axis=1)
        sag = np.exp(-(((-self.days - shape.lag) / settings.lag_spread) ** 2) / 2).mean(axis=1)
        return np.concatenate([rise @ self.belongs, sag @ self.belongs], axis=1)


def apart(calendar: pd.DataFrame, weeks: Days) -> Apart:
    """How far weeks are from festivals."""
    names, code = np.unique(calendar[FESTIVAL].to_numpy().astype(str), return_inverse=True)
    day = calendar[DAY].to_numpy().astype("datetime64[D]")
    each = weeks.astype("datetime64[D]")[:, None] + np.arange(DAYS_A_WEEK)
    days = (day[None, None, :] - each[:, :, None]).astype(float)
    return Apart(days, (code[:, None] == np.arange(len(names))).astype(float))


def features(
    calendar: pd.DataFrame, weeks: Days, shape: Shape, settings: FestivalSettings
) -> Floats:
    """See `Apart.features`."""
    return apart(calendar, weeks).features(shape, settings)


def near(calendar: pd.DataFrame, weeks: Days) -> pd.DataFrame:
    """Festivals that could be felt within the weeks."""
    day = calendar[DAY].to_numpy().astype("datetime64[D]")
    margin = np.timedelta64(60, "D")
    felt: pd.DataFrame = calendar.loc[(day >= weeks[0] - margin) & (day <= weeks[-1] + margin)]
    return felt


def _deviations(demand: Floats, member: Ints, around: int) -> tuple[Floats, Floats]:
    """Share by which each group's weeks differ from those around: groups x weeks; and its trust."""
    T = demand.shape[1]
    group = summed(demand, member)
    totals = np.concatenate([np.zeros((len(group), 1)), np.cumsum(group, axis=1)], axis=1)
    half = around // 2
    low, high = np.maximum(np.arange(T) - half, 0), np.minimum(np.arange(T) + half + 1, T)
    usual = (totals[:, high] - totals[:, low]) / (high - low)
    floor = 0.1 * group.mean(axis=1, keepdims=True) + 1e-9
    deviation = np.clip(group / np.maximum(usual, floor) - 1, -1.0, 3.0)
    return deviation, 1 / np.maximum((deviation**2).mean(axis=1), 1e-6)


def _halves(weeks: int) -> tuple[Mask, Mask]:
    first = np.arange(weeks) < weeks // 2
    return first, ~first


def _held(x: Floats, past: _Past, ridge: float, settings: FestivalSettings) -> tuple[float, float]:
    """Error saved on each half by what the other half taught, and the share of it to keep."""
    along = size = 0.0
    for half in _halves(len(x)):
        strength = _strength(x[~half], past.deviation[:, ~half], past.trust, ridge, settings)
        foretold, came = strength @ x[half].T, past.deviation[:, half]
        along += float(past.trust @ (foretold * came).sum(axis=1))
        size += float(past.trust @ (foretold * foretold).sum(axis=1))
    doubt = settings.doubt * len(x) * len(past.trust)
    kept = min(max(along / (size + doubt), 0.0), 1.0)
    return 2 * kept * along - kept**2 * size, kept


def _strength(
    x: Floats, deviation: Floats, trust: Floats, ridge: float, settings: FestivalSettings
) -> Floats:
    """Ridge for the pool, then for each group towards the pool: groups x features."""
    gram, moment = x.T @ x, deviation @ x
    eye = np.eye(x.shape[1])
    pool = np.linalg.solve(gram + ridge * eye, trust @ moment / trust.sum())
    pull = ridge * settings.group_pull
    return np.asarray(np.linalg.solve(gram + pull * eye, (moment + pull * pool).T).T)
