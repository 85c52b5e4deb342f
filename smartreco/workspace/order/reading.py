"""Rows of the order book as pages show them."""

from __future__ import annotations

from typing import Final

from smartreco.entities import Product
from smartreco.errors import NotFoundError
from smartreco.store import order_book, order_parts
from smartreco.store.connection import Cursor
from smartreco.store.order_book import LineRow, OrderRow, Sums
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.order.book_views import (
    OrderLineView,
    OrderPart,
    OrderSummary,
    OrderView,
)

CAN_CANCEL: Final = frozenset({"placed"})


def can_cancel(row: OrderRow) -> bool:
    """Whether its shop may take an order back: nobody has confirmed any of it yet."""
    return row.placed_here and row.status in CAN_CANCEL and not row.begun


def require_order(cursor: Cursor, retailer_id: str, order_id: str) -> OrderRow:
    """A shop's order.

    Raises
    ------
    NotFoundError
        The shop has none of this id; the words are the same where another has.
    """
    row = order_book.find(cursor, retailer_id, order_id)
    if row is None:
        raise NotFoundError(
            "an order number is one of this shop's", repr(order_id), "choose one from the list"
        )
    return row


def order_view(cursor: Cursor, catalogue: Catalogue, retailer_id: str, order_id: str) -> OrderView:
    """One order of a shop with its lines.

    Raises
    ------
    NotFoundError
        As `require_order`.
    """
    row = require_order(cursor, retailer_id, order_id)
    lines = _lines(catalogue, order_book.lines(cursor, row))
    parts = tuple(
        OrderPart(part.vendor, part.status, part.delivered_on, part.reason)
        for part in order_parts.of_order(cursor, row.order_key)
    )
    refused = _lines(catalogue, order_book.refused(cursor, row))
    sums = Sums(
        len(lines), sum(line.quantity for line in lines), sum(line.value or 0.0 for line in lines)
    )
    return OrderView(summary(row, sums), lines, parts, refused)


def summary(row: OrderRow, sums: Sums) -> OrderSummary:
    """An order without its lines."""
    return OrderSummary(
        order_id=row.order_id,
        ordered_at=row.ordered_at,
        status=row.status,
        delivered_on=row.delivered_on,
        lines=sums.lines,
        pieces=sums.pieces,
        value=sums.value,
        placed_here=row.placed_here,
        note=row.note,
        can_cancel=can_cancel(row),
    )


def _lines(catalogue: Catalogue, rows: list[LineRow]) -> tuple[OrderLineView, ...]:
    return tuple(
        OrderLineView(_product(catalogue, line), line.quantity, line.unit_price or None)
        for line in rows
    )


def _product(catalogue: Catalogue, line: LineRow) -> Product:
    """The product as lists show it, or what the order itself says of one that came since."""
    if line.product_id in catalogue.position:
        return catalogue.product(line.product_id)
    return Product(
        product_id=line.product_id, name=line.name, category=line.category,
        case_size=line.case_size, active=False,
    )  # fmt: skip
