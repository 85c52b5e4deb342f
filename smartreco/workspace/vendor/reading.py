"""What a vendor's views are made from: read from the store once a state of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.store import series as series_store
from smartreco.store import vendor_goods as goods_store
from smartreco.store import vendor_sales as sales_store
from smartreco.store import vendor_scope as scope_store
from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope
from smartreco.vendors.periods import Period, Periods, periods
from smartreco.vendors.sums import TIMES, labelled
from smartreco.workspace.vendor.views import VendorFilter


@dataclass(frozen=True)
class Known:
    """A vendor as a whole.

    Attributes
    ----------
    products, buyers
        As `smartreco.store.vendor_goods` reads them.
    gone
        What was cancelled, as `smartreco.store.vendor_scope.cancelled`.
    weeks
        Full weeks of the data; None where there is none.
    """

    products: pd.DataFrame
    buyers: pd.DataFrame
    gone: pd.DataFrame
    weeks: Period | None


@dataclass(frozen=True)
class Sales:
    """What a filter leaves, over the times it is compared with.

    Attributes
    ----------
    times
        Endings of the times that are known, see `smartreco.vendors.sums.TIMES`.
    pairs
        Shop x product with labels, as `smartreco.vendors.sums.labelled`.
    shops
        As `smartreco.store.vendor_sales.shop_places`.
    """

    periods: Periods
    times: tuple[str, ...]
    pairs: pd.DataFrame
    shops: pd.DataFrame


def scope_of(vendor_id: str, wanted: VendorFilter) -> Scope:
    """The filter as the store takes it."""
    return Scope(
        vendor_id, wanted.regions, wanted.cities, wanted.categories, wanted.products,
        wanted.segments, wanted.price_low, wanted.price_high,
    )  # fmt: skip


def read_known(cursor: Cursor, vendor_id: str) -> Known:
    """Read a vendor.

    Raises
    ------
    NotFoundError
        The data know no such vendor.
    """
    if not scope_store.exists(cursor, vendor_id):
        raise NotFoundError(
            "the id of a vendor is one of this data set's", repr(vendor_id), "check the id"
        )
    span = series_store.span(cursor)
    return Known(
        goods_store.products(cursor, vendor_id), goods_store.buyers(cursor, vendor_id),
        scope_store.cancelled(cursor, vendor_id),
        None if span is None else Period(span.first, span.until),
    )  # fmt: skip


def periods_of(known: Known, wanted: VendorFilter) -> Periods:
    """The weeks asked for.

    Raises
    ------
    NotEnoughDataError
        None of them is known.
    """
    if known.weeks is None:
        raise NotEnoughDataError(
            "figures need one full week of orders", "less", "import more orders"
        )
    found = periods(wanted.since, wanted.until, known.weeks)
    if found is None:
        first, last = known.weeks.first, known.weeks.last_day
        raise NotEnoughDataError(
            f"full weeks of orders are known from {first} to {last}", "a time outside of it",
            "choose another time",
        )  # fmt: skip
    return found


def read_sales(cursor: Cursor, known: Known, vendor_id: str, wanted: VendorFilter) -> Sales:
    """Add up the times of a filter by shop and product."""
    when = periods_of(known, wanted)
    asked = zip(TIMES, (when.now, when.before, when.last_year), strict=True)
    spans = {time: (one.first, one.until) for time, one in asked if one is not None}
    scope = scope_of(vendor_id, wanted)
    pairs = sales_store.pairs(cursor, known.gone, scope, list(spans.values()))
    names = {
        f"{measure}_{n}": f"{measure}{time}"
        for n, time in enumerate(spans)
        for measure in ("quantity", "value")
    }
    shops = sales_store.shop_places(cursor, scope)
    pairs = labelled(pairs.rename(columns=names), shops, known.products)
    return Sales(when, tuple(spans), pairs, shops)


def read_weeks(cursor: Cursor, known: Known, period: Period, scope: Scope) -> pd.DataFrame:
    """Columns week, quantity, value: a row a week, 0 where nothing was bought."""
    span = (period.first, period.until)
    return _each_week(sales_store.by_week(cursor, known.gone, scope, span), period)


def read_orders(cursor: Cursor, known: Known, sales: Sales, scope: Scope) -> pd.DataFrame:
    """Columns week, orders and shops (known of the weeks of the period only).

    A row each week from the earliest of the times that are compared to the end of the period.
    """
    when = sales.periods
    times = [one for one in (when.now, when.before, when.last_year) if one is not None]
    span = Period(min(one.first for one in times), when.now.until)
    orders = sales_store.orders_by_week(cursor, scope, (span.first, span.until))
    now = (when.now.first, when.now.until)
    shops = sales_store.shops_by_week(cursor, known.gone, scope, now)
    return _each_week(orders.merge(shops, on="week", how="left"), span)


def _each_week(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Rows of a period's weeks, 0 where there was none."""
    found = frame.set_index(frame["week"].astype("datetime64[s]")).drop(columns="week")
    weeks = pd.Index(mondays(period).astype("datetime64[s]"), name="week")
    return found.reindex(weeks).fillna(0.0).astype(float).reset_index()


def mondays(period: Period) -> np.ndarray:
    """First days of the weeks."""
    return np.asarray(np.datetime64(period.first, "D") + 7 * np.arange(period.weeks))


def week_matrix(
    frame: pd.DataFrame, product_ids: list[str], first: date, weeks: int, column: str = "quantity"
) -> np.ndarray:
    """Rows of product_id and week spread over products x weeks; what is outside is left out."""
    found = np.zeros((len(product_ids), weeks))
    row = pd.Index(product_ids).get_indexer(pd.Index(frame["product_id"]))
    days = frame["week"].to_numpy().astype("datetime64[D]") - np.datetime64(first, "D")
    at = days.astype(np.int64) // 7
    keep = (row >= 0) & (at >= 0) & (at < weeks)
    found[row[keep], at[keep]] = frame[column].to_numpy(dtype=float)[keep]
    return found
