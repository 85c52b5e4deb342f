"""How far a forecast is from the best there can be, on data whose truth is known.

An oracle that knows the generator forecasts the expected demand and still errs by chance.
What chance costs is measured on the sales themselves; what the forecast costs beyond it is
its distance from the expected demand. The two do not depend on each other, so

    error of the forecast / error of the oracle = sqrt(1 + distance^2 / chance^2),

which needs no sales of weeks that nobody has seen and none of shelves that were empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from smartreco.evaluation.synthetic_world import World
from smartreco.forecast.arrays import Floats
from smartreco.forecast.forecaster import FEWEST_WEEKS, Forecast
from smartreco.forecast.scale import step_scale

CHANCE_WEEKS: Final = 52  # latest weeks that chance is measured on
FEWEST_SALES: Final = 8  # weeks with sales, below which a series is not judged

#: Known part of a world -> forecast of all its series.
MakeFor = Callable[[World, int], Forecast]


@dataclass(frozen=True, slots=True)
class Grade:
    """One level of one world.

    Attributes
    ----------
    series
        How many were judged.
    seer, oracle, ours
        Root mean squared error in naive steps of the training part, means over series and
        origins: of one who also knows the weeks in which each shop orders, of one who
        knows everything else of the generator, and of the forecast.
    bias
        Mean of the forecast over the mean of the expected demand, less one.
    """

    level: str
    series: int
    seer: float
    oracle: float
    ours: float
    bias: float

    @property
    def ratio(self) -> float:
        """Error beside the oracle's: 1.1 is ten per cent more."""
        return self.ours / self.oracle

    @property
    def ratio_to_seer(self) -> float:
        """Error beside the seer's."""
        return self.ours / self.seer


def until(world: World, week: int) -> World:
    """What is known before a week; truth, prices and plans keep all their weeks."""
    return replace(world, panel=world.panel.until(week))


def grade(world: World, make: MakeFor, horizon: int, cuts: list[int]) -> list[Grade]:
    """Forecast from some weeks and hold it against the truth.

    Parameters
    ----------
    make
        Our forecaster.
    cuts
        Weeks to forecast from; the truth reaches `horizon` weeks beyond the last.

    Raises
    ------
    ValueError
        A cut knows too little, or the truth does not reach far enough.
    """
    total = world.expected.shape[1]
    if min(cuts) < FEWEST_WEEKS or max(cuts) + horizon > total:
        raise ValueError(f"cuts lie in {FEWEST_WEEKS}..{total - horizon}, found {cuts}")
    judged = [_origin(until(world, cut), make, horizon) for cut in cuts]
    grades: list[Grade] = []
    for level in dict.fromkeys(world.panel.levels.tolist()):
        rows = world.panel.levels == level
        found = np.stack([each[:, rows] for each in judged])
        counts = np.isfinite(found).all(axis=(0, 1))
        if counts.any():
            seer, oracle, ours, made, true = found[:, :, counts].mean(axis=(0, 2)).tolist()
            grades.append(Grade(level, int(counts.sum()), seer, oracle, ours, made / true - 1))
    return grades


def _origin(known: World, make: MakeFor, horizon: int) -> Floats:
    """Errors of seer, oracle and ours, forecast and truth: 5 x series, NaN where not judged."""
    panel, cut = known.panel, known.panel.weeks
    made = make(known, horizon).mean
    true = known.expected[:, cut : cut + horizon]
    since = np.arange(cut)[None, :] >= panel.begins[:, None]
    unit = step_scale(panel.demand, since, np.zeros(len(panel)))
    chance = _chance(known)
    steady = known.steady[:, cut : cut + horizon]
    away = [np.zeros_like(true), steady - true, made - true]
    errors = [np.sqrt(chance + (one**2).mean(axis=1)) for one in away]
    found = np.stack([*errors, made.mean(axis=1), true.mean(axis=1)]) / np.maximum(unit, 1e-9)
    sold = (panel.demand > 0).sum(axis=1) >= FEWEST_SALES
    counts = sold & (unit > 1e-4) & (true.min(axis=1) > 0) & (chance > 0)
    return np.where(counts, found, np.nan)


def _chance(known: World) -> Floats:
    """Mean squared distance of sales from what was to be expected of shelves as they were."""
    panel = known.panel
    last = slice(max(panel.weeks - CHANCE_WEEKS, 0), panel.weeks)
    seen = panel.observed[:, last] & (known.served[:, last] > 0)
    squares = (panel.values[:, last] - known.served[:, last]) ** 2 * seen
    return np.asarray(squares.sum(axis=1) / np.maximum(seen.sum(axis=1), 1))
