"""A shop takes an order back, as long as nobody works on it."""

from __future__ import annotations

from datetime import datetime

from smartreco.entities import Principal
from smartreco.errors import InputError
from smartreco.store import audit, placing
from smartreco.store.connection import Cursor
from smartreco.workspace.order.reading import can_cancel, require_order


def cancel_order(
    cursor: Cursor, principal: Principal, retailer_id: str, order_id: str, now: datetime
) -> None:
    """Cancel an order, in the transaction of its caller.

    Raises
    ------
    InputError
        It is too late, or the order came with the data.
    NotFoundError
        The shop has no such order.
    """
    row = require_order(cursor, retailer_id, order_id)
    if not can_cancel(row):
        found = row.status if row.placed_here else "an order that came with the data"
        found = "confirmed in part" if row.begun and row.status == "placed" else found
        raise InputError(
            "an order can be cancelled here until it is confirmed", found, "ask the distributor"
        )
    placing.cancel(cursor, row.order_key, principal.username, now)
    audit.record(cursor, audit.Entry(now, principal.username, "order.cancelled", order_id))
