"""The product x retailer x week aggregate that dashboards read, kept by the import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from smartreco.store.connection import Cursor
from smartreco.store.registered import count

REBUILD_SHARE: Final = 0.3  # of all pairs; above it one pass over all lines is quicker

_AGGREGATE: Final = """
    INSERT INTO weekly_sales
    SELECT date_trunc('week', ordered_on)::DATE AS week, retailer_key, product_key,
           sum(quantity), sum(quantity * unit_price), count(*)
    FROM order_lines {only}
    GROUP BY week, retailer_key, product_key
    ORDER BY week, retailer_key, product_key
"""


def rebuild(cursor: Cursor) -> None:
    """Add up all lines anew."""
    cursor.execute("DELETE FROM weekly_sales")
    cursor.execute(_AGGREGATE.format(only=""))


def update(cursor: Cursor, touched: str) -> None:
    """Add up anew the pairs of shop and product that changed.

    Parameters
    ----------
    touched
        The table that holds them: retailer_key, product_key.
    """
    pairs = count(
        cursor, "SELECT count(*) FROM (SELECT DISTINCT retailer_key, product_key FROM weekly_sales)"
    )
    changed = count(cursor, f"SELECT count(*) FROM {touched}")
    if changed > REBUILD_SHARE * pairs:
        rebuild(cursor)
        return
    cursor.execute(
        f"DELETE FROM weekly_sales USING {touched} t WHERE weekly_sales.retailer_key = "
        "t.retailer_key AND weekly_sales.product_key = t.product_key"
    )
    cursor.execute(_AGGREGATE.format(only=f"SEMI JOIN {touched} USING (retailer_key, product_key)"))


def renew(cursor: Cursor, retailer_key: int, product_keys: Sequence[int], day: date) -> None:
    """Add up anew what one shop ordered of some products in the week of a day."""
    monday = day - timedelta(days=day.weekday())
    asked = {"shop": retailer_key, "products": list(product_keys), "week": monday}
    cursor.execute(
        "DELETE FROM weekly_sales WHERE week = $week AND retailer_key = $shop "
        "AND product_key IN (SELECT unnest($products))",
        asked,
    )
    only = (
        "WHERE ordered_on BETWEEN $week AND $week + 6 AND retailer_key = $shop "
        "AND product_key IN (SELECT unnest($products))"
    )
    cursor.execute(_AGGREGATE.format(only=only), asked)
