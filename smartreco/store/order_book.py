"""A shop's orders as it looks back on them: those of the data and those placed here.

What stayed of an order lies in ``order_lines``; a cancelled order is shown as it was
ordered, from ``cancelled_lines``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.registered import count

_MINE: Final = """
    SELECT o.order_key, o.retailer_key, o.order_id, o.ordered_at, o.status, o.delivered_on,
           p.order_key IS NOT NULL AS placed_here, coalesce(p.note, '') AS note,
           EXISTS (SELECT 1 FROM order_parts t WHERE t.order_key = o.order_key
                   AND t.status IN ('confirmed', 'delivered')) AS begun
    FROM orders o LEFT JOIN placements p USING (order_key)
    WHERE o.retailer_key = (SELECT retailer_key FROM retailers WHERE retailer_id = $retailer)
"""
_PAGE: Final = f"""
    SELECT * FROM ({_MINE}) WHERE $status IS NULL OR status = $status
    ORDER BY ordered_at::DATE DESC, order_key DESC LIMIT $limit OFFSET $offset
"""
# Shop and day are repeated on the lines, which spares looking at nearly all of them. A line may
# be some days older than its order where an export has moved the order.
_LINES: Final = """
    SELECT order_key, line_id, product_key, quantity, unit_price FROM order_lines
    WHERE retailer_key = $shop AND ordered_on >= $since AND list_contains($keys, order_key)
    UNION ALL
    SELECT order_key, line_id, product_key, ordered_quantity, unit_price FROM cancelled_lines
    WHERE retailer_key = $shop AND list_contains($cancelled, order_key)
"""
_PLACED_HERE: Final = """
    SELECT o.order_id, r.retailer_id, r.name AS retailer, o.ordered_at::DATE AS ordered_on,
           o.status, o.delivered_on, count(*) AS lines, sum(l.quantity)::BIGINT AS pieces,
           sum(l.quantity * l.unit_price) AS value
    FROM placements p JOIN orders o USING (order_key)
    JOIN retailers r ON r.retailer_key = o.retailer_key
    JOIN (
        SELECT order_key, quantity, unit_price FROM order_lines
        UNION ALL
        SELECT order_key, ordered_quantity, unit_price FROM cancelled_lines
        SEMI JOIN (SELECT order_key FROM orders WHERE status = 'cancelled') USING (order_key)
    ) l ON l.order_key = o.order_key
    WHERE list_contains($statuses, o.status)
    GROUP BY ALL ORDER BY ordered_on, o.order_id
"""
_SUMS: Final = f"""
    SELECT order_key, count(*), sum(quantity)::BIGINT, sum(quantity * unit_price)
    FROM ({_LINES}) GROUP BY order_key
"""
_ORDER_LINES: Final = f"""
    SELECT product_id, name, category, case_size, active, sum(quantity)::BIGINT, unit_price
    FROM ({_LINES}) JOIN products USING (product_key)
    GROUP BY ALL ORDER BY sum(quantity * unit_price) DESC, product_id
"""


_REFUSED: Final = """
    SELECT p.product_id, p.name, p.category, p.case_size, p.active,
           sum(l.ordered_quantity)::BIGINT, l.unit_price
    FROM cancelled_lines l JOIN products p USING (product_key)
    JOIN order_parts t ON t.order_key = l.order_key
         AND t.vendor_key = coalesce(p.vendor_key, 0) AND t.status = 'cancelled'
    WHERE l.order_key = ? AND l.by_status
    GROUP BY ALL ORDER BY sum(l.ordered_quantity * l.unit_price) DESC, p.product_id
"""


class OrderRow(NamedTuple):
    """An order without its lines; ``begun`` : a vendor has confirmed his part already."""

    order_key: int
    retailer_key: int
    order_id: str
    ordered_at: datetime
    status: str
    delivered_on: date | None
    placed_here: bool
    note: str
    begun: bool = False


class Sums(NamedTuple):
    """What an order adds up to; ``value`` in currency."""

    lines: int = 0
    pieces: int = 0
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an order, with as much of its product as names it."""

    product_id: str
    name: str
    category: str
    case_size: int
    active: bool
    quantity: int
    unit_price: float


