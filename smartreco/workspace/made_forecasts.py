"""Forecasts of one state of the data, made once for all who ask.

They rest on full weeks: an order placed in the week that runs changes none of them, and
one forecast of all levels serves every page, every role and every day of that week.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import numpy as np

from smartreco.forecast.daily import DAYS_A_WEEK, split
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.hierarchy import project, sums
from smartreco.forecast.pairs import agree, forecast_in_blocks
from smartreco.forecast.panel import Level
from smartreco.store import dataset as dataset_store
from smartreco.store import placing
from smartreco.store.connection import Cursor
from smartreco.workspace import demand as demand_reader
from smartreco.workspace.core import Core
from smartreco.workspace.demand import Demand
from smartreco.workspace.priced_demand import PricedDemand

KEPT: Final = 6  # forecasts of one state of the data that stay in memory

#: State of the data, first unknown day, horizon, length of the periods, whether of pairs.
Key = tuple[int, tuple[int, int], date, int, str, bool]
Made = tuple[Demand, Forecast]


class Freq(StrEnum):
    """Length of the periods."""

    WEEK = "week"
    DAY = "day"


class MadeForecasts:
    """A table of the latest forecasts, made by one reader at a time: each takes all cores."""

    def __init__(self, core: Core, priced: PricedDemand) -> None:
        self.core = core
        self.held: dict[Key, Made] = {}
        self._priced = priced
        self._working = threading.Lock()

    def of(self, level: Level, horizon: int, freq: Freq, as_of: date | None) -> Made:
        """Everything on one day, pairs of shop and product only where they are asked for.

        Raises
        ------
        SmartRecoError
            See `smartreco.workspace.demand.first_unknown` and `read`.
        """
        with self.core.store.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            day = demand_reader.first_unknown(cursor, as_of)
            monday = day - timedelta(days=day.weekday())
            day = monday if freq is Freq.WEEK else day
            key = (
                dataset_store.imported_version(cursor), placing.placed_before(cursor, monday), day,
                horizon, freq.value,
            )  # fmt: skip
            made = self._once((*key, False), lambda: self._together(cursor, day, horizon, freq))
            if level is Level.RETAILER_PRODUCT:
                made = self._once((*key, True), lambda: _pairs(cursor, *made, horizon, freq))
            cursor.execute("COMMIT")
            return made

    def _once(self, key: Key, make: Callable[[], Made]) -> Made:
        """What is kept, else made; the oldest goes first."""
        if key not in self.held:
            with self._working:
                if key not in self.held:
                    made = make()
                    while len(self.held) >= KEPT:
                        del self.held[next(iter(self.held))]
                    self.held[key] = made
                return self.held[key]
        return self.held[key]

    def _together(self, cursor: Cursor, day: date, horizon: int, freq: Freq) -> Made:
        """All levels but the pairs."""
        demand = demand_reader.read(cursor, day)
        made = self._priced.forecast(cursor, demand, _weeks(demand, horizon, freq))
        if freq is Freq.DAY:
            made = _in_days(cursor, demand, made, horizon)
        return demand, made


def _pairs(cursor: Cursor, demand: Demand, made: Forecast, horizon: int, freq: Freq) -> Made:
    """What each shop will order of each product, within what both levels say."""
    panel = demand_reader.read_pairs(cursor, demand)
    each = forecast_in_blocks(panel, _weeks(demand, horizon, freq))
    if freq is Freq.DAY:
        each = _in_days(cursor, demand, each, horizon)
    shops, products = made.at(Level.RETAILER), made.at(Level.PRODUCT)
    return demand, agree(each, shops, products, panel.demand.mean(axis=1))


def _in_days(cursor: Cursor, demand: Demand, weekly: Forecast, days: int) -> Forecast:
    """Weeks split into days whose sums agree as the weeks' do."""
    past = demand_reader.read_days(cursor, demand.known, weekly.levels, weekly.ids)
    daily = split(weekly, past, np.datetime64(demand.as_of, "D"), days)
    if weekly.levels[0] == Level.RETAILER_PRODUCT:
        return daily
    which = sums(daily.levels, daily.ids, demand.structure.links)
    mean = project(daily.mean, daily.mean.mean(axis=1), which)
    return daily.moved_to(mean, reconciled=True)


def _weeks(demand: Demand, horizon: int, freq: Freq) -> int:
    """Whole weeks that hold the periods ahead."""
    if freq is Freq.WEEK:
        return horizon
    return -(-((demand.as_of - demand.known.until).days + horizon) // DAYS_A_WEEK)
