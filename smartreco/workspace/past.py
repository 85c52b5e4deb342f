"""All orders of the store as a recommender takes them."""

from __future__ import annotations

from smartreco.errors import NotEnoughDataError
from smartreco.recommend.history import History
from smartreco.store import history as history_store
from smartreco.store.connection import Cursor


def read_history(cursor: Cursor) -> History:
    """Read them; within a transaction where more than this is read of one state.

    Raises
    ------
    NotEnoughDataError
        The store holds no orders.
    """
    as_of = history_store.as_of(cursor)
    if as_of is None:
        raise NotEnoughDataError(
            "a model needs orders", "none in the store", "import orders or make the demo data"
        )
    return History(
        history_store.retailers(cursor),
        history_store.products(cursor),
        history_store.purchases(cursor),
        as_of,
    )
