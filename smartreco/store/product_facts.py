"""One product as one shop knows it: price, terms, own orders; and how much all shops order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.order_parts import PART, STATUS

_FACTS: Final = """
    SELECT p.list_price, p.launched_on, v.lead_time_days, v.min_order_value,
           (SELECT max("at") FROM stock_levels s
            WHERE s.holder_kind = 'vendor' AND s.product_key = p.product_key)
    FROM products p LEFT JOIN vendors v USING (vendor_key) WHERE product_id = ?
"""
_PROMOTION: Final = """
    SELECT depth, starts_on, ends_on FROM promotions
    WHERE product_key = (SELECT product_key FROM products WHERE product_id = $product)
      AND $today BETWEEN starts_on AND ends_on AND depth > 0
    ORDER BY depth DESC, ends_on DESC LIMIT 1
"""
_OWN: Final = f"""
    SELECT o.order_id, l.ordered_on, sum(l.quantity)::BIGINT,
           sum(l.quantity * l.unit_price) / sum(l.quantity), {STATUS} AS status
    FROM order_lines l JOIN orders o USING (order_key) JOIN products p USING (product_key) {PART}
    WHERE l.product_key = (SELECT product_key FROM products WHERE product_id = $product)
      AND l.retailer_key = (SELECT retailer_key FROM retailers WHERE retailer_id = $retailer)
      AND o.status <> 'cancelled'
    GROUP BY ALL ORDER BY l.ordered_on DESC, o.order_id DESC
"""
_WEEKS: Final = """
    WITH product AS (SELECT product_key FROM products WHERE product_id = $product),
    sold AS (
        SELECT week, retailer_key, quantity FROM weekly_sales
        WHERE product_key = (FROM product) AND week >= $first
        UNION ALL
        SELECT date_trunc('week', ordered_on)::DATE, retailer_key, -quantity
        FROM order_lines SEMI JOIN (
            SELECT order_key FROM orders WHERE status = 'cancelled'
        ) USING (order_key)
        WHERE product_key = (FROM product) AND ordered_on >= $first
    ),
    by_shop AS (
        SELECT week, retailer_key, sum(quantity) AS quantity FROM sold GROUP BY ALL
        HAVING sum(quantity) > 0
    )
    SELECT week, sum(quantity)::DOUBLE AS quantity,
           count(*) FILTER (retailer_key IS DISTINCT FROM (
               SELECT retailer_key FROM retailers WHERE retailer_id = $retailer
           )) AS others
    FROM by_shop GROUP BY week ORDER BY week
"""
_OTHERS: Final = """
    SELECT count(DISTINCT retailer_key) FROM weekly_sales
    WHERE product_key = (SELECT product_key FROM products WHERE product_id = $product)
      AND week >= $first
      AND retailer_key <> (SELECT retailer_key FROM retailers WHERE retailer_id = $retailer)
"""


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What is not on a card; None where the data do not say. ``stock_on`` : its vendor's count."""

    list_price: float | None
    launched_on: date | None
    lead_time_days: int | None
    min_order_value: float | None
    stock_on: date | None


@dataclass(frozen=True, slots=True)
class Promotion:
    """``depth`` : share off the list price, 0..1."""

    depth: float
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """A shop's order of one product: pieces, and the price of one."""

    order_id: str
    ordered_on: date
    quantity: int
    unit_price: float
    status: str


def facts(cursor: Cursor, product_id: str) -> ProductFacts:
    """Price and terms; nothing known of a product that is not there."""
    row = cursor.execute(_FACTS, [product_id]).fetchone()
    return ProductFacts(None, None, None, None, None) if row is None else ProductFacts(*row)


def promotion(cursor: Cursor, product_id: str, today: date) -> Promotion | None:
    """The deepest promotion that runs on a day."""
    row = cursor.execute(_PROMOTION, {"product": product_id, "today": today}).fetchone()
    return None if row is None else Promotion(*row)


def own_orders(cursor: Cursor, retailer_id: str, product_id: str) -> list[OwnOrder]:
    """A shop's orders of a product, newest first; cancelled ones left out."""
    rows = cursor.execute(_OWN, {"retailer": retailer_id, "product": product_id}).fetchall()
    return [OwnOrder(*row) for row in rows]


def all_shops(cursor: Cursor, retailer_id: str, product_id: str, first: date) -> pd.DataFrame:
    """Pieces that all shops together ordered, cancelled ones left out; gaps are zeros.

    Columns week (a Monday), quantity, others (shops that ordered it that week, but for one).
    """
    asked = {"product": product_id, "retailer": retailer_id, "first": first}
    return cursor.execute(_WEEKS, asked).df()


def other_shops(cursor: Cursor, retailer_id: str, product_id: str, first: date) -> int:
    """How many shops but one ordered a product since a Monday."""
    asked = {"product": product_id, "retailer": retailer_id, "first": first}
    row = cursor.execute(_OTHERS, asked).fetchone()
    return 0 if row is None else int(row[0])
