"""Whether and how known prices take part in the forecasts of a data set.

Prices that hardly move, or move with what everybody buys anyway, would only add noise. So
past forecasts are made again with and without them, and the better way is taken.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date
from typing import Final

import numpy as np

from smartreco.columns import PRODUCT_ID
from smartreco.forecast.coherent import coherent
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.price_breaks import PRICE, WEEK, like_for_like
from smartreco.forecast.price_known import Prices
from smartreco.forecast.price_panel import carried
from smartreco.forecast.price_trial import Verdict, judge
from smartreco.forecast.priced import coherent_at_prices
from smartreco.store import dataset as dataset_store
from smartreco.store import history as history_store
from smartreco.store import price_weeks
from smartreco.store import series as series_store
from smartreco.store.connection import Cursor
from smartreco.workspace.demand import Demand

TRIAL_WEEKS: Final = 8  # ahead, on which prices must have served
MOST_AHEAD: Final = 26  # weeks that promotions are looked for
KEPT: Final = 4

Key = tuple[int, date]


class PricedDemand:
    """Forecasts of all levels, at known prices where these have served."""

    def __init__(self) -> None:
        self._working = threading.Lock()
        self._known: OrderedDict[Key, tuple[Prices | None, Verdict]] = OrderedDict()

    def forecast(self, cursor: Cursor, demand: Demand, weeks: int) -> Forecast:
        """Every level but the pairs."""
        prices, verdict = self.known(cursor, demand)
        return _made(demand, demand.panel, prices if verdict.used else None, weeks)

    def known(self, cursor: Cursor, demand: Demand) -> tuple[Prices | None, Verdict]:
        """Prices known on the day, and whether they are used; tried once a state of the data."""
        key = dataset_store.imported_version(cursor), demand.known.until
        with self._working:
            if key not in self._known:
                prices = read(cursor, demand)
                self._known[key] = prices, judge(demand.panel, prices, TRIAL_WEEKS)
                while len(self._known) > KEPT:
                    self._known.popitem(last=False)
            return self._known[key]


def at_origin(demand: Demand, prices: Prices | None, panel: Panel, horizon: int) -> Forecast:
    """A backtest's forecast: whether prices serve is found from what was known then."""
    known = None if prices is None else prices.until(panel.weeks, MOST_AHEAD)
    used = judge(panel, known, TRIAL_WEEKS).used
    return _made(demand, panel, known if used else None, horizon)


def read(cursor: Cursor, demand: Demand) -> Prices | None:
    """Prices of the panel's products, nothing of what came later but planned promotions.

    Promotions count as planned as far ahead as the data hold plans beyond their own last
    order; data that tell of promotions only afterwards foresee none.
    """
    ids = demand.panel.ids[demand.panel.levels == Level.PRODUCT.value]
    first, weeks = demand.known.first, demand.known.weeks
    rows = price_weeks.lines(cursor)
    day = rows[WEEK].to_numpy().astype("datetime64[D]")
    inside = (day >= np.datetime64(first)) & (day < np.datetime64(demand.known.until))
    sold = like_for_like(rows[inside])
    if sold.empty:
        return None
    period = (sold[WEEK].to_numpy().astype("datetime64[D]") - np.datetime64(first)).astype(int) // 7
    paid = np.full((len(ids), weeks), np.nan)
    row = np.asarray(_places(ids, sold[PRODUCT_ID].to_numpy(dtype=str)))
    paid[row[row >= 0], period[row >= 0]] = np.log(sold[PRICE].to_numpy(dtype=float)[row >= 0])
    promoted = price_weeks.plans(cursor, first, weeks + MOST_AHEAD)
    depth = np.clip(series_store.matrix(promoted, ids, weeks + MOST_AHEAD), 0.0, 0.95)
    regular = carried(paid - np.log1p(-depth[:, :weeks]))
    return Prices(regular, depth, _planned(cursor)).until(weeks, MOST_AHEAD)


def _planned(cursor: Cursor) -> int:
    """Weeks ahead of the data's last order that promotions are planned."""
    last, until = history_store.as_of(cursor), price_weeks.planned_until(cursor)
    if last is None or until is None:
        return 0
    return int(np.clip((until - last).days // 7 + 1, 0, MOST_AHEAD))


def _places(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)


def _made(demand: Demand, panel: Panel, prices: Prices | None, weeks: int) -> Forecast:
    if prices is None:
        return coherent(panel, demand.structure, weeks)
    return coherent_at_prices(panel, demand.structure, prices, weeks)
