"""Finding products as people type: words in any order, beginnings, a slip of the finger.

`search_reading` tells what a text means; here it meets filters, an order and a page of hits,
and the answer says how the text was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from smartreco.store.connection import Cursor
from smartreco.store.search_reading import Match, Reading, read
from smartreco.store.search_words import INDEX, WORDS, SearchIndex

LIKED: Final = "search_liked"
EPOCH: Final = date(1970, 1, 1)


class Sort(StrEnum):
    """What stands first."""

    RELEVANCE = "relevance"  # the closest match, then what similar shops order
    POPULAR = "popular"  # what similar shops order, then what most shops do
    PRICE_UP = "price-up"
    PRICE_DOWN = "price-down"
    NAME = "name"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for. Empty means everything; prices are for one piece.

    ``mine``: True what the shop has ordered, False what it never did, None both.
    """

    text: str = ""
    categories: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    price_low: float | None = None
    price_high: float | None = None
    in_stock: bool = False
    mine: bool | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 24
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One product: its row in the catalogue, and the shop's orders of it."""

    at: int
    orders: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found.

    ``total`` : with all filters; ``unfiltered`` : by the text alone. A facet counts what
    its choice would leave under the other filters. ``read_as`` : the words searched with.
    """

    hits: tuple[Hit, ...]
    total: int
    unfiltered: int
    categories: Mapping[str, int]
    vendors: Mapping[str, int]
    match: Match
    read_as: str


_FOUND: Final = f"""
    WITH own AS (
        SELECT product_key, count(DISTINCT order_key) AS orders, max(ordered_on) AS last_on
        FROM order_lines
        WHERE retailer_key = (SELECT retailer_key FROM retailers WHERE retailer_id = $retailer)
          AND order_key NOT IN (SELECT order_key FROM orders WHERE status = 'cancelled')
        GROUP BY product_key
    ), found AS (
        SELECT i.slot, i.name, i.category_at, i.vendor_at, i.unit_price, i.since, i.shops,
               l.liked, coalesce(own.orders, 0) AS orders, own.last_on, {{place}} AS place,
               {{category}} AS in_category, {{vendor}} AS in_vendor
        FROM {INDEX} i LEFT JOIN own USING (product_key) LEFT JOIN {LIKED} l USING (slot)
        WHERE {{text}} AND {{rest}}
    )
"""
_ORDERED: Final = """
    SELECT slot, orders, coalesce(last_on - DATE '1970-01-01', -1) AS last_day,
           category_at, vendor_at, in_category, in_vendor
    FROM found ORDER BY {order}, slot
"""
_ORDER: Final[Mapping[Sort, str]] = {
    Sort.RELEVANCE: "place, liked DESC NULLS LAST, shops DESC, name",
    Sort.POPULAR: "liked DESC NULLS LAST, shops DESC, name",
    Sort.PRICE_UP: "unit_price NULLS LAST, place, name",
    Sort.PRICE_DOWN: "unit_price DESC NULLS LAST, place, name",
    Sort.NAME: "lower(name), place",
    Sort.NEWEST: "since DESC NULLS LAST, place, liked DESC NULLS LAST",
}


def search(
    cursor: Cursor, index: SearchIndex, wanted: Wanted, retailer_id: str,
    liked: npt.NDArray[np.floating],
) -> Hits:  # fmt: skip
    """One page of what a shop looks for.

    Parameters
    ----------
    liked
        How much shops like this one order each product of the catalogue: decides among
        products that match alike.
    """
    rows = pa.table({"slot": np.arange(len(liked)), "liked": liked})
    cursor.register(INDEX, index.products).register(WORDS, index.words).register(LIKED, rows)
    try:
        reading, unfiltered = read(cursor, wanted.text)
        return _answer(cursor, index, wanted, retailer_id, reading, unfiltered)
    finally:
        for name in (INDEX, WORDS, LIKED):
            cursor.unregister(name)


def _answer(
    cursor: Cursor, index: SearchIndex, wanted: Wanted, retailer_id: str, reading: Reading,
    unfiltered: int,
) -> Hits:  # fmt: skip
    rest, values = _rest(wanted)
    values |= {"retailer": retailer_id, **reading.values}
    category, vendor = "true", "true"
    if wanted.categories:
        category, values["categories"] = "i.category IN (SELECT unnest($categories))", list(
            wanted.categories
        )  # fmt: skip
    if wanted.vendors:
        vendor = "coalesce(i.vendor IN (SELECT unnest($vendors)), false)"
        values["vendors"] = list(wanted.vendors)
    found = _FOUND.format(
        place=reading.place, category=category, vendor=vendor, text=reading.text, rest=rest
    )
    made = cursor.execute(found + _ORDERED.format(order=_ORDER[wanted.sort]), values).fetchnumpy()
    rows = {name: np.asarray(column) for name, column in made.items()}
    kept = np.flatnonzero(rows["in_category"] & rows["in_vendor"])
    shown = kept[wanted.offset : wanted.offset + wanted.limit]
    columns = (rows[name][shown].tolist() for name in ("slot", "orders", "last_day"))
    return Hits(
        tuple(_hit(*one) for one in zip(*columns, strict=True)), len(kept), unfiltered,
        _counted(rows["category_at"][rows["in_vendor"]], index.categories),
        _counted(rows["vendor_at"][rows["in_category"]], index.vendors),
        reading.match, reading.read_as,
    )  # fmt: skip


def _hit(slot: int, orders: int, last_day: int) -> Hit:
    return Hit(slot, orders, EPOCH + timedelta(days=last_day) if last_day >= 0 else None)


def _counted(codes: npt.NDArray[np.integer], names: Sequence[str]) -> dict[str, int]:
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    return {name: int(n) for name, n in zip(names, counts, strict=True) if n}


def _rest(wanted: Wanted) -> tuple[str, dict[str, object]]:
    """The filters that no facet counts."""
    tests, values = ["true"], dict[str, object]()
    if wanted.price_low is not None:
        tests.append("i.unit_price >= $price_low")
        values["price_low"] = wanted.price_low
    if wanted.price_high is not None:
        tests.append("i.unit_price <= $price_high")
        values["price_high"] = wanted.price_high
    if wanted.in_stock:
        tests.append("i.in_stock")
    if wanted.mine is not None:
        tests.append(f"own.orders IS {'NOT ' if wanted.mine else ''}NULL")
    return " AND ".join(tests), values
