"""Forecasts made again from days of the past, and judged by what came: ours beside simple ones.

Nothing after an origin is known to any of them, and nothing is chosen by what is
measured here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.accuracy import covered, pinball, rmsse
from smartreco.forecast.arrays import Floats, Ints, Mask, Texts
from smartreco.forecast.error_pools import Judged
from smartreco.forecast.forecaster import (
    FEWEST_WEEKS,
    Forecast,
    few_in_level,
    forecast,
    pools_of,
)
from smartreco.forecast.panel import Panel
from smartreco.forecast.peers import PEERS, Peer
from smartreco.forecast.quantiles import Past, quantiles
from smartreco.forecast.scale import step_scale
from smartreco.measures.bootstrap import Difference, paired_difference

OURS: Final = "smartreco"
FEWEST_SALES: Final = 3  # weeks with sales before an origin, below which a series is not judged
FEWEST_DRAWS: Final = 10
MEASURES: Final = ("rmsse", "pinball", "covered_80", "covered_95")

#: Panel, horizon -> forecast of all its series.
Make = Callable[[Panel, int], Forecast]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over series and origins of one level.

    Attributes
    ----------
    rmsse, pinball
        In naive steps of the training part; less is better.
    covered_80, covered_95
        Share of weeks inside the band.
    less_rmsse
        Ours minus this one, RMSSE, with its 95 % interval over series; below 0: ours is
        better. None for ours.
    """

    level: str
    method: str
    series: int
    rmsse: float
    pinball: float
    covered_80: float
    covered_95: float
    less_rmsse: Difference | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """The scoreboard: `scores` of each level and method, ours first."""

    horizon: int
    origins: tuple[str, ...]
    scores: tuple[Score, ...]

    def of(self, level: str, method: str = OURS) -> Score:
        """One line of it."""
        return next(one for one in self.scores if (one.level, one.method) == (level, method))

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def backtest(
    panel: Panel,
    horizon: int,
    origins: int,
    rng: np.random.Generator,
    make: Make = forecast,
    level: str | None = None,
    peers: Mapping[str, Peer] = PEERS,
) -> Backtest:
    """Forecast from `origins` weeks, half a horizon apart, the last one `horizon` before the end.

    Parameters
    ----------
    make
        Our forecaster.
    level
        Whom to judge; None: every level of the panel.

    Raises
    ------
    InputError
        Horizon or origins are not positive.
    NotEnoughDataError
        The first origin would know under `FEWEST_WEEKS` weeks.
    """
    if horizon < 1 or origins < 1:
        raise InputError(
            "a backtest has one week ahead and one origin or more", f"{horizon} and {origins}"
        )
    apart = max(1, horizon // 2)
    cuts = [panel.weeks - horizon - apart * back for back in range(origins)][::-1]
    if cuts[0] < FEWEST_WEEKS:
        raise NotEnoughDataError(
            f"a backtest knows {FEWEST_WEEKS} weeks before its first origin",
            f"{max(cuts[0], 0)} of {panel.weeks} weeks", "take fewer origins or a shorter horizon",
        )  # fmt: skip
    rows = np.flatnonzero((panel.levels == level) if level else np.ones(len(panel), dtype=bool))
    found: dict[str, list[Floats]] = {name: [] for name in (OURS, *peers)}
    for cut in cuts:
        for name, measured in _origin(panel, rows, cut, horizon, make, peers).items():
            found[name].append(measured)
    stacked = {name: np.stack(measured) for name, measured in found.items()}
    starts = tuple(str(panel.starts[cut].astype("datetime64[D]")) for cut in cuts)
    return Backtest(horizon, starts, tuple(_scores(stacked, panel.levels[rows], rng)))


def _origin(
    panel: Panel, rows: Ints, cut: int, horizon: int, make: Make, peers: Mapping[str, Peer]
) -> dict[str, Floats]:
    """Measures of every method at one origin: method -> series x 4, NaN where not judged."""
    known = panel.until(cut)
    ours = make(known, horizon).take(rows)
    known, actual = known.take(rows), panel.values[rows, cut : cut + horizon]
    observed = panel.observed[rows, cut : cut + horizon]
    since = np.arange(cut)[None, :] >= known.begins[:, None]
    unit = step_scale(known.demand, since, np.zeros(len(rows)))
    sold = (known.demand > 0).sum(axis=1) >= FEWEST_SALES
    counts = sold & (unit > 1e-4) & observed.all(axis=1)
    found = {OURS: _measured(actual, ours.mean, ours.quantiles, unit, counts)}
    pools, few = pools_of(known.levels), few_in_level(known.levels)
    judged = Judged(known.demand, known.observed, known.begins, unit, pools, few)
    for name, peer in peers.items():
        past = peer(known, horizon)
        mean = _ahead(past, known, horizon)
        found[name] = _measured(actual, mean, quantiles(judged, past, mean), unit, counts)
    return found


def _ahead(past: Past, known: Panel, horizon: int) -> Floats:
    last = np.array([known.weeks - 1])
    return np.concatenate([past(last, step) for step in range(1, horizon + 1)], axis=1)


def _measured(actual: Floats, mean: Floats, bands: Floats, unit: Floats, counts: Mask) -> Floats:
    measured = np.stack(
        [
            rmsse(actual, mean, unit),
            pinball(actual, bands, unit),
            covered(actual, bands[:, :, 1], bands[:, :, 3]),
            covered(actual, bands[:, :, 0], bands[:, :, 4]),
        ],
        axis=1,
    )
    return np.where(counts[:, None], measured, np.nan)


def _scores(found: Mapping[str, Floats], levels: Texts, rng: np.random.Generator) -> list[Score]:
    """Means over origins, then over series.

    A series is one draw of the bootstrap; where there are fewer than `FEWEST_DRAWS`,
    each of its origins is.
    """
    made: list[Score] = []
    for level in dict.fromkeys(levels):
        rows = levels == level
        judged = np.isfinite(found[OURS][:, rows, 0]).any(axis=0)
        if not judged.any():
            continue
        mean = {
            name: np.nanmean(values[:, rows][:, judged], axis=0) for name, values in found.items()
        }
        for name, values in mean.items():
            less = None
            if name != OURS:
                ours, theirs = mean[OURS][:, 0], values[:, 0]
                if len(ours) < FEWEST_DRAWS:
                    ours, theirs = (found[one][:, rows, 0].ravel() for one in (OURS, name))
                less = paired_difference(ours, theirs, rng)
            figures = dict(zip(MEASURES, map(float, values.mean(axis=0)), strict=True))
            made.append(Score(str(level), name, int(judged.sum()), **figures, less_rmsse=less))
    return made
