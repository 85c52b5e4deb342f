"""How sure a shop wants to be, and how often it orders: asked for, else kept, else the usual."""

from __future__ import annotations

from smartreco.errors import InputError
from smartreco.stock.outcomes import check_service
from smartreco.store import shelf_counts as counts_store
from smartreco.store.connection import Cursor
from smartreco.workspace.shelf.stock_views import LONGEST_REVIEW, REVIEW_DAYS, SERVICE, ShelfWish


def whole_wish(cursor: Cursor, retailer_id: str, wish: ShelfWish | None) -> tuple[float, int]:
    """Service level and review days, none of them None.

    Raises
    ------
    InputError
        A wish that cannot be.
    """
    wish = wish or ShelfWish()
    kept = counts_store.wish(cursor, retailer_id) or (SERVICE, REVIEW_DAYS)
    service = kept[0] if wish.service is None else wish.service
    review = kept[1] if wish.review_days is None else wish.review_days
    check_service(service)
    if not 1 <= review <= LONGEST_REVIEW:
        raise InputError(
            f"a shop orders again within 1 to {LONGEST_REVIEW} days", str(review),
            "choose another number",
        )  # fmt: skip
    return service, review
