"""What a vendor has beside what may be asked of him, product by product, in arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from smartreco.columns import PRODUCT_ID
from smartreco.forecast.forecaster import Forecast
from smartreco.stock.arrays import Floats, Mask
from smartreco.stock.policy import Ahead
from smartreco.stock.weeks_ahead import ahead_of_weeks


@dataclass(frozen=True)
class Supplied:
    """Products with what is known of each, one position each.

    Attributes
    ----------
    goods
        Columns product_id, name, category, active, case_size, unit_cost, price.
    stock
        Rows in the same order: counted, on_order, counted_on, typed, on_hand, reserved, free;
        missing where never counted.
    starts
        Day that the weeks ahead begin on.
    ahead
        What may be asked for by the end of each week; nothing where there is no forecast.
    foreseen
        Products with a forecast.
    cumulative
        Pieces expected by the end of each week ahead.
    """

    today: date
    goods: pd.DataFrame
    stock: pd.DataFrame
    starts: date
    ahead: Ahead
    foreseen: Mask
    cumulative: Floats

    def take(self, rows: Mask) -> Supplied:
        """Some of the products."""
        return replace(
            self, goods=self.goods[rows].reset_index(drop=True),
            stock=self.stock[rows].reset_index(drop=True), ahead=Ahead(self.ahead.by_week[rows]),
            foreseen=self.foreseen[rows], cumulative=self.cumulative[rows],
        )  # fmt: skip

    @property
    def told(self) -> Mask:
        """Products with a count."""
        return self.stock["counted_on"].notna().to_numpy(dtype=bool)

    def amounts(self, column: str) -> Floats:
        """A column of the stock; 0 where there is no count."""
        values = self.stock[column].to_numpy(dtype=float, na_value=np.nan)
        return np.asarray(np.nan_to_num(values))

    def coming(self, lead_days: int) -> tuple[Floats, list[date | None]]:
        """What is on its way by the day that it is there, and that day of each product."""
        pieces = self.amounts("on_order")
        days: list[date | None] = []
        for at, counted_on in enumerate(self.stock["counted_on"]):
            due = None
            if pieces[at] > 0:
                due = pd.Timestamp(counted_on).date() + timedelta(days=lead_days)
                due = max(due, self.today + timedelta(days=1))
            days.append(due)
        wait = [0 if day is None else (day - self.today).days for day in days]
        made = np.zeros((len(days), max([*wait, 1])))
        some = np.flatnonzero(pieces > 0)
        made[some, np.array(wait, dtype=np.int64)[some] - 1] = pieces[some]
        return made, days


def supplied(
    today: date, goods: pd.DataFrame, stock: pd.DataFrame, demand: Floats, forecast: Forecast | None
) -> Supplied:
    """Put forecast and stock beside each other.

    Parameters
    ----------
    demand
        Pieces wanted in the past weeks, products x weeks; NaN before the first sale.
    """
    tomorrow = today + timedelta(days=1)
    stock = stock.set_index(PRODUCT_ID).reindex(goods[PRODUCT_ID]).reset_index()
    if forecast is None:
        none = np.zeros((len(goods), 0))
        return Supplied(today, goods, stock, tomorrow, ahead_of_weeks(demand, none),
                        np.zeros(len(goods), dtype=bool), none)  # fmt: skip
    row = pd.Index(forecast.ids).get_indexer(pd.Index(goods[PRODUCT_ID]))
    mean = np.where((row >= 0)[:, None], forecast.mean[row], 0.0)
    begins = forecast.starts[0].astype("datetime64[D]").astype(object)
    cumulative = _from_day(mean, max((tomorrow - begins).days, 0))
    ahead = ahead_of_weeks(demand, cumulative)
    ahead = Ahead(np.where((row >= 0)[:, None, None], ahead.by_week, 0.0))
    return Supplied(today, goods, stock, max(tomorrow, begins), ahead, row >= 0, cumulative)


def _from_day(mean: Floats, skip: int) -> Floats:
    """Sums of weeks that begin so many days into the first one."""
    weeks = mean.shape[1] - -(-skip // 7)
    sums = np.pad(mean.cumsum(axis=1), ((0, 0), (1, 0)))
    edges = (skip + 7 * np.arange(weeks + 1)) / 7
    low = np.minimum(np.floor(edges).astype(np.int64), mean.shape[1] - 1)
    at = sums[:, low] + (edges - low) * (sums[:, low + 1] - sums[:, low])
    return np.asarray(at[:, 1:] - at[:, :1])
