"""Placing an order and taking it back: every table that knows of an order, in one place.

A placed order is written as an import would have written it, so that lists, forecasts
and credit need not tell the two apart. A cancelled one is moved to ``cancelled_lines``,
where an import keeps cancelled lines too: every reader of ``order_lines`` is right
without looking at its status.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from smartreco.store import dataset, order_parts, settings, weekly
from smartreco.store.connection import Cursor
from smartreco.store.registered import count, insert

PLACED_HERE: Final = 0  # batch_id of lines that no import has brought
_NUMBER: Final = "last_order_number"  # setting: survives a change of data, so no number comes twice

_LINES: Final = """
    FROM order_lines l JOIN products p USING (product_key)
    WHERE l.order_key = $order AND list_contains($vendors, coalesce(p.vendor_key, 0))
"""


class PlacedLine(NamedTuple):
    """A line to be written; ``unit_price`` 0 where no price is known."""

    product_id: str
    quantity: int
    unit_price: float


@dataclass(frozen=True, slots=True)
class Placement:
    """An order to be written; `ordered_at` on the data's own clock, `placed_at` the real time.

    ``blend_version`` is in force when it is placed; its lines may have been shown by others.
    """

    retailer_id: str
    lines: Sequence[PlacedLine]
    ordered_at: datetime
    placed_at: datetime
    username: str
    note: str
    blend_version: int


def place(cursor: Cursor, order: Placement) -> str:
    """Write an order inside the running transaction; the id it got."""
    order_id = _next_id(cursor)
    key = 1 + count(cursor, "SELECT max(order_key) FROM orders")
    shop = count(
        cursor, "SELECT retailer_key FROM retailers WHERE retailer_id = ?", [order.retailer_id]
    )
    day = order.ordered_at.date()
    cursor.execute(
        "INSERT INTO orders VALUES (?, ?, ?, ?, 'placed', NULL, ?)",
        [key, order_id, shop, order.ordered_at, order.blend_version],
    )
    products = _keys(cursor, [line.product_id for line in order.lines])
    insert(
        cursor, "order_lines",
        [
            (
                key, f"{line.product_id}#1", shop, products[line.product_id], day, line.quantity,
                line.unit_price, PLACED_HERE, line.quantity,
            )
            for line in order.lines
        ],
    )  # fmt: skip
    cursor.execute(
        "INSERT INTO placements VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)",
        [
            key, order.username, order.placed_at, _stock_day(cursor, day),
            dataset.changed(cursor), order.note,
        ],
    )  # fmt: skip
    order_parts.make(cursor, key, order.username, order.placed_at)
    weekly.renew(cursor, shop, list(products.values()), day)
    return order_id


def cancel(
    cursor: Cursor, order_key: int, username: str, now: datetime,
    vendor_keys: Sequence[int] | None = None, reason: str | None = None,
) -> None:  # fmt: skip
    """Take back an order that was placed here, inside the running transaction.

    Parameters
    ----------
    vendor_keys
        Whose parts; None: all that are neither delivered nor refused.
    reason
        Why a vendor refuses his.
    """
    if vendor_keys is None:
        parts = order_parts.of_order(cursor, order_key)
        vendor_keys = [one.vendor_key for one in parts if one.status in order_parts.OPEN]
    asked: dict[str, object] = {"order": order_key, "vendors": list(vendor_keys)}
    rows = cursor.execute(f"SELECT retailer_key, product_key, ordered_on {_LINES}", asked)
    gone = rows.fetchall()
    cursor.execute(
        "INSERT INTO cancelled_lines SELECT l.order_key, line_id, retailer_key, l.product_key, "
        f"ordered_on, unit_price, batch_id, ordered_quantity, true {_LINES}",
        asked,
    )
    cursor.execute(
        "DELETE FROM order_lines WHERE order_key = $order "
        f"AND line_id IN (SELECT line_id {_LINES})",
        asked,
    )
    order_parts.settle(cursor, order_key, vendor_keys, "cancelled", None, username, now, reason)
    if _is_cancelled(cursor, order_key):
        cursor.execute(
            "UPDATE placements SET cancelled_at = ?, cancelled_by = ? WHERE order_key = ?",
            [now, username, order_key],
        )
        dataset.changed(cursor)
    else:
        dataset.acted(cursor, "settled")
    for shop, day in {(shop, day) for shop, _, day in gone}:
        weekly.renew(cursor, shop, [product for _, product, _ in gone], day)


def settle(
    cursor: Cursor, order_key: int, status: str, delivered_on: date | None = None, *,
    username: str, now: datetime, vendor_keys: Sequence[int] | None = None,
) -> None:  # fmt: skip
    """Say that parts of an order are confirmed or delivered, inside the running transaction.

    What follows reads the parts as they are now: a delivery no longer uses credit, is on the
    shop's shelf from that day, and has left the vendor's stock.

    Parameters
    ----------
    vendor_keys
        Whose parts; None: all that are not as far yet.
    """
    if vendor_keys is None:
        before = ("placed",) if status == "confirmed" else ("placed", "confirmed")
        parts = order_parts.of_order(cursor, order_key)
        vendor_keys = [one.vendor_key for one in parts if one.status in before]
    order_parts.settle(cursor, order_key, vendor_keys, status, delivered_on, username, now)
    dataset.acted(cursor, "settled")


def ordered_since(cursor: Cursor, retailer_id: str, data_version: int) -> list[str]:
    """Products in a shop's open orders that a model of this state of the data has not seen."""
    rows = cursor.execute(
        """
        SELECT DISTINCT product_id FROM placements p JOIN orders o USING (order_key)
        JOIN retailers r ON r.retailer_key = o.retailer_key
        JOIN order_lines l ON l.order_key = p.order_key
        JOIN products USING (product_key)
        WHERE r.retailer_id = ? AND p.data_version > ? AND o.status <> 'cancelled'
        ORDER BY product_id
        """,
        [retailer_id, data_version],
    ).fetchall()
    return [str(product_id) for (product_id,) in rows]


