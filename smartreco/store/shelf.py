"""What one shop holds, owes and has ordered: what an order for it starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.order_parts import DELIVERED_ON, PART, STATUS
from smartreco.store.placing import PLACED_HERE

_HELD: Final = """
    WITH known AS (
        SELECT p.product_id, least(s."at", $today) AS counted_on, s.on_hand AS pieces, s.on_order,
               s."at" AS recorded_on, NULL::TIMESTAMP AS entered_at
        FROM stock_levels s JOIN products p USING (product_key)
        JOIN retailers r ON r.retailer_key = s.holder_key
        WHERE s.holder_kind = 'retailer' AND r.retailer_id = $retailer
        UNION ALL
        SELECT product_id, least(counted_on, $today), pieces, 0, counted_on, entered_at
        FROM shelf_counts SEMI JOIN products USING (product_id) WHERE retailer_id = $retailer
    )
    SELECT product_id, pieces, on_order, counted_on, entered_at FROM known
    QUALIFY row_number() OVER (
        PARTITION BY product_id
        ORDER BY counted_on DESC, entered_at IS NOT NULL DESC, recorded_on DESC
    ) = 1 ORDER BY product_id
"""  # stock may be of a day after the last order, and so after the data's own day, as a
# count may be that was entered while that day was a later one
_COMING: Final = f"""
    SELECT p.product_id, l.ordered_on, {DELIVERED_ON} AS delivered_on,
           {STATUS} = 'delivered' AS delivered,
           CASE WHEN part.status = 'delivered' THEN part.settled_at END AS settled_at,
           sum(l.quantity)::DOUBLE AS quantity
    FROM order_lines l JOIN orders o USING (order_key) JOIN products p USING (product_key)
    JOIN retailers r ON r.retailer_key = l.retailer_key {PART}
    WHERE r.retailer_id = $retailer AND o.status <> 'cancelled' AND l.ordered_on >= $since
    GROUP BY ALL ORDER BY ALL
"""
_STATE: Final = """
    SELECT count(*), count(*) FILTER (o.status = 'cancelled'),
           count(*) FILTER (o.status = 'delivered'), max(o.ordered_at), max(o.delivered_on),
           (SELECT bit_xor(hash(t.order_key, t.vendor_key, t.status, t.delivered_on))
            FROM order_parts t JOIN orders USING (order_key) JOIN retailers m USING (retailer_key)
            WHERE m.retailer_id = $retailer)
    FROM orders o JOIN retailers r USING (retailer_key) WHERE r.retailer_id = $retailer
"""
_SAMPLE: Final = """
    WITH pairs AS (
        SELECT retailer_key, product_key FROM order_lines GROUP BY retailer_key, product_key
        HAVING count(*) >= $fewest
        ORDER BY hash(retailer_key, product_key) LIMIT $most
    )
    SELECT l.retailer_key || '/' || l.product_key AS product_id, l.ordered_on,
           sum(l.quantity)::DOUBLE AS quantity
    FROM order_lines l SEMI JOIN pairs USING (retailer_key, product_key)
    ANTI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    GROUP BY ALL ORDER BY product_id, l.ordered_on
"""
_LINES: Final = """
    SELECT p.product_id, l.ordered_on, sum(l.quantity)::DOUBLE AS quantity
    FROM order_lines l JOIN products p USING (product_key)
    JOIN retailers r USING (retailer_key)
    ANTI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    WHERE r.retailer_id = $retailer
    GROUP BY ALL ORDER BY p.product_id, l.ordered_on
"""
_DATED: Final = """
    WITH placed AS (
        SELECT max(o.ordered_at)::DATE AS day,
               coalesce(bool_or(p.placed_at::DATE = o.ordered_at::DATE), false) AS lived
        FROM placements p JOIN orders o USING (order_key)
    )
    SELECT (SELECT max(ordered_on) FROM order_lines WHERE batch_id <> $here),
           greatest(day, (SELECT max(counted_on) FROM shelf_counts)), lived
    FROM placed
"""
_CREDIT: Final = f"""
    SELECT r.credit_limit, coalesce((
        SELECT sum(l.quantity * l.unit_price) FROM order_lines l
        JOIN orders o USING (order_key) JOIN products p USING (product_key) {PART}
        WHERE l.retailer_key = r.retailer_key AND o.status IN ('placed', 'confirmed')
          AND {STATUS} <> 'delivered'
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


def held(cursor: Cursor, retailer_id: str, today: date) -> pd.DataFrame:
    """A shop's latest count of each product, its own word before the data's.

    Columns product_id, pieces, on_order (what the data say was on the way then), counted_on,
    entered_at (UTC; missing of a count that came with the data).
    """
    return cursor.execute(_HELD, {"retailer": retailer_id, "today": today}).df()


def coming(cursor: Cursor, retailer_id: str, since: date) -> pd.DataFrame:
    """Orders from a day on that were not cancelled.

    Columns product_id, ordered_on, delivered_on (missing where it is not known), delivered,
    settled_at (UTC, when a delivery was said here; missing otherwise), quantity; a row a
    product, day and state.
    """
    return cursor.execute(_COMING, {"retailer": retailer_id, "since": since}).df()


def state(cursor: Cursor, retailer_id: str) -> tuple[object, ...]:
    """Differs whenever a shop's orders have changed."""
    return tuple(cursor.execute(_STATE, {"retailer": retailer_id}).fetchone() or ())


def sample(cursor: Cursor, most: int, fewest: int) -> pd.DataFrame:
    """Orders of some pairs of shop and product, always the same ones of the same data.

    Columns as `lines`; product_id names the pair. Pairs have `fewest` lines or more.
    """
    return cursor.execute(_SAMPLE, {"most": most, "fewest": fewest}).df()


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


def minimums(cursor: Cursor) -> dict[str, float]:
    """Least order value of each vendor that asks for one, in the data set's currency."""
    rows = cursor.execute(
        "SELECT vendor_id, min_order_value FROM vendors WHERE min_order_value > 0 ORDER BY ALL"
    ).fetchall()
    return {str(vendor): float(least) for vendor, least in rows}


def known_until(cursor: Cursor) -> date | None:
    """The last day with an order."""
    row = cursor.execute("SELECT max(ordered_on) FROM order_lines").fetchone()
    return None if row is None else row[0]


@dataclass(frozen=True, slots=True)
class Dated:
    """The last days of a data set, each None where there is none.

    ``imported`` : of an order that an import brought; ``acted`` : of an order placed or a
    shelf counted here; ``lived`` : whether an order was ever placed here on its real day.
    """

    imported: date | None
    acted: date | None
    lived: bool


def dated(cursor: Cursor) -> Dated:
    """What a data set's clock goes by; orders count that were cancelled later."""
    row = cursor.execute(_DATED, {"here": PLACED_HERE}).fetchone()
    return Dated(None, None, lived=False) if row is None else Dated(row[0], row[1], bool(row[2]))


def vendor_of(cursor: Cursor, product_ids: list[str]) -> list[str | None]:
    """Vendor of each product, in the order asked for."""
    rows = cursor.execute(
        "SELECT v.vendor_id FROM unnest($ids) WITH ORDINALITY asked(product_id, place) "
        "LEFT JOIN products p USING (product_id) LEFT JOIN vendors v USING (vendor_key) "
        "ORDER BY place",
        {"ids": product_ids},
    ).fetchall()
    return [vendor_id for (vendor_id,) in rows]
