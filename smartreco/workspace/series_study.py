"""A close look at one series, put together from forecasts of now and of the past.

Apart from `series_view`, which loads it only when somebody asks: statsmodels takes a third
of a second, which a start need not wait for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from smartreco.forecast import single
from smartreco.forecast.forecaster import FORECAST, QUANTILE_COLUMNS, Forecast
from smartreco.workspace.demand import Demand
from smartreco.workspace.series_lines import SeriesLine, SeriesStudy

STUDY_WEEKS: Final = 8  # ahead


def study_of(
    line: SeriesLine, demand: Demand, origin: Callable[[int], Forecast], tell: single.Tell
) -> SeriesStudy:
    """Look at a series of the demand's panel.

    Parameters
    ----------
    origin
        Our forecast of all series as it would have been at a week, prices unknown.
    tell
        Called with how far the work is, 0..1.

    Raises
    ------
    NotEnoughDataError
        Too short a series, or nearly nothing sold in it.
    """
    panel = demand.panel
    row = int(np.flatnonzero((panel.levels == line.level.value) & (panel.ids == line.id))[0])
    single.require_enough(panel.demand[row])
    cuts = single.origins_of(panel.weeks, STUDY_WEEKS)
    then = []
    for at, cut in enumerate(cuts):
        made = origin(cut)
        then.append(single.Ahead(made.mean[row], made.quantiles[row]))
        tell((at + 1) / (2 * len(cuts)))
    ahead = line.ahead.head(STUDY_WEEKS)
    now = single.Ahead(
        ahead[FORECAST].to_numpy(dtype=float), ahead[list(QUANTILE_COLUMNS)].to_numpy(dtype=float)
    )
    found = single.study(
        panel.demand[row], panel.observed[row], now, then, lambda share: tell(0.5 + share / 2)
    )
    return SeriesStudy(line, found, panel.starts)
