"""What can be ordered and by whom: products with price and stock, shops, vendors."""

from __future__ import annotations

from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.free_stock import STOCK
from smartreco.store.placing import PLACED_HERE

USUAL_DAYS: Final = 90
USUAL_SHOPS: Final = 3

# The price a shop sees: the list price; else, since shops may pay different prices, the median
# of those paid of late; else, where too few shops bought it then, what it last sold for (not
# what it was ordered for without a price). The lower one of two in the middle: a price that
# somebody paid. Stock is what no order placed here takes.
PRODUCTS = f"""
    WITH latest AS (
        SELECT product_key, arg_max(unit_price, ordered_on) AS last_price
        FROM order_lines WHERE batch_id <> {PLACED_HERE} OR unit_price > 0 GROUP BY product_key
    ), usual AS (
        SELECT l.product_key, quantile_disc(l.unit_price, 0.5) AS usual_price
        FROM order_lines l
        SEMI JOIN (SELECT product_key FROM products WHERE list_price IS NULL) USING (product_key)
        WHERE l.unit_price > 0
          AND l.ordered_on > (SELECT max(ordered_on) FROM order_lines) - {USUAL_DAYS}
        GROUP BY l.product_key HAVING count(DISTINCT l.retailer_key) >= {USUAL_SHOPS}
    )
    SELECT p.product_id, p.name, p.category, p.subcategory, v.vendor_id, v.name AS vendor,
           p.case_size, p.unit_cost, p.active,
           coalesce(p.list_price, usual.usual_price, latest.last_price) AS unit_price,
           stock.free AS on_hand
    FROM products p
    LEFT JOIN vendors v USING (vendor_key)
    LEFT JOIN latest USING (product_key)
    LEFT JOIN usual USING (product_key)
    LEFT JOIN (SELECT product_key, free FROM ({STOCK})) stock USING (product_key)
    ORDER BY product_key
"""

RETAILERS = """
    SELECT retailer_id, name, city, region, segment FROM retailers WHERE active
    ORDER BY retailer_key
"""

# Far from forty orders, and from the day on which it usually orders again, in intervals.
TYPICAL_RETAILER = """
    WITH shop AS (
        SELECT retailer_key, count(*) AS lines, count(DISTINCT order_key) AS orders,
               max(ordered_on) AS last, count(DISTINCT ordered_on) AS days,
               (max(ordered_on) - min(ordered_on)) / greatest(days - 1, 1) AS interval_days
        FROM order_lines GROUP BY retailer_key
    ), today AS (SELECT max(last) AS day FROM shop)
    SELECT retailer_id
    FROM shop JOIN retailers USING (retailer_key), today
    WHERE active
    ORDER BY abs(orders - 40) / 40 + abs((day - last + 1) / greatest(interval_days, 1) - 1),
             lines DESC, retailer_id
    LIMIT 1
"""

TYPICAL_VENDOR = """
    SELECT vendor_id FROM vendors JOIN (
        SELECT vendor_key, count(*) AS products FROM products GROUP BY vendor_key
    ) USING (vendor_key)
    ORDER BY products DESC, vendor_id LIMIT 1
"""


def products(cursor: Cursor) -> pd.DataFrame:
    """Every product as a card shows it.

    ``unit_price`` is the list price. Where none is known it is the median that shops paid
    in the `USUAL_DAYS` up to the last order of the data set; where fewer than `USUAL_SHOPS`
    bought the product then, the last price that any of them paid. ``on_hand`` is the vendor's
    stock, missing if unknown.
    """
    return cursor.execute(PRODUCTS).df()


def retailers(cursor: Cursor) -> pd.DataFrame:
    """Every active shop."""
    return cursor.execute(RETAILERS).df()


def typical_retailer(cursor: Cursor) -> str | None:
    """The shop that a demo signs in as: about forty orders behind it, and the next one due."""
    row = cursor.execute(TYPICAL_RETAILER).fetchone()
    return None if row is None else str(row[0])


def typical_vendor(cursor: Cursor) -> str | None:
    """The vendor that a demo signs in as: the one with the widest range."""
    row = cursor.execute(TYPICAL_VENDOR).fetchone()
    return None if row is None else str(row[0])


def retailer_exists(cursor: Cursor, retailer_id: str) -> bool:
    """Whether an active shop has this id."""
    found = cursor.execute(
        "SELECT 1 FROM retailers WHERE retailer_id = ? AND active", [retailer_id]
    ).fetchone()
    return found is not None


def vendor_exists(cursor: Cursor, vendor_id: str) -> bool:
    """Whether a vendor has this id."""
    found = cursor.execute("SELECT 1 FROM vendors WHERE vendor_id = ?", [vendor_id]).fetchone()
    return found is not None
