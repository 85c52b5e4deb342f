"""What one shop holds, owes and has ordered: what an order for it starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor

_HELD: Final = """
    SELECT p.product_id, arg_max(s.on_hand, s."at") AS on_hand,
           arg_max(s.on_order, s."at") AS on_order, max(s."at") AS "at"
    FROM stock_levels s JOIN products p USING (product_key)
    JOIN retailers r ON r.retailer_key = s.holder_key
    WHERE s.holder_kind = 'retailer' AND r.retailer_id = $retailer
    GROUP BY p.product_id ORDER BY p.product_id
"""
_LINES: Final = """
    SELECT p.product_id, l.ordered_on, sum(l.quantity)::DOUBLE AS quantity
    FROM order_lines l JOIN products p USING (product_key)
    JOIN retailers r USING (retailer_key)
    ANTI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    WHERE r.retailer_id = $retailer
    GROUP BY ALL ORDER BY p.product_id, l.ordered_on
"""
_CREDIT: Final = """
    SELECT r.credit_limit, coalesce((
        SELECT sum(l.quantity * l.unit_price) FROM order_lines l
        JOIN orders o USING (order_key)
        WHERE o.retailer_key = r.retailer_key AND o.status IN ('placed', 'confirmed')
    ), 0)
    FROM retailers r WHERE r.retailer_id = $retailer
"""
_TERMS: Final = """
    SELECT vendor_id, lead_time_days, min_order_value FROM vendors ORDER BY vendor_id
"""


@dataclass(frozen=True, slots=True)
class Credit:
    """Currency: what a shop may owe (None: not known), and what orders on the way come to."""

    limit: float | None
    used: float

    @property
    def free(self) -> float | None:
        """What may still be ordered."""
        return None if self.limit is None else max(self.limit - self.used, 0.0)


def held(cursor: Cursor, retailer_id: str) -> pd.DataFrame:
    """A shop's latest known stock: columns product_id, on_hand, on_order, at."""
    return cursor.execute(_HELD, {"retailer": retailer_id}).df()


def lines(cursor: Cursor, retailer_id: str) -> pd.DataFrame:
    """What a shop ordered: columns product_id, ordered_on, quantity; a row a product and day."""
    return cursor.execute(_LINES, {"retailer": retailer_id}).df()


def credit(cursor: Cursor, retailer_id: str) -> Credit:
    """A shop's credit; nothing known of a shop that is not there."""
    row = cursor.execute(_CREDIT, {"retailer": retailer_id}).fetchone()
    return Credit(None, 0.0) if row is None else Credit(row[0], float(row[1]))


def terms(cursor: Cursor) -> pd.DataFrame:
    """What vendors ask: columns vendor_id, lead_time_days, min_order_value; missing: unknown."""
    return cursor.execute(_TERMS).df()


def known_until(cursor: Cursor) -> date | None:
    """The last day with an order."""
    row = cursor.execute("SELECT max(ordered_on) FROM order_lines").fetchone()
    return None if row is None else row[0]


def vendor_of(cursor: Cursor, product_ids: list[str]) -> list[str | None]:
    """Vendor of each product, in the order asked for."""
    rows = cursor.execute(
        "SELECT v.vendor_id FROM unnest($ids) WITH ORDINALITY asked(product_id, place) "
        "LEFT JOIN products p USING (product_id) LEFT JOIN vendors v USING (vendor_key) "
        "ORDER BY place",
        {"ids": product_ids},
    ).fetchall()
    return [vendor_id for (vendor_id,) in rows]
