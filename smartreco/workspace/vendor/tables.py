"""A vendor's sales as tables: headline, places, shops, movers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from smartreco.columns import CITY, NAME, PRODUCT_ID, REGION, RETAILER_ID, SEGMENT
from smartreco.vendors.change import decompose
from smartreco.vendors.movers import Move, moves, top
from smartreco.vendors.periods import Period
from smartreco.vendors.sums import TIMES, added, named, places
from smartreco.workspace.vendor.demand_views import Compared, Figure, Headline, Movers
from smartreco.workspace.vendor.reading import Known, Sales, mondays

BUYING = {  # what became of a shop since the period before
    (True, True): "kept", (True, False): "won", (False, True): "lost", (False, False): "earlier",
}  # fmt: skip


def headline(sales: Sales, weeks: pd.DataFrame, orders: pd.DataFrame) -> Headline:
    """Figures of the period beside those of the times it is compared with.

    Parameters
    ----------
    weeks, orders
        As `smartreco.workspace.vendor.reading` reads them.
    """
    when = sales.periods

    def figure(name: str, table: pd.DataFrame, column: str) -> Figure:
        def summed(period: Period | None) -> float | None:
            return None if period is None else float(_of(table, period)[column].sum())

        course = tuple(_of(table, when.now)[column].tolist())
        return Figure(name, summed(when.now), summed(when.before), summed(when.last_year), course)

    def buyers(time: str) -> float | None:
        if time not in sales.times:
            return None
        return float(sales.pairs.loc[sales.pairs[f"quantity{time}"] > 0, RETAILER_ID].nunique())

    value, pieces = figure("value", weeks, "value"), figure("pieces", weeks, "quantity")
    was, then = buyers("_before"), buyers("_last_year")
    shops = Figure("shops", buyers(""), was, then, tuple(_of(orders, when.now)["shops"].tolist()))
    return Headline(
        when, value, pieces, figure("orders", orders, "orders"), shops, _price(value, pieces),
        tuple(day.item() for day in mondays(when.now)),
    )  # fmt: skip


def heat(sales: Sales) -> Compared:
    """Columns region, category; of all that is bought in the times."""
    return _compared(sales, added(sales.pairs, [REGION, "category"], sales.times))


def heat_of_products(sales: Sales, known: Known) -> Compared:
    """Columns region, product_id, name; the same for one who sells a single category."""
    found = added(sales.pairs, [REGION, PRODUCT_ID], sales.times)
    return _compared(sales, named(found, PRODUCT_ID, known.products, [NAME]))


def regions(sales: Sales) -> Compared:
    """Column region; by value, largest first."""
    found = added(sales.pairs, [REGION], sales.times)
    order = ["value", "value_before", REGION]
    return _compared(
        sales, found.sort_values(order, ascending=[False, False, True], ignore_index=True)
    )


def cities(sales: Sales) -> Compared:
    """Columns region, city, lat, lon: the middle of the buyers there, missing if unknown."""
    found = added(sales.pairs, [REGION, CITY], sales.times)
    where = places(sales.pairs, sales.shops)
    return _compared(sales, found.merge(where, on=[REGION, CITY], how="left"))


def shops(sales: Sales) -> Compared:
    """Columns retailer_id, name, city, region, segment, buying; by value, largest first."""
    found = added(sales.pairs, [RETAILER_ID], sales.times)
    found = named(found, RETAILER_ID, sales.shops, [NAME, CITY, REGION, SEGMENT])
    found = found.drop(columns=[f"shops{time}" for time in TIMES])
    has = found["quantity"].to_numpy() > 0
    had = found["quantity_before"].to_numpy() > 0
    state = [BUYING[pair] for pair in zip(has.tolist(), had.tolist(), strict=True)]
    found.insert(5, "buying", pd.Series(state, dtype="str"))
    if "_before" not in sales.times:
        found["buying"] = pd.Series([None] * len(found), dtype="str")
    order = ["value", "value_before", RETAILER_ID]
    found = found.sort_values(order, ascending=[False, False, True], ignore_index=True)
    return _compared(sales, found)


def products(sales: Sales, known: Known) -> Compared:
    """Columns product_id, name, category; by value, largest first."""
    found = added(sales.pairs, [PRODUCT_ID], sales.times)
    found = named(found, PRODUCT_ID, known.products, [NAME, "category"])
    found = found.sort_values(["value", PRODUCT_ID], ascending=[False, True], ignore_index=True)
    return _compared(sales, found)


def movers(sales: Sales, known: Known, level: str, time: str, most: int) -> Movers:
    """What grew and what fell since a time (an ending of `TIMES`)."""
    when = sales.periods
    base = when.before if time == "_before" else when.last_year
    if base is None:
        return Movers(when, level, None, (), (), {})
    pairs = sales.pairs[[RETAILER_ID, "quantity", "value", "product_key"]].assign(
        quantity_before=sales.pairs[f"quantity{time}"], value_before=sales.pairs[f"value{time}"],
        **{level: sales.pairs[level]},
    )  # fmt: skip
    launched, ended = _life(pairs, known, base, when.now)
    whole = moves(decompose(pairs, None, launched, ended))
    up, down = top(decompose(pairs, level, launched, ended), most)
    return Movers(
        when, level, whole[0] if whole else None, up, down, _labels(known, level, (*up, *down))
    )


def _life(
    pairs: pd.DataFrame, known: Known, base: Period, now: Period
) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """Of each row, whether its product was first sold after `base`, and is sold no more."""
    goods = known.products
    first = pd.to_datetime(goods["first_week"]) >= pd.Timestamp(base.until)
    gone = ~goods["active"].astype(bool) & (
        pd.to_datetime(goods["last_week"]) < pd.Timestamp(now.first)
    )
    at = pd.Index(goods["product_key"]).get_indexer(pd.Index(pairs["product_key"]))
    return pd.Series(first.to_numpy()[at]), pd.Series(gone.to_numpy()[at])


def _labels(known: Known, level: str, moved: Iterable[Move]) -> dict[str, str]:
    ids = [one.id for one in moved]
    if level != PRODUCT_ID:
        return {one: one for one in ids}
    names = known.products.set_index(PRODUCT_ID)[NAME]
    return {one: str(names[one]) for one in ids}


def _of(weeks: pd.DataFrame, period: Period) -> pd.DataFrame:
    inside = (weeks["week"] >= pd.Timestamp(period.first)) & (
        weeks["week"] < pd.Timestamp(period.until)
    )
    return weeks[inside]


def _price(value: Figure, pieces: Figure) -> Figure:
    def paid(amount: float | None, sold: float | None) -> float | None:
        return amount / sold if amount is not None and sold else None

    each = zip(value.weeks, pieces.weeks, strict=True)
    return Figure(
        "price", paid(value.now, pieces.now), paid(value.before, pieces.before),
        paid(value.last_year, pieces.last_year), tuple(paid(v, p) for v, p in each),
    )  # fmt: skip


def _compared(sales: Sales, rows: pd.DataFrame) -> Compared:
    """Put the changes of value beside the sums."""
    for ending, time in (("", "_before"), ("_last_year", "_last_year")):
        base = rows[f"value{time}"].to_numpy(dtype=float, na_value=np.nan)
        moved = rows["value"].to_numpy(dtype=float) - base
        share = np.divide(moved, base, out=np.full(len(rows), np.nan), where=base > 0)
        rows = rows.assign(**{f"change{ending}": moved, f"change_share{ending}": share})
    return Compared(sales.periods, rows)
