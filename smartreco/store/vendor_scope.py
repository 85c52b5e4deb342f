"""One vendor's part of the sales: his products, and the shops that are looked at.

Every query of his dashboards begins with the same few tables: ``own`` (his products that
the filter keeps), ``shops``, and ``sold``, the weekly aggregate of both without what was
cancelled, as `smartreco.store.series` counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.registered import registered

Span = tuple[date, date]  # two Mondays, the second out

UNKNOWN: Final = "unknown"  # stands for the region, city or segment of shops that have none


@dataclass(frozen=True, slots=True)
class Scope:
    """A vendor's products and the shops to count; empty means all.

    ``price_low`` and ``price_high`` : of a product's price, list price or else the average
    paid, both in.
    """

    vendor_id: str
    regions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    price_low: float | None = None
    price_high: float | None = None

    def everywhere(self) -> Scope:
        """The same products at all shops."""
        return replace(self, regions=(), cities=(), segments=())


_OWN: Final = """
    own AS (
        SELECT p.product_key, p.product_id, p.name, p.category, p.active{price}
        FROM products p JOIN vendors v USING (vendor_key)
        WHERE v.vendor_id = $vendor{only}
    )
"""
_PRICE: Final = """,
            coalesce(p.list_price, (
                SELECT sum(w.value) / sum(w.quantity) FROM weekly_sales w
                WHERE w.product_key = p.product_key
            )) AS price"""
_SHOPS: Final = """
    shops AS (
        SELECT retailer_key, retailer_id, name, coalesce(region, '{unknown}') AS region,
               coalesce(city, '{unknown}') AS city, coalesce(segment, '{unknown}') AS segment,
               lat, lon
        FROM retailers{only}
    )
"""
_GONE: Final = """
    SELECT date_trunc('week', ordered_on)::DATE AS week, retailer_key, product_key,
           sum(quantity)::DOUBLE AS quantity, sum(quantity * unit_price) AS value
    FROM order_lines JOIN own USING (product_key)
    SEMI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    GROUP BY ALL ORDER BY ALL
"""
# joins, not semi joins: both have each key once, and such a join looks rows up by their place
_SOLD: Final = """
    sold AS (
        SELECT week, retailer_key, product_key, quantity::DOUBLE AS quantity, value
        FROM weekly_sales JOIN own USING (product_key){shops}
        WHERE week >= $first AND week < $until
        UNION ALL
        SELECT week, retailer_key, product_key, -quantity, -value
        FROM gone JOIN own USING (product_key){shops}
        WHERE week >= $first AND week < $until
    )
"""


def own(scope: Scope) -> str:
    """SQL of ``own``: columns product_key, product_id, name, category, active[, price]."""
    priced = scope.price_low is not None or scope.price_high is not None
    only = "".join(
        f"\n          AND {column} IN (SELECT unnest(${name}))"
        for name, column in (("categories", "p.category"), ("products", "p.product_id"))
        if getattr(scope, name)
    )
    low = "\n          AND price >= $price_low" if scope.price_low is not None else ""
    high = "\n          AND price <= $price_high" if scope.price_high is not None else ""
    return _OWN.format(price=_PRICE if priced else "", only=only + low + high)


def shops(scope: Scope) -> str:
    """SQL of ``shops``: columns retailer_key, retailer_id, name, region, city, segment, lat, lon.

    All shops: which of them buy from the vendor is for ``sold`` to say.
    """
    parts = [
        f"coalesce({column}, '{UNKNOWN}') IN (SELECT unnest(${name}))"
        for name, column in (("regions", "region"), ("cities", "city"), ("segments", "segment"))
        if getattr(scope, name)
    ]
    only = "\n        WHERE " + " AND ".join(parts) if parts else ""
    return _SHOPS.format(unknown=UNKNOWN, only=only)


def sold(scope: Scope) -> str:
    """SQL of ``own``, ``shops`` and ``sold`` (week, retailer_key, product_key, quantity, value)."""
    some = scope.regions or scope.cities or scope.segments
    lines = _SOLD.format(shops=" JOIN shops USING (retailer_key)" if some else "")
    return f"WITH {own(scope)}, {shops(scope)}, {lines}"


def named(scope: Scope) -> dict[str, Any]:
    """Values of the scope's places in `sold` (of `own` and `shops` those that they use)."""
    found: dict[str, Any] = {"vendor": scope.vendor_id}
    for name in ("regions", "cities", "categories", "products", "segments"):
        if getattr(scope, name):
            found[name] = list(getattr(scope, name))
    for name in ("price_low", "price_high"):
        if getattr(scope, name) is not None:
            found[name] = getattr(scope, name)
    return found


def cancelled(cursor: Cursor, vendor_id: str) -> pd.DataFrame:
    """What was cancelled of a vendor's products at any time.

    To be read once a state of the data: looking for it among all lines takes as long as
    adding up what was sold. Columns week, retailer_key, product_key, quantity, value.
    """
    scope = Scope(vendor_id)
    return cursor.execute(f"WITH {own(scope)}" + _GONE, named(scope)).df()


def read_sold(
    cursor: Cursor, gone: pd.DataFrame, scope: Scope, select: str, span: Span, **more: object
) -> pd.DataFrame:
    """Run a query over `sold`.

    Parameters
    ----------
    gone
        What `cancelled` found.
    """
    values = {**named(scope), "first": span[0], "until": span[1], **more}
    with registered(cursor, gone=gone):
        return cursor.execute(sold(scope) + select, values).df()


def exists(cursor: Cursor, vendor_id: str) -> bool:
    """Whether the data know a vendor."""
    asked = "SELECT 1 FROM vendors WHERE vendor_id = ?"
    return cursor.execute(asked, [vendor_id]).fetchone() is not None
