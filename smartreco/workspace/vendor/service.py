"""A vendor's service: what met stock, what was lost, by time, region and product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, NAME, PRODUCT_ID, REGION
from smartreco.forecast.panel import FILL_WEEKS, fill
from smartreco.language import Message
from smartreco.store import free_stock
from smartreco.store import vendor_goods as goods_store
from smartreco.store import vendor_sales as sales_store
from smartreco.store import vendor_supply as supply_store
from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope
from smartreco.vendors.assortment import Weeks
from smartreco.vendors.periods import Period, Periods
from smartreco.vendors.service import MEASURES, Served, by_product, by_region, recorded, served
from smartreco.workspace.vendor.demand_views import Figure
from smartreco.workspace.vendor.reading import Known, periods_of, scope_of, week_matrix
from smartreco.workspace.vendor.supply_views import Said, Service
from smartreco.workspace.vendor.views import VendorFilter

LEVEL_SAID: Final = Message("Service level: pieces sold, of those and the ones missed")
LOST_SAID: Final = Message(
    "Lost sales are estimated: in a week in which you had none of a product, the mean of the "
    "{weeks} weeks before, less what was sold"
)
OUT_SAID: Final = Message(
    "A week is without stock where a count found none; a week without a count is taken as one "
    "with stock"
)
TRACKED_SAID: Final = Message(
    "Stock is recorded of one product of {goods}; the others are left out",
    "Stock is recorded of {tracked} products of {goods}; the others are left out",
    "tracked",
)
NO_HISTORY: Final = Message(
    "Service and lost sales are not known: the data hold no history of your stock in this time"
)
NO_GOODS: Final = Message("No product of yours is in this view")


@dataclass(frozen=True)
class _Rows:
    """What figures are made of: weeks from before the earliest time, and products."""

    ids: list[str]
    price: np.ndarray
    ever: np.ndarray
    first: date
    sold: np.ndarray
    out: np.ndarray
    counted: np.ndarray  # weeks with a count of any of his products

    def weeks(self, period: Period, sold: np.ndarray | None = None) -> Weeks:
        """A period's weeks, filled from those right before it."""
        since = max((period.first - self.first).days // 7 - FILL_WEEKS, 0)
        until = (period.until - self.first).days // 7
        pieces = (self.sold if sold is None else sold)[:, since:until]
        out = self.out[:, since:until]
        filled, lead = fill(pieces, out), until - since - period.weeks
        return Weeks(self.ids, pieces[:, lead:], filled[:, lead:], out[:, lead:])


def read_service(cursor: Cursor, known: Known, vendor_id: str, wanted: VendorFilter) -> Service:
    """Put the view together."""
    when = periods_of(known, wanted)
    scope = scope_of(vendor_id, wanted)
    goods = _goods(known, wanted)
    rows = _rows(cursor, known, scope, when, goods)
    tracked = _tracked(cursor, rows, when.now)
    now = rows.weeks(when.now)
    kept = bool(tracked.any())
    level, pieces, value, out = _figures(cursor, rows, when)
    starts = tuple(when.now.first + timedelta(weeks=n) for n in range(when.now.weeks))
    regions = _regions(cursor, known, scope, rows, when.now, tracked)
    products = _products(cursor, goods, rows, now, tracked)
    return Service(
        when, level, pieces, value, out, starts, regions, products, int(tracked.sum()),
        len(rows.ids), kept, _said(tracked),
    )  # fmt: skip


def _goods(known: Known, wanted: VendorFilter) -> pd.DataFrame:
    """Products of the view: those on offer, and those ever sold."""
    goods = known.products
    inside = goods["active"].to_numpy(dtype=bool) | goods["first_week"].notna().to_numpy()
    if wanted.categories:
        inside &= goods[CATEGORY].isin(wanted.categories).to_numpy()
    if wanted.products:
        inside &= goods[PRODUCT_ID].isin(wanted.products).to_numpy()
    if wanted.price_low is not None:
        inside &= (goods["price"] >= wanted.price_low).to_numpy()
    if wanted.price_high is not None:
        inside &= (goods["price"] <= wanted.price_high).to_numpy()
    return goods[inside].reset_index(drop=True)


def _rows(cursor: Cursor, known: Known, scope: Scope, when: Periods, goods: pd.DataFrame) -> _Rows:
    ids = goods[PRODUCT_ID].tolist()
    times = [one for one in (when.now, when.before, when.last_year) if one is not None]
    first = min(one.first for one in times) - timedelta(weeks=FILL_WEEKS)
    span = (first, when.now.until)
    weeks = (span[1] - span[0]).days // 7
    frame = sales_store.by_product_week(cursor, known.gone, scope, span)
    counted = goods_store.stock_weeks(cursor, scope, *span)
    sold = np.maximum(week_matrix(frame, ids, first, weeks), 0.0)
    value = week_matrix(frame, ids, first, weeks, "value")[:, -when.now.weeks :].sum(axis=1)
    pieces = sold[:, -when.now.weeks :].sum(axis=1)
    usual = goods["price"].to_numpy(dtype=float, na_value=np.nan)
    price = np.divide(value, pieces, out=usual.copy(), where=pieces > 0)
    days = counted["week"].to_numpy().astype("datetime64[D]") - np.datetime64(first, "D")
    any_count = np.bincount(days.astype(np.int64) // 7, minlength=weeks) > 0
    ever = supply_store.ever_counted(cursor, scope.vendor_id)
    return _Rows(
        ids, price, np.array([one in ever for one in ids], dtype=bool), first, sold,
        week_matrix(counted, ids, first, weeks, "out") > 0, any_count,
    )  # fmt: skip


def _tracked(cursor: Cursor, rows: _Rows, period: Period) -> np.ndarray:
    since = (period.first - rows.first).days // 7
    here = int(rows.counted[since : since + period.weeks].sum())
    elsewhere = supply_store.weeks_recorded(cursor, (period.first, period.until))
    return recorded(rows.ever, here, elsewhere)


def _figures(cursor: Cursor, rows: _Rows, when: Periods) -> tuple[Figure, ...]:
    """Level, lost pieces, lost value, weeks out: now, before, last year."""
    times: list[list[float | None]] = []
    for period in (when.now, when.before, when.last_year):
        tracked = None if period is None else _tracked(cursor, rows, period)
        if period is None or tracked is None or not tracked.any():
            times.append([None] * 4)
            continue
        found = served(rows.weeks(period), rows.price, tracked, by_week=False)
        times.append([_known(float(one[0])) for one in found.figures])
    by_week = _by_week(cursor, rows, when.now)
    names = ("service", "lost_pieces", "lost_value", "out_weeks")
    return tuple(
        Figure(name, times[0][at], times[1][at], times[2][at], by_week[at])
        for at, name in enumerate(names)
    )


def _by_week(cursor: Cursor, rows: _Rows, now: Period) -> list[tuple[float | None, ...]]:
    tracked = _tracked(cursor, rows, now)
    if not tracked.any():
        return [(None,) * now.weeks] * 4
    found: Served = served(rows.weeks(now), rows.price, tracked, by_week=True)
    return [tuple(_known(value) for value in one.tolist()) for one in found.figures]


def _regions(
    cursor: Cursor, known: Known, scope: Scope, rows: _Rows, now: Period, tracked: np.ndarray
) -> pd.DataFrame:
    since = now.first - timedelta(weeks=FILL_WEEKS)
    frame = supply_store.by_region_week(cursor, known.gone, scope, (since, now.until))
    names = sorted(frame[REGION].unique())
    weeks, ids = now.weeks + FILL_WEEKS, [one for one, kept in zip(rows.ids, tracked, strict=True)
                                          if kept]  # fmt: skip
    if not names or not ids:
        return pd.DataFrame(columns=[REGION, *MEASURES])
    parts = np.stack(
        [week_matrix(frame[frame[REGION] == name], ids, since, weeks) for name in names]
    )
    parts = np.maximum(parts, 0.0)
    every = rows.weeks(now)
    whole = Weeks(ids, every.sold[tracked], every.wanted[tracked], every.out[tracked])
    at = (now.first - rows.first).days // 7 - FILL_WEEKS
    out = rows.out[tracked, at : at + weeks]
    filled = np.stack([fill(one, out) for one in parts])
    found = by_region(
        whole, parts[:, :, FILL_WEEKS:], filled[:, :, FILL_WEEKS:], rows.price[tracked]
    )
    found.insert(0, REGION, names)
    found = found[found["wanted"] > 0]
    return found.sort_values(["lost_value", REGION], ascending=[False, True], ignore_index=True)


def _products(
    cursor: Cursor, goods: pd.DataFrame, rows: _Rows, now: Weeks, tracked: np.ndarray
) -> pd.DataFrame:
    found = goods[[PRODUCT_ID, NAME, CATEGORY, "active"]].copy()
    found = pd.concat([found, by_product(now, rows.price, tracked)], axis=1)
    stock = free_stock.stock(cursor, rows.ids).set_index(PRODUCT_ID)["on_hand"].reindex(rows.ids)
    found["out_now"] = (stock <= 0).to_numpy(dtype=bool)
    return found.sort_values(
        ["lost_value", "sold", PRODUCT_ID], ascending=[False, False, True], ignore_index=True
    )


def _said(tracked: np.ndarray) -> tuple[Said, ...]:
    if not len(tracked):
        return ((NO_GOODS, {}),)
    if not tracked.any():
        return ((NO_HISTORY, {}),)
    said: list[Said] = [(LEVEL_SAID, {}), (LOST_SAID, {"weeks": FILL_WEEKS}), (OUT_SAID, {})]
    if not tracked.all():
        values = {"tracked": int(tracked.sum()), "goods": len(tracked)}
        said.append((TRACKED_SAID, values))
    return tuple(said)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