def page(
    cursor: Cursor, retailer_id: str, limit: int, offset: int = 0, status: str | None = None
) -> list[tuple[OrderRow, Sums]]:
    """A shop's orders, newest first."""
    asked = {"retailer": retailer_id, "status": status, "limit": limit, "offset": offset}
    rows = [OrderRow(*row) for row in cursor.execute(_PAGE, asked).fetchall()]
    if not rows:
        return []
    found = cursor.execute(_SUMS, _keys(rows)).fetchall()
    sums = {key: Sums(lines, pieces, value) for key, lines, pieces, value in found}
    return [(row, sums.get(row.order_key, Sums())) for row in rows]


def find(cursor: Cursor, retailer_id: str, order_id: str) -> OrderRow | None:
    """A shop's order; None also where it is another shop's."""
    row = cursor.execute(
        f"SELECT * FROM ({_MINE}) WHERE order_id = $order_id",
        {"retailer": retailer_id, "order_id": order_id},
    ).fetchone()
    return None if row is None else OrderRow(*row)


def shop_of(cursor: Cursor, order_id: str) -> str | None:
    """The shop that placed an order; None where there is no such order."""
    row = cursor.execute(
        "SELECT retailer_id FROM orders JOIN retailers USING (retailer_key) WHERE order_id = ?",
        [order_id],
    ).fetchone()
    return None if row is None else str(row[0])


def placed_here(cursor: Cursor, statuses: Sequence[str]) -> pd.DataFrame:
    """Orders of all shops that were placed in the application, the oldest first.

    Columns order_id, retailer_id, retailer (name), ordered_on, status, delivered_on (missing
    until then), lines, pieces, value (currency).
    """
    return cursor.execute(_PLACED_HERE, {"statuses": list(statuses)}).df()


def last(cursor: Cursor, retailer_id: str) -> OrderRow | None:
    """A shop's last order that was not cancelled."""
    row = cursor.execute(
        f"SELECT * FROM ({_MINE}) WHERE status <> 'cancelled' "
        "ORDER BY ordered_at::DATE DESC, order_key DESC LIMIT 1",
        {"retailer": retailer_id},
    ).fetchone()
    return None if row is None else OrderRow(*row)


def total(cursor: Cursor, retailer_id: str, status: str | None = None) -> int:
    """How many orders a shop has."""
    return count(
        cursor,
        "SELECT count(*) FROM orders WHERE (? IS NULL OR status = ?) AND retailer_key = "
        "(SELECT retailer_key FROM retailers WHERE retailer_id = ?)",
        [status, status, retailer_id],
    )


def totals(cursor: Cursor, retailer_id: str) -> dict[str, int]:
    """How many orders a shop has of each status; a status without any is left out."""
    rows = cursor.execute(
        "SELECT status, count(*) FROM orders WHERE retailer_key = "
        "(SELECT retailer_key FROM retailers WHERE retailer_id = ?) GROUP BY status",
        [retailer_id],
    ).fetchall()
    return {str(status): int(orders) for status, orders in rows}


def lines(cursor: Cursor, order: OrderRow) -> list[LineRow]:
    """Lines of an order, the dearest first; lines of one product and price are one."""
    return [LineRow(*row) for row in cursor.execute(_ORDER_LINES, _keys([order])).fetchall()]


def refused(cursor: Cursor, order: OrderRow) -> list[LineRow]:
    """Lines that vendors called off while the order goes on, as they were ordered."""
    if order.status == "cancelled" or not order.placed_here:
        return []
    return [LineRow(*row) for row in cursor.execute(_REFUSED, [order.order_key]).fetchall()]


def sold(cursor: Cursor, product_ids: list[str]) -> set[str]:
    """Which of these products are sold at this moment."""
    rows = cursor.execute(
        "SELECT product_id FROM products WHERE active AND list_contains($ids, product_id)",
        {"ids": product_ids},
    ).fetchall()
    return {str(product_id) for (product_id,) in rows}


def _keys(rows: list[OrderRow]) -> dict[str, object]:
    """What `_LINES` needs to find the lines of one shop's orders."""
    return {
        "shop": rows[0].retailer_key,
        "since": min(row.ordered_at for row in rows).date() - timedelta(days=31),
        "keys": [row.order_key for row in rows],
        "cancelled": [row.order_key for row in rows if row.status == "cancelled"],
    }
