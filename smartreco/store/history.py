"""Order history as the recommender reads it: positions, days and pieces.

One SQL path from the store to arrays: DuckDB groups and sorts, so that memory
holds one row per retailer x product x day whatever the number of lines.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from smartreco.store.connection import Cursor

RETAILERS = """
    SELECT retailer_id, name, city, region, segment
    FROM retailers WHERE active ORDER BY retailer_key
"""

PRODUCTS = """
    SELECT product_id, p.name, category, subcategory, v.name AS vendor,
           list_price, case_size, active
    FROM products p LEFT JOIN vendors v USING (vendor_key)
    ORDER BY product_key
"""

PURCHASES = """
    WITH shop AS (
        SELECT retailer_key, row_number() OVER (ORDER BY retailer_key) - 1 AS retailer
        FROM retailers WHERE active
    ), item AS (
        SELECT product_key, row_number() OVER (ORDER BY product_key) - 1 AS product
        FROM products
    ), gone AS (
        SELECT order_key FROM orders WHERE status = 'cancelled'
    )
    SELECT retailer::INTEGER AS retailer,
           product::INTEGER AS product,
           (ordered_on - DATE '1970-01-01')::INTEGER AS day,
           sum(quantity)::FLOAT AS quantity
    FROM order_lines
    JOIN shop USING (retailer_key)
    JOIN item USING (product_key)
    WHERE order_key NOT IN (SELECT order_key FROM gone)
    GROUP BY ALL
    ORDER BY retailer, product, day
"""


def retailers(cursor: Cursor) -> pd.DataFrame:
    """Active retailers; row number = position."""
    return cursor.execute(RETAILERS).df()


def products(cursor: Cursor) -> pd.DataFrame:
    """All products; row number = position."""
    return cursor.execute(PRODUCTS).df()


def purchases(cursor: Cursor) -> pd.DataFrame:
    """One row per retailer x product x day, sorted; cancelled orders left out."""
    return cursor.execute(PURCHASES).df()


def as_of(cursor: Cursor) -> date | None:
    """The first day that is not known: the day after the last order."""
    (last,) = cursor.execute("SELECT max(ordered_on) FROM order_lines").fetchone() or (None,)
    return None if last is None else last + timedelta(days=1)
