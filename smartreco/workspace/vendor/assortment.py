"""The assortment table: classes by value and evenness, stock cover, sales lost to empty shelves."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, NAME, PRODUCT_ID
from smartreco.forecast.panel import FILL_WEEKS, fill
from smartreco.language import Message, Percent
from smartreco.store import free_stock
from smartreco.store import vendor_goods as goods_store
from smartreco.store import vendor_sales as sales_store
from smartreco.store import vendor_supply as supply_store
from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope
from smartreco.vendors.assortment import AssortmentSettings, Weeks, classes, stock_figures
from smartreco.vendors.periods import Period, Periods
from smartreco.vendors.service import recorded
from smartreco.vendors.sums import added
from smartreco.workspace.vendor.demand_views import Assortment
from smartreco.workspace.vendor.reading import Known, Sales, scope_of, week_matrix
from smartreco.workspace.vendor.views import VendorFilter

ABC: Final = Message(
    "A: the largest products that together come to {a} of the value; B: the next, to {b}; C: the "
    "rest"
)
XYZ: Final = Message(
    "X sells evenly (weekly pieces vary by up to {x} of their mean), Y up to {y}, Z beyond; under "
    "{weeks} weeks it is not known"
)
COVER: Final = Message(
    "Cover is stock over the mean week of the last {weeks}; sell-through is pieces sold over those "
    "sold and left, both at all shops"
)
LOST: Final = Message(
    "Lost sales: in a week in which you had none of a product, the mean of the {weeks} weeks "
    "before, less what was sold"
)
NO_HISTORY: Final = Message("Lost sales are not known: the data hold no history of your stock")
NO_STOCK: Final = Message("Stock cover and sell-through are not known: the data hold no stock")


def read_assortment(
    cursor: Cursor, known: Known, sales: Sales, vendor_id: str, wanted: VendorFilter
) -> Assortment:
    """Put the table together."""
    settings = AssortmentSettings()
    when = sales.periods
    rows = _rows(known, sales, wanted)
    ids = rows[PRODUCT_ID].tolist()
    stock, counted = _stock(cursor, vendor_id, wanted, when, ids)
    here = _weeks(cursor, known, scope_of(vendor_id, wanted), when, ids, counted)
    everywhere = here
    if wanted.places:
        everywhere = _weeks(
            cursor, known, scope_of(vendor_id, wanted.everywhere()), when, ids, counted
        )
    history = _recorded(cursor, vendor_id, counted, ids, when.now)
    on_hand = stock["on_hand"].to_numpy(dtype=float, na_value=np.nan)
    paid = rows["value"] / rows["quantity"].where(rows["quantity"] > 0)
    price = paid.fillna(rows["price"]).to_numpy(dtype=float, na_value=np.nan)
    parts = [
        classes(rows["value"].to_numpy(dtype=float), here, settings),
        stock_figures(here, everywhere, on_hand, price, history, settings),
    ]  # in the order of the rows
    table = pd.concat([rows.drop(columns="price"), *parts], axis=1)
    table = table.sort_values(["value", PRODUCT_ID], ascending=[False, True], ignore_index=True)
    stock_known, history_known = bool(np.isfinite(on_hand).any()), bool(history.any())
    return Assortment(
        when, table, stock_known, history_known, _method(settings, stock_known, history_known)
    )


def _rows(known: Known, sales: Sales, wanted: VendorFilter) -> pd.DataFrame:
    """Products in the filter: those on offer, and those that were bought in the period."""
    goods = known.products
    inside = np.ones(len(goods), dtype=bool)
    if wanted.categories:
        inside &= goods[CATEGORY].isin(wanted.categories).to_numpy()
    if wanted.products:
        inside &= goods[PRODUCT_ID].isin(wanted.products).to_numpy()
    if wanted.price_low is not None:
        inside &= (goods["price"] >= wanted.price_low).to_numpy()
    if wanted.price_high is not None:
        inside &= (goods["price"] <= wanted.price_high).to_numpy()
    columns = [PRODUCT_ID, NAME, CATEGORY, "active", "price"]
    sums = added(sales.pairs, [PRODUCT_ID], sales.times)[[PRODUCT_ID, "value", "quantity", "shops"]]
    found = goods.loc[inside, columns].merge(sums, on=PRODUCT_ID, how="left")
    measures = ["value", "quantity", "shops"]
    found[measures] = found[measures].fillna(0.0)
    return found[found["active"].astype(bool) | (found["quantity"] > 0)].reset_index(drop=True)


def _stock(
    cursor: Cursor, vendor_id: str, wanted: VendorFilter, when: Periods, ids: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The last counts in the order of `ids`, and the weeks that were counted."""
    scope = scope_of(vendor_id, wanted.everywhere())
    # counted on the day after the last one of the period: still what it left
    until = when.now.until + timedelta(weeks=1)
    stock = goods_store.stock(cursor, scope, until).set_index(PRODUCT_ID).reindex(ids)
    present = free_stock.stock(cursor, ids).set_index(PRODUCT_ID).reindex(ids)
    latest = stock["counted_on"] == present["counted_on"]  # an earlier count tells of its time
    stock["on_hand"] = stock["on_hand"].where(~latest, present["on_hand"])
    first = when.now.first - timedelta(weeks=FILL_WEEKS)
    return stock, goods_store.stock_weeks(cursor, scope, first, when.now.until)


def _weeks(
    cursor: Cursor, known: Known, scope: Scope, when: Periods, ids: list[str],
    counted: pd.DataFrame,
) -> Weeks:  # fmt: skip
    """Pieces of the period, and what they would have been: filled from the weeks before it too."""
    first = when.now.first - timedelta(weeks=FILL_WEEKS)
    weeks = when.now.weeks + FILL_WEEKS
    span = (first, when.now.until)
    sold = sales_store.by_product_week(cursor, known.gone, scope, span)
    pieces = np.maximum(week_matrix(sold, ids, first, weeks), 0.0)
    out = week_matrix(counted, ids, first, weeks, "out") > 0
    filled = fill(pieces, out)
    return Weeks(ids, pieces[:, FILL_WEEKS:], filled[:, FILL_WEEKS:], out[:, FILL_WEEKS:])


def _recorded(
    cursor: Cursor, vendor_id: str, counted: pd.DataFrame, ids: list[str], now: Period
) -> np.ndarray:
    """Products whose stock is recorded over the period."""
    week = counted["week"].to_numpy().astype("datetime64[D]")
    here = len(np.unique(week[week >= np.datetime64(now.first, "D")]))
    elsewhere = supply_store.weeks_recorded(cursor, (now.first, now.until))
    ever = supply_store.ever_counted(cursor, vendor_id)
    return recorded(np.array([one in ever for one in ids], dtype=bool), here, elsewhere)


def _method(
    settings: AssortmentSettings, stock_known: bool, history_known: bool
) -> tuple[tuple[Message, dict[str, object]], ...]:
    said: list[tuple[Message, dict[str, object]]] = [
        (ABC, {"a": Percent(settings.a), "b": Percent(settings.b)}),
        (XYZ, {"x": settings.x, "y": settings.y, "weeks": settings.fewest_weeks}),
    ]
    said.append((COVER, {"weeks": settings.pace_weeks}) if stock_known else (NO_STOCK, {}))
    said.append((LOST, {"weeks": FILL_WEEKS}) if history_known else (NO_HISTORY, {}))
    return tuple(said)