def shops_since(cursor: Cursor, data_version: int) -> list[str]:
    """Shops with orders placed here that a model of this state of the data has not seen."""
    rows = cursor.execute(
        """
        SELECT DISTINCT retailer_id FROM placements p JOIN orders USING (order_key)
        JOIN retailers USING (retailer_key) WHERE p.data_version > ?
        """,
        [data_version],
    ).fetchall()
    return [str(retailer_id) for (retailer_id,) in rows]


def only_orders_since(cursor: Cursor, data_version: int, moment: datetime) -> bool:
    """Whether all that changed since a state of the data are orders and stock counted here.

    ``moment`` is the time at which somebody who read that state had finished with it.
    """
    changes = count(
        cursor,
        "SELECT count(*) FILTER (data_version > $version) "
        "+ count(*) FILTER (cancelled_at > $moment) "
        "+ (SELECT count(*) FROM data_acts WHERE data_version > $version) FROM placements",
        {"version": data_version, "moment": moment},
    )
    return dataset.data_version(cursor) - data_version == changes


def placed_before(cursor: Cursor, day: date) -> tuple[int, int]:
    """A mark of the orders placed here that lie before a day: it differs when they do."""
    row = cursor.execute(
        "SELECT count(*), coalesce(sum(order_key), 0) FROM placements JOIN orders "
        "USING (order_key) WHERE status <> 'cancelled' AND ordered_at < ?",
        [day],
    ).fetchone()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def _next_id(cursor: Cursor) -> str:
    number = int(settings.get(cursor, _NUMBER) or 0)
    while True:
        number += 1
        order_id = f"SR-{number:06d}"
        taken = "SELECT count(*) FROM orders WHERE order_id = ?"  # an import may have brought it
        if not count(cursor, taken, [order_id]):
            settings.put(cursor, _NUMBER, str(number))
            return order_id


def _keys(cursor: Cursor, product_ids: Sequence[str]) -> dict[str, int]:
    rows = cursor.execute(
        "SELECT product_id, product_key FROM products WHERE list_contains(?, product_id)",
        [list(product_ids)],
    ).fetchall()
    return {str(product_id): int(key) for product_id, key in rows}


def _is_cancelled(cursor: Cursor, order_key: int) -> bool:
    asked = "SELECT count(*) FROM orders WHERE order_key = ? AND status = 'cancelled'"
    return bool(count(cursor, asked, [order_key]))


def _stock_day(cursor: Cursor, ordered_on: date) -> date:
    """The data's clock may stand before the last count of stock, which has no such order."""
    (last,) = cursor.execute(
        "SELECT max(\"at\") FROM stock_levels WHERE holder_kind = 'vendor'"
    ).fetchone() or (None,)
    return ordered_on if last is None else max(ordered_on, last)
