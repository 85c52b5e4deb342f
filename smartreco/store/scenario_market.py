"""What a what-if reads of today beside forecasts and prices: who buys what, stock, places."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.free_stock import STOCK

_PRODUCTS: Final = """
    SELECT p.product_id, p.name, p.category, p.subcategory, v.vendor_id, v.name AS vendor,
           p.unit_cost, p.list_price, p.case_size, p.active
    FROM products p LEFT JOIN vendors v USING (vendor_key) ORDER BY p.product_id
"""
_RETAILERS: Final = """
    SELECT retailer_id, name, region, segment FROM retailers WHERE active ORDER BY retailer_id
"""
_RECENT: Final = """
    WITH added AS (
        SELECT product_key, retailer_key, sum(quantity)::DOUBLE AS units,
               sum(quantity * unit_price) AS value, count(*)::DOUBLE AS lines,
               sum(quantity::DOUBLE * quantity) AS squares
        FROM order_lines
        ANTI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
        WHERE ordered_on >= $first AND ordered_on < $until
        GROUP BY ALL
    )
    SELECT product_id, retailer_id, units, value, lines, squares
    FROM added JOIN products USING (product_key) JOIN retailers USING (retailer_key)
    ORDER BY product_id, retailer_id
"""
_FIRST_ORDERS: Final = """
    SELECT retailer_id, ((first_week - $first) // 7)::BIGINT AS week
    FROM (SELECT retailer_key, min(week) AS first_week FROM weekly_sales
          WHERE week < $until GROUP BY retailer_key)
    JOIN retailers USING (retailer_key) ORDER BY retailer_id
"""
_STOCK: Final = f"""
    SELECT s.product_id, s.free AS on_hand, s.on_order,
           nullif(v.lead_time_days, 0) / 7.0 AS lead_weeks
    FROM ({STOCK}) s JOIN products p USING (product_key) LEFT JOIN vendors v
      ON v.vendor_key = p.vendor_key
    ORDER BY s.product_id
"""


def products(cursor: Cursor) -> pd.DataFrame:
    """Columns product_id, name, category, subcategory, vendor_id, vendor (its name), unit_cost,
    list_price (currency), case_size, active; all but id, name, category may be missing.
    """
    return cursor.execute(_PRODUCTS).df()


def retailers(cursor: Cursor) -> pd.DataFrame:
    """Active shops: columns retailer_id, name, region, segment; the last two may be missing."""
    return cursor.execute(_RETAILERS).df()


def recent(cursor: Cursor, first: date, until: date) -> pd.DataFrame:
    """What each shop ordered of each product from a day to before another.

    Columns product_id, retailer_id, units (pieces), value (currency), lines, squares (sum of
    squared pieces of lines).
    """
    return cursor.execute(_RECENT, {"first": first, "until": until}).df()


def first_orders(cursor: Cursor, first: date, until: date) -> pd.Series[int]:
    """Week of each shop's first order before `until`, from the Monday `first`; by retailer_id."""
    frame = cursor.execute(_FIRST_ORDERS, {"first": first, "until": until}).df()
    weeks: pd.Series[int] = frame.set_index("retailer_id")["week"]
    return weeks


def stock(cursor: Cursor) -> pd.DataFrame:
    """What vendors can send: columns product_id, on_hand (that no order takes), on_order (pieces),
    lead_weeks (missing: not known); products without a count are left out.
    """
    return cursor.execute(_STOCK).df()
