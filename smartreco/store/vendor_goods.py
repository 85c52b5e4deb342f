"""What is known of a vendor's products and buyers as a whole: what his filter can choose.

Also his stock: what there is, and the weeks in which there was none.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope, named, own, shops

_PRODUCTS: Final = """
    SELECT p.product_key, p.product_id, p.name, p.category, p.active, p.list_price,
           p.case_size, w.first_week, w.last_week, coalesce(w.shops, 0) AS shops,
           coalesce(p.list_price, w.value / w.quantity) AS price
    FROM products p JOIN vendors v USING (vendor_key)
    LEFT JOIN (
        SELECT product_key, min(week) AS first_week, max(week) AS last_week,
               count(DISTINCT retailer_key) AS shops, sum(value) AS value,
               sum(quantity) AS quantity
        FROM weekly_sales SEMI JOIN own USING (product_key) GROUP BY product_key
    ) w USING (product_key)
    WHERE v.vendor_id = $vendor ORDER BY p.product_id
"""
_BUYERS: Final = """
    SELECT retailer_id, region, city, segment
    FROM shops SEMI JOIN (
        SELECT DISTINCT retailer_key FROM weekly_sales SEMI JOIN own USING (product_key)
    ) USING (retailer_key) ORDER BY retailer_id
"""
_STOCK: Final = """
    SELECT own.product_id, arg_max(s.on_hand, s."at") AS on_hand,
           arg_max(s.on_order, s."at") AS on_order, max(s."at") AS counted_on,
           count(DISTINCT s."at") AS counts
    FROM stock_levels s JOIN own USING (product_key)
    WHERE s.holder_kind = 'vendor' AND s."at" < $until
    GROUP BY own.product_id ORDER BY own.product_id
"""
_STOCK_OUTS: Final = """
    SELECT own.product_id, date_trunc('week', s."at")::DATE AS week,
           count(*) FILTER (s.on_hand <= 0) > 0 AS out
    FROM stock_levels s JOIN own USING (product_key)
    WHERE s.holder_kind = 'vendor' AND s."at" >= $first AND s."at" < $until
    GROUP BY ALL ORDER BY ALL
"""


def products(cursor: Cursor, vendor_id: str) -> pd.DataFrame:
    """All products of a vendor, sold or not.

    Columns product_key, product_id, name, category, active, list_price, case_size,
    first_week, last_week (missing where nothing was ever sold), shops (that ever bought),
    price (list price, else the average paid; missing where neither is known).
    """
    scope = Scope(vendor_id)
    return cursor.execute(f"WITH {own(scope)}" + _PRODUCTS, named(scope)).df()


def buyers(cursor: Cursor, vendor_id: str) -> pd.DataFrame:
    """Shops that ever bought from a vendor: columns retailer_id, region, city, segment."""
    scope = Scope(vendor_id)
    return cursor.execute(f"WITH {own(scope)}, {shops(scope)}" + _BUYERS, named(scope)).df()


def stock(cursor: Cursor, scope: Scope, until: date) -> pd.DataFrame:
    """The vendor's last counts before a day.

    Columns product_id, on_hand, on_order (pieces), counted_on, counts (days with a count).
    """
    return cursor.execute(f"WITH {own(scope)}" + _STOCK, {**_own(scope), "until": until}).df()


def stock_weeks(cursor: Cursor, scope: Scope, first: date, until: date) -> pd.DataFrame:
    """Weeks with a count of the vendor's stock: columns product_id, week, out (none was left)."""
    values = {**_own(scope), "first": first, "until": until}
    return cursor.execute(f"WITH {own(scope)}" + _STOCK_OUTS, values).df()


def _own(scope: Scope) -> dict[str, object]:
    return named(scope.everywhere())
