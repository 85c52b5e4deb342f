"""Which days festivals are felt on: what made the least noisy signal likeliest.

First what would have been without them, then one rise and one sag for all, then a rise for
each festival: the common one, unless its own weeks say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from smartreco.forecast.arrays import Floats
from smartreco.forecast.festival_shapes import Apart, Shape
from smartreco.forecast.festival_strength import AGREES, RATIOS, Steady, pooled, steady, times


@dataclass(frozen=True, slots=True)
class FestivalSettings:
    """What is tried and believed.

    Attributes
    ----------
    leads, lags
        Days before and after the festival at which orders may be furthest from usual.
    spreads
        Standard deviations of the rise, days.
    sags
        Depths of the sag, shares of the rise.
    drifts, years
        Variances of a slow drift and of a smooth year, beside that of a week's noise.
    own_days
        Chance that a festival has days of its own.
    parts
        Parts of the past; each shows what the others foretold.
    level_weeks
        Trailing weeks whose mean, festivals taken off, an effect multiplies.
    """

    leads: tuple[float, ...] = (3.0, 7.0, 11.0, 15.0, 20.0)
    lags: tuple[float, ...] = (5.0, 10.0)
    spreads: tuple[float, ...] = (4.0, 8.0, 12.0)
    sags: tuple[float, ...] = (0.0, 0.3, 0.6)
    drifts: tuple[float, ...] = (0.1, 0.5, 2.0)
    years: tuple[float, ...] = (0.1, 0.5, 2.0)
    own_days: float = 0.6
    parts: int = 6
    level_weeks: int = 13


def steady_of(signal: Floats, when: Apart, settings: FestivalSettings) -> Steady:
    """The likeliest drift and year, whatever the lead."""
    T = len(signal)
    rises = [when.features(_start(lead, settings))[:T] for lead in settings.leads]
    tried = [steady(T, *one) for one in product(settings.drifts, settings.years)]

    def evidence(one: Steady) -> float:
        return max(pooled(signal, x, one.precision, one.log_size).evidence for x in rises)

    return max(tried, key=evidence)


def _start(lead: float, settings: FestivalSettings) -> Shape:
    middle = len(settings.sags) // 2
    return Shape(
        lead, settings.spreads[len(settings.spreads) // 2], settings.lags[-1], settings.sags[middle]
    )


def common_shape(signal: Floats, when: Apart, without: Steady, settings: FestivalSettings) -> Shape:
    """The likeliest rise, then the likeliest sag."""

    def evidence(shape: Shape) -> float:
        return pooled(signal, when.features(shape)[: len(signal)], without.precision).evidence

    rises = product(settings.leads, settings.spreads)
    rise = max((replace(_start(lead, settings), spread=s) for lead, s in rises), key=evidence)
    sags = product(settings.lags, settings.sags)
    return max((replace(rise, lag=lag, sag=sag) for lag, sag in sags), key=evidence)


def own_days(
    signal: Floats, when: Apart, without: Steady, shape: Shape, settings: FestivalSettings
) -> tuple[Floats, Floats]:
    """Features with each festival's own rise, and its lead: means over rises by their likelihood.

    The other festivals keep the common shape meanwhile.
    """
    T, common = len(signal), when.features(shape)
    found = pooled(signal, common[:T], without.precision)
    noise = float(found.mean(found.noise))
    usual = float(found.mean(found.strength).mean())
    spread = (1 - AGREES) * noise * float(found.mean(RATIOS))
    tried = [replace(shape, lead=a, spread=b) for a, b in product(settings.leads, settings.spreads)]
    other = settings.own_days / max(len(tried) - 1, 1)
    before = np.log([1 - settings.own_days if one == shape else other for one in tried])
    rises = np.stack([when.features(one) for one in tried])
    x, leads = common.copy(), np.empty(common.shape[1])
    together = (
        without.beside(common[:T], noise, spread) if spread > 0 else without.precision / noise
    )
    for at in range(len(leads)):
        own, mine = common[:T, at], rises[:, :T, at]
        left = signal - usual * (common[:T].sum(axis=1) - own) - usual * mine
        freed = (together * own).sum(axis=1)  # what the common rise took is given back
        freed *= np.sqrt(spread / max(1 - spread * float(own @ freed), 1e-9))
        weighed = times(left, together) + (left @ freed)[:, None] * freed
        among = times(mine, together) + (mine @ freed)[:, None] * freed
        along, size = (weighed * mine).sum(axis=1), (among * mine).sum(axis=1)
        likely = spread * along**2 / (1 + spread * size) - np.log1p(spread * size)
        likely = before + (likely - (weighed * left).sum(axis=1)) / 2
        weight = np.exp(likely - np.logaddexp.reduce(likely))
        x[:, at], leads[at] = weight @ rises[:, :, at], weight @ [one.lead for one in tried]
    return x, leads
