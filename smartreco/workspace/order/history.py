"""A shop's orders page by page, as they are looked back on."""

from __future__ import annotations

from typing import Final

from smartreco.errors import InputError
from smartreco.store import order_book
from smartreco.store.connection import Cursor
from smartreco.workspace.order.book_views import OrderSummary
from smartreco.workspace.order.reading import summary
from smartreco.workspace.order.words import STATUSES

MOST_ORDERS: Final = 200  # of a page


def history_page(
    cursor: Cursor, retailer_id: str, limit: int, offset: int, status: str | None
) -> tuple[tuple[OrderSummary, ...], int]:
    """Some of a shop's orders, newest first, and how many there are.

    Raises
    ------
    InputError
        No such status, or too long a page.
    """
    if status is not None and status not in STATUSES:
        raise InputError("a status is one of " + ", ".join(STATUSES), repr(status), "choose one")
    if not (1 <= limit <= MOST_ORDERS and offset >= 0):
        raise InputError(
            f"a page holds 1 to {MOST_ORDERS} orders", f"{limit} from {offset}", "ask for less"
        )
    rows = order_book.page(cursor, retailer_id, limit, offset, status)
    total = order_book.total(cursor, retailer_id, status)
    return tuple(summary(*row) for row in rows), total
