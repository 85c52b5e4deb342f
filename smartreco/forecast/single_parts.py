"""One series taken apart: trend, season of the year, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from statsmodels.tsa.seasonal import STL

from smartreco.forecast.arrays import Floats
from smartreco.forecast.single_models import HARMONICS, Fit

YEAR: Final = 52
FEWEST_FOR_STL: Final = 2 * YEAR - 4  # weeks: two years but for a month
SAME_EVERY_YEAR: Final = 53  # years that a week's season is smoothed over: all there are


@dataclass(frozen=True, slots=True)
class Components:
    """trend + season + rest = demand, week by week, in pieces.

    Attributes
    ----------
    method
        "stl" (Cleveland et al. 1990), or "ucm" where the past is too short for it.
    season
        None where there is too little past to tell a year.
    trend_strength, season_strength
        0..1: how much of the movement beside the other parts it is (Hyndman and
        Athanasopoulos, Forecasting: principles and practice, 4.3). The season has a figure
        for each of 52 weeks, so the rest is counted with the freedom that is left: two
        years of pure chance would else look like a strong season.
    """

    method: str
    trend: Floats
    season: Floats | None
    rest: Floats
    trend_strength: float
    season_strength: float | None


def take_apart(demand: Floats, structural: Fit) -> Components:
    """Decompose by STL; where two years are not known, by the structural model's own parts."""
    if len(demand) >= FEWEST_FOR_STL:
        found = STL(
            demand, period=YEAR, seasonal=SAME_EVERY_YEAR, seasonal_deg=0, robust=True
        ).fit()
        trend, season = np.asarray(found.trend), np.asarray(found.seasonal)
        return _made("stl", trend, season, demand, YEAR - 1)
    return _made("ucm", structural.level, structural.season, demand, 2 * HARMONICS)


def _made(
    method: str, trend: Floats, season: Floats | None, demand: Floats, taken: int
) -> Components:
    rest = demand - trend - (0.0 if season is None else season)
    free = 1.0 if season is None else len(demand) / (len(demand) - taken)
    return Components(
        method, trend, season, rest, _strength(trend, rest),
        None if season is None else _strength(season, rest, free),
    )  # fmt: skip


def _strength(part: Floats, rest: Floats, free: float = 1.0) -> float:
    """1 - var(rest) / var(part + rest), not below 0.

    >>> _strength(np.array([0.0, 1.0, 2.0, 3.0]), np.zeros(4))
    1.0
    """
    both = float(np.var(part + rest))
    return max(0.0, 1.0 - free * float(np.var(rest)) / both) if both > 0 else 0.0
