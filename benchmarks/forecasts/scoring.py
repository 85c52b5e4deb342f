"""From forecasts and what came to figures of a cell: one data set, one level."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.forecasts.peers import Made
from smartreco.forecast.accuracy import covered, pinball, rmsse
from smartreco.forecast.arrays import Floats, Mask, Texts
from smartreco.forecast.panel import Panel
from smartreco.forecast.scale import step_scale

MEASURES = ("rmsse", "pinball", "covered_80", "covered_95")
FEWEST_SALES = 3  # weeks with sales before an origin, below which a series is not judged
DRAWS = 2000
SEED = 0
Figures = dict[str, Any]


@dataclass(frozen=True)
class Truth:
    """What came: series x horizon; the naive step before the origin, and who is judged."""

    actual: Floats
    unit: Floats
    judged: Mask


def truth(panel: Panel, rows: np.ndarray, cut: int, horizon: int) -> Truth:
    """What came after `cut` weeks, in the terms in which `smartreco.forecast.backtest` judges."""
    known = panel.until(cut).take(rows)
    since = np.arange(cut)[None, :] >= known.begins[:, None]
    unit = step_scale(known.values, since, np.zeros(len(rows)))
    judged = ((known.values > 0).sum(axis=1) >= FEWEST_SALES) & (unit > 1e-4)
    return Truth(panel.values[rows, cut : cut + horizon], unit, judged)


def measured(made: Made, came: Truth) -> Floats:
    """`MEASURES` of each series: 4 x series, NaN where not judged."""
    bands = made.quantiles
    with np.errstate(all="ignore"):
        found = np.stack(
            [
                rmsse(came.actual, made.mean, came.unit),
                pinball(came.actual, bands, came.unit),
                covered(came.actual, bands[:, :, 1], bands[:, :, 3]),
                covered(came.actual, bands[:, :, 0], bands[:, :, 4]),
            ]
        )
    return np.where(came.judged & np.isfinite(made.mean).all(axis=1), found, np.nan)


def cells(found: Mapping[str, Sequence[Floats]], levels: Texts, ours: str) -> list[Figures]:
    """Means over origins, then over series, for each level and method.

    Returns
    -------
    For each level and method the measures, and, beside `ours`, what ours has over it less one
    with an interval of 95 % from drawing series again (`None` with under ten of them).
    """
    made: list[Figures] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # series that no origin judged
        means = {name: np.nanmean(np.stack(each), axis=0) for name, each in found.items()}
    for level in dict.fromkeys(levels):
        rows = (levels == level) & np.isfinite(means[ours][0])
        own = means[ours][:, rows]
        for name, values in means.items():
            figures = dict(zip(MEASURES, values[:, rows].mean(axis=1).tolist(), strict=True))
            figures |= {"level": str(level), "method": name, "series": int(rows.sum())}
            if name != ours:
                figures["less"] = less(own[0], values[0, rows])
            made.append(figures)
    return made


def less(ours: Floats, theirs: Floats) -> Figures:
    """Mean of ours over theirs, less one, and its interval over series."""
    ratio = float(ours.mean() / theirs.mean() - 1)
    if len(ours) < 10:
        return {"ratio": ratio, "low": None, "high": None}
    drawn = np.random.default_rng(SEED).integers(0, len(ours), (DRAWS, len(ours)))
    again = ours[drawn].mean(axis=1) / theirs[drawn].mean(axis=1) - 1
    low, high = np.quantile(again, [0.025, 0.975])
    return {"ratio": ratio, "low": float(low), "high": float(high)}
