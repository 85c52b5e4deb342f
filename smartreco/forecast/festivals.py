"""What festivals do to demand, on whatever day they fall.

Shops stock up before a festival and order less after it; a season of 52 weeks misses it
when it moves by weeks. Learned are the days before and after, for all festivals and then
for each, and the strength of each, in all and by group of series, all of it shrunk by
evidence: two years hold a festival once or twice. One that was seen once gets what
it showed and what festivals do, as the noise allows; one never seen what festivals do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Texts
from smartreco.forecast.festival_days import FestivalSettings, common_shape, own_days, steady_of
from smartreco.forecast.festival_shapes import Shape, apart, near
from smartreco.forecast.festival_signals import Signals, signals
from smartreco.forecast.festival_strength import Steady, apart_by_group, pooled, steady, times
from smartreco.forecast.panel import Panel
from smartreco.forecast.smoothing import moving_mean

__all__ = ["FestivalFit", "FestivalSettings", "festival_effect", "learn"]

MUCH: Final = 0  # place of the signal of how much an order held; the other: how often
MOST: Final = 1.5  # log of what a festival may multiply demand by


@dataclass(frozen=True, slots=True)
class FestivalFit:
    """What was learned of all series together.

    Attributes
    ----------
    shape
        Common to all festivals.
    names, leads, strength
        Of each festival: its name, its days before, the log of what its peak multiplies
        demand by.
    """

    shape: Shape
    names: Texts
    leads: Floats
    strength: Floats


@dataclass(frozen=True)
class _Learned:
    """Signals, the least noisy level's place, and features over all weeks."""

    signals: Signals
    best: int
    without: Steady
    shape: Shape
    x: Floats
    leads: Floats

    def common(self, precision: Floats) -> Floats:
        """Strength of each festival in all series."""
        x, whole = self.x[: len(precision)], self.signals.whole[:, self.best]
        found = [pooled(signal, x, precision) for signal in whole]
        return np.asarray(sum(one.mean(one.strength) for one in found))

    def strength(self, precision: Floats) -> Floats:
        """Strength of each festival in each group: groups x festivals."""
        x, apart_, level = self.x[: len(precision)], self.signals.apart, self.signals.level
        found = np.tile(self.common(precision), (len(level), 1))
        for at in np.unique(level):
            rows = np.flatnonzero(level == at)
            if len(rows) > 1:
                found[rows] += sum(apart_by_group(one[rows], x, precision) for one in apart_)
        return found


def festival_effect(panel: Panel, horizon: int, settings: FestivalSettings | None = None) -> Floats:
    """Pieces that festivals add or take: series x (weeks + horizon); zeros without a calendar.

    In the past each part shows strengths that the other parts taught, so that errors
    measured there are those of a forecast; the days before and after are those of all weeks.
    """
    settings = settings or FestivalSettings()
    T = panel.weeks
    learned = _learn(panel, horizon, settings)
    if learned is None:
        return np.zeros((len(panel), T + horizon))
    x, without = learned.x, learned.without
    log = np.empty((len(learned.signals.level), T + horizon))
    log[:, T:] = learned.strength(without.precision) @ x[T:].T
    part = np.arange(T) * settings.parts // T
    for at in np.unique(part):
        log[:, :T][:, part == at] = (
            learned.strength(without.hiding(part == at)) @ x[:T][part == at].T
        )
    factor = np.exp(np.clip(log, -MOST, MOST))[learned.signals.member]
    calm = moving_mean(panel.demand / factor[:, :T], settings.level_weeks)
    before = np.concatenate([calm[:, :1], calm, np.repeat(calm[:, [-1]], horizon - 1, axis=1)], 1)
    return np.asarray(before * (factor - 1))


def learn(panel: Panel, settings: FestivalSettings | None = None) -> FestivalFit | None:
    """Days and strengths of a panel's festivals; None where no calendar reaches its weeks."""
    learned = _learn(panel, 0, settings or FestivalSettings())
    if learned is None or panel.calendar is None:
        return None
    names = apart(near(panel.calendar, panel.starts), panel.starts).names
    strength = learned.common(learned.without.precision)
    return FestivalFit(learned.shape, names, learned.leads, strength)


def _learn(panel: Panel, horizon: int, settings: FestivalSettings) -> _Learned | None:
    if panel.calendar is None or not len(panel.calendar):
        return None
    weeks = np.concatenate([panel.starts, panel.ahead(horizon)])
    calendar = near(panel.calendar, weeks)
    if not len(calendar):
        return None
    found, when = signals(panel), apart(calendar, weeks)
    usual = steady(panel.weeks, settings.drifts[0], settings.years[0]).precision
    best = int((times(found.whole[MUCH], usual) * found.whole[MUCH]).sum(axis=1).argmin())
    signal = found.whole[MUCH, best]
    without = steady_of(signal, when, settings)
    shape = common_shape(signal, when, without, settings)
    x, leads = own_days(signal, when, without, shape, settings)
    return _Learned(found, best, without, shape, x, leads)
