"""What the store knows of a shop's standing."""

from __future__ import annotations

from smartreco.store import Store, shelf
from smartreco.store.connection import Cursor
from tests.store.imports import LINES, take


def test_only_vendors_that_ask_for_a_minimum_have_one(store: Store) -> None:
    take(store, *LINES)

    def vendors(cursor: Cursor) -> None:
        cursor.execute("DELETE FROM vendors")
        cursor.execute(
            "INSERT INTO vendors (vendor_key, vendor_id, name, min_order_value) VALUES "
            "(1, 'v1', 'First', 250.0), (2, 'v2', 'Second', 0.0), (3, 'v3', 'Third', NULL)"
        )

    store.write(vendors)
    with store.cursor() as cursor:
        assert shelf.minimums(cursor) == {"v1": 250.0}
