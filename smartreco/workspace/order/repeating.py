"""An order that is ordered again: what of it goes on the draft, and what is no longer sold."""

from __future__ import annotations

from smartreco.errors import NotFoundError
from smartreco.store import order_book
from smartreco.store.connection import Cursor
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.order.book_views import OrderView
from smartreco.workspace.order.reading import order_view
from smartreco.workspace.views import Draft


def order_to_repeat(
    cursor: Cursor, catalogue: Catalogue, retailer_id: str, order_id: str | None
) -> OrderView:
    """An order of the shop (None: the last that was not cancelled).

    Raises
    ------
    NotFoundError
        No such order, or none at all.
    """
    if order_id is None:
        last = order_book.last(cursor, retailer_id)
        if last is None:
            raise NotFoundError("an order that is repeated exists", "none yet", "place one")
        order_id = last.order_id
    return order_view(cursor, catalogue, retailer_id, order_id)


def more_than_on(draft: Draft, order: OrderView) -> dict[str, int]:
    """Pieces of each product of an order that is still sold and has fewer on the draft."""
    wanted: dict[str, int] = {}
    for line in order.lines:
        if line.product.active:
            known = wanted.get(line.product.product_id, 0)
            wanted[line.product.product_id] = known + line.quantity
    return {one: pieces for one, pieces in wanted.items() if pieces > draft.quantity(one)}


def no_longer_sold(order: OrderView) -> tuple[str, ...]:
    """Names of an order's products that cannot be ordered again."""
    gone = [line.product.name for line in order.lines if not line.product.active]
    return tuple(dict.fromkeys(gone))
