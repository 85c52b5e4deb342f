"""One series as a chart takes it: its past, what comes, what that is made of, festivals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Days
from smartreco.forecast.explaining import explained
from smartreco.forecast.forecaster import PERIOD_START, Forecast
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.parts import PARTS

if TYPE_CHECKING:  # loads statsmodels
    from smartreco.forecast.single import Study

AHEAD_WEEKS: Final = 13  # forecast once; pages show as much of it as is asked for


@dataclass(frozen=True, eq=False)
class SeriesLine:
    """One series. Known by identity: charts of the same one are drawn once.

    Attributes
    ----------
    name
        Whose demand it is, in words.
    past
        Columns `smartreco.forecast.panel.PAST_COLUMNS`.
    ahead
        Columns `smartreco.forecast.forecaster.COLUMNS`.
    parts
        Columns `smartreco.forecast.explaining.COLUMNS`: what each week ahead is made of.
    festivals
        Columns festival, day; all that are known.
    median
        Whether the middle to show is the median: single products, whose mean is pulled up
        by rare large weeks.
    reconciled
        Whether it agrees with all other levels.
    """

    level: Level
    id: str
    name: str
    past: pd.DataFrame
    ahead: pd.DataFrame
    parts: pd.DataFrame
    festivals: pd.DataFrame
    median: bool
    reconciled: bool

    @classmethod
    def of(cls, name: str, past: Panel, ahead: Forecast, festivals: pd.DataFrame) -> SeriesLine:
        """From a panel and a forecast of one series each."""
        level = Level(str(ahead.levels[0]))
        return cls(
            level, str(ahead.ids[0]), name, past.frame(), ahead.frame(), explained(ahead),
            festivals, level is Level.PRODUCT, ahead.reconciled,
        )  # fmt: skip

    def weeks(self, n: int) -> SeriesLine:
        """The same with `n` weeks ahead."""
        return replace(self, ahead=self.ahead.head(n), parts=self.parts.head(n))

    def sums(self) -> dict[str, float]:
        """Pieces of each part over the weeks ahead, and of the forecast."""
        return {name: float(self.parts[name].sum()) for name in (*PARTS, "forecast")}

    @property
    def first_week(self) -> date:
        """First day of the first week ahead."""
        return pd.Timestamp(self.ahead[PERIOD_START].iloc[0]).date()


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """A series that can be looked at; ``pieces`` sold in its whole past."""

    id: str
    name: str
    pieces: float


@dataclass(frozen=True)
class SeriesStudy:
    """A series looked at closely, see `smartreco.forecast.single.Study`; ``weeks`` of its past."""

    line: SeriesLine
    study: Study
    weeks: Days


def no_festivals() -> pd.DataFrame:
    """Where none are known."""
    return pd.DataFrame({"festival": np.array([], dtype=str), "day": pd.to_datetime([])})
