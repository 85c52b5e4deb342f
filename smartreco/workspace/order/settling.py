"""What becomes of an order that was placed here: confirmed, delivered or called off by staff.

Until an export says so, nobody else would: the order would use the shop's credit for good
and never reach its shelf.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from smartreco.entities import Principal
from smartreco.errors import InputError, NotFoundError
from smartreco.store import audit, order_book, placing
from smartreco.store.connection import Cursor
from smartreco.store.order_book import OrderRow
from smartreco.workspace import clock
from smartreco.workspace.order.words import STATUSES

#: From each state, those that may follow.
MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    "placed": ("confirmed", "cancelled"),
    "confirmed": ("delivered", "cancelled"),
    "delivered": (),
    "cancelled": (),
}


def settle_order(
    cursor: Cursor,
    principal: Principal,
    order_id: str,
    status: str,
    delivered_on: date | None,
    now: datetime,
) -> str:
    """Move an order on, in the transaction of its caller; answer what it is then.

    That is not what was asked for where a part was settled before: an order that is called
    off after a vendor has delivered his part is delivered, of what is left of it.

    Raises
    ------
    InputError
        The order came with the data, cannot become this, or was delivered on a day that
        cannot be.
    NotFoundError
        No such order.
    """
    row = _found(cursor, order_id)
    _check_move(row, status)
    if delivered_on is not None and status != "delivered":
        raise InputError(
            "only a delivery has a day", f"{delivered_on} with {status!r}", "leave the day out"
        )
    detail: dict[str, object] = {"was": row.status}
    if status == "cancelled":
        placing.cancel(cursor, row.order_key, principal.username, now)
    else:
        day = (
            delivery_day(row.ordered_at.date(), delivered_on, clock.today(cursor, now))
            if status == "delivered"
            else None
        )
        placing.settle(cursor, row.order_key, status, day, username=principal.username, now=now)
        detail |= {} if day is None else {"delivered_on": day}
    detail["now"] = _found(cursor, order_id).status
    audit.record(cursor, audit.Entry(now, principal.username, f"order.{status}", order_id, detail))
    return str(detail["now"])


def _found(cursor: Cursor, order_id: str) -> OrderRow:
    shop = order_book.shop_of(cursor, order_id)
    row = None if shop is None else order_book.find(cursor, shop, order_id)
    if row is None:
        raise NotFoundError(
            "an order is named by its number", repr(order_id), "choose one from the list"
        )
    if not row.placed_here:
        raise InputError(
            "an order that came with the data is settled by the next import", repr(order_id),
            "import an export that says what became of it",
        )  # fmt: skip
    return row


def _check_move(row: OrderRow, status: str) -> None:
    if status not in STATUSES:
        raise InputError("a status is one of " + ", ".join(STATUSES), repr(status), "choose one")
    allowed = MOVES[row.status]
    if status not in allowed:
        rule = f"an order that is {row.status} " + (
            f"can be {' or '.join(allowed)} next" if allowed else "stays so"
        )
        raise InputError(rule, repr(status), "see `orders list` for where each order stands")


def delivery_day(ordered: date, day: date | None, today: date) -> date:
    """The day of a delivery, None: today.

    Raises
    ------
    InputError
        It lies before the order or ahead.
    """
    day = day or today
    if not ordered <= day <= today:
        raise InputError(
            f"a delivery is from the day of the order, {ordered}, to today, {today}", str(day),
            "correct the day",
        )  # fmt: skip
    return day
