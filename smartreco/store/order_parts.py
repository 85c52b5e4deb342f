"""Parts of orders that were placed here, one a vendor; what an order is follows from them.

An order is cancelled when all its parts are; else delivered when all that are left are;
else confirmed when each of these is at least confirmed; else placed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from smartreco.store.connection import Cursor

NO_VENDOR: Final = 0  # vendor_key of products without one
OPEN: Final = frozenset({"placed", "confirmed"})  # what can still be called off

#: Joins the part of a line to ``orders o`` and ``products p``: columns of ``part``, NULL for
#: orders that came with the data.
PART: Final = """
    LEFT JOIN order_parts part
      ON part.order_key = o.order_key AND part.vendor_key = coalesce(p.vendor_key, 0)
"""
STATUS: Final = "coalesce(part.status, o.status)"
DELIVERED_ON: Final = "CASE WHEN part.status IS NULL THEN o.delivered_on ELSE part.delivered_on END"

_PARTS: Final = """
    SELECT t.vendor_key, v.vendor_id, v.name, t.status, t.delivered_on, coalesce(t.reason, '')
    FROM order_parts t LEFT JOIN vendors v USING (vendor_key)
    WHERE t.order_key = ? ORDER BY t.vendor_key
"""
_FOLLOW: Final = """
    UPDATE orders SET status = f.status,
        delivered_on = CASE WHEN f.status = 'delivered' THEN f.delivered_on END
    FROM (
        SELECT order_key, max(delivered_on) AS delivered_on,
               CASE WHEN count(*) FILTER (status <> 'cancelled') = 0 THEN 'cancelled'
                    WHEN count(*) FILTER (status IN ('placed', 'confirmed')) = 0 THEN 'delivered'
                    WHEN count(*) FILTER (status = 'placed') = 0 THEN 'confirmed'
                    ELSE 'placed' END AS status
        FROM order_parts WHERE order_key = $order GROUP BY order_key
    ) f WHERE orders.order_key = f.order_key
"""
_HERE: Final = """
    SELECT order_key, o.status FROM orders o SEMI JOIN placements USING (order_key)
    SEMI JOIN incoming_lines USING (order_id)
"""
# What an import says of an order holds of all its parts that are not as far yet.
_IMPORTED: Final = f"""
    UPDATE order_parts SET status = h.status, settled_at = $now, settled_by = $by, reason = NULL
    FROM ({_HERE}) h
    WHERE order_parts.order_key = h.order_key AND order_parts.status <> h.status
      AND (h.status = 'cancelled'
           OR order_parts.status = 'placed' AND h.status IN ('confirmed', 'delivered')
           OR order_parts.status = 'confirmed' AND h.status = 'delivered'
           OR order_parts.status = 'cancelled' AND EXISTS (
               SELECT 1 FROM order_lines l JOIN products p USING (product_key)
               WHERE l.order_key = h.order_key
                 AND coalesce(p.vendor_key, 0) = order_parts.vendor_key))
"""
_NEW: Final = f"""
    INSERT INTO order_parts
    SELECT DISTINCT h.order_key, coalesce(p.vendor_key, 0), h.status, NULL::DATE, $now, $by, NULL
    FROM ({_HERE}) h JOIN order_lines l ON l.order_key = h.order_key
    JOIN products p ON p.product_key = l.product_key
    ON CONFLICT DO NOTHING
"""
_CALLED_OFF: Final = f"""
    UPDATE order_parts SET status = 'cancelled', settled_at = $now, settled_by = $by
    WHERE status <> 'cancelled' AND order_key IN (SELECT order_key FROM ({_HERE}))
      AND (order_key, vendor_key) IN (
          SELECT l.order_key, coalesce(p.vendor_key, 0)
          FROM cancelled_lines l JOIN products p USING (product_key) WHERE l.by_status)
      AND (order_key, vendor_key) NOT IN (
          SELECT l.order_key, coalesce(p.vendor_key, 0)
          FROM order_lines l JOIN products p USING (product_key)
          WHERE l.order_key IN (SELECT order_key FROM ({_HERE})))
"""
_EMPTY: Final = f"""
    DELETE FROM order_parts
    WHERE status <> 'cancelled' AND order_key IN (SELECT order_key FROM ({_HERE}))
      AND (order_key, vendor_key) NOT IN (
          SELECT l.order_key, coalesce(p.vendor_key, 0)
          FROM order_lines l JOIN products p USING (product_key)
          WHERE l.order_key IN (SELECT order_key FROM ({_HERE})))
"""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A vendor's part; ``vendor_id`` None: of products without a vendor.

    ``reason`` : why he refused it; "" where he did not.
    """

    vendor_key: int
    vendor_id: str | None
    vendor: str | None
    status: str
    delivered_on: date | None
    reason: str = ""


def make(cursor: Cursor, order_key: int, username: str, now: datetime) -> None:
    """Parts of an order that was just placed."""
    cursor.execute(
        "INSERT INTO order_parts SELECT DISTINCT l.order_key, coalesce(p.vendor_key, 0), "
        "'placed', NULL::DATE, ?::TIMESTAMP, ?, NULL FROM order_lines l JOIN products p "
        "USING (product_key) WHERE l.order_key = ?",
        [now, username, order_key],
    )


def of_order(cursor: Cursor, order_key: int) -> list[PartRow]:
    """Parts of an order; none where it came with the data."""
    return [PartRow(*row) for row in cursor.execute(_PARTS, [order_key]).fetchall()]


def settle(
    cursor: Cursor, order_key: int, vendor_keys: Sequence[int], status: str,
    delivered_on: date | None, username: str, now: datetime, reason: str | None = None,
) -> None:  # fmt: skip
    """Say what became of parts, inside the running transaction; the order follows."""
    cursor.execute(
        "UPDATE order_parts SET status = ?, delivered_on = ?, settled_at = ?, settled_by = ?, "
        "reason = ? WHERE order_key = ? AND list_contains(?, vendor_key)",
        [status, delivered_on, now, username, reason, order_key, list(vendor_keys)],
    )
    follow(cursor, order_key)


def follow(cursor: Cursor, order_key: int) -> None:
    """Give an order the status that its parts have together."""
    cursor.execute(_FOLLOW, {"order": order_key})


def follow_import(cursor: Cursor, username: str, now: datetime) -> None:
    """After an import's lines are written: parts as they now are.

    Reads the temporary table ``incoming_lines`` of `smartreco.store.import_lines`.
    """
    said = {"now": now, "by": username}
    cursor.execute(_IMPORTED, said)
    cursor.execute(_NEW, said)
    cursor.execute(_CALLED_OFF, said)
    cursor.execute(_EMPTY)
