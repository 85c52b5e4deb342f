"""Past and coming demand of what a vendor looks at."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from smartreco.forecast.explaining import COLUMNS as PARTS_COLUMNS
from smartreco.forecast.forecaster import COLUMNS as AHEAD_COLUMNS
from smartreco.forecast.forecaster import Forecast, forecast
from smartreco.forecast.panel import Level, Panel
from smartreco.vendors.periods import Period
from smartreco.workspace.series_lines import AHEAD_WEEKS, SeriesLine, no_festivals
from smartreco.workspace.vendor.reading import mondays

VIEW: Final = "view"  # the id of a series that is neither the vendor's whole nor one product


def past_of(level: Level, name: str, weeks: pd.DataFrame, whole: pd.DataFrame, known: Period,
            calendar: pd.DataFrame) -> Panel:  # fmt: skip
    """The view's pieces as a panel, the vendor's whole beside it.

    One series alone can hardly tell its season from its noise; the whole, whose part it is,
    has the same season and less noise.
    """
    values = np.maximum(np.stack([weeks["quantity"], whole["quantity"]]), 0.0)
    levels = np.array([level.value, level.value])
    return Panel(
        values, np.array([name, f"{name} of"]), levels, levels, mondays(known), calendar=calendar
    )


def own_forecast(panel: Panel) -> Forecast:
    """The view forecast by itself: it agrees with no other level."""
    return forecast(panel, AHEAD_WEEKS).take(np.array([0]))


def line_of(name: str, panel: Panel, ahead: Forecast | None) -> SeriesLine:
    """The view as charts take it; without a forecast what comes is empty."""
    past = panel.take(np.array([0]))
    calendar = no_festivals() if panel.calendar is None else panel.calendar
    if ahead is not None:
        return replace(SeriesLine.of(name, past, ahead, calendar), median=False)
    return SeriesLine(
        Level(str(past.levels[0])), str(past.ids[0]), name, past.frame(),
        pd.DataFrame(columns=list(AHEAD_COLUMNS)), pd.DataFrame(columns=list(PARTS_COLUMNS)),
        calendar, median=False, reconciled=False,
    )  # fmt: skip
