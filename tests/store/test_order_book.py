"""A shop looks back on its orders, and on nobody else's."""

from __future__ import annotations

from datetime import datetime

from smartreco.store import Store, order_book, placing
from smartreco.store.placing import PlacedLine, Placement
from tests.store.imports import LINES, RETURN, take


def test_orders_come_newest_first_page_by_page(store: Store) -> None:
    take(store, *LINES)
    order = Placement(
        "s1",
        [PlacedLine("tea", 2, 4.0)],
        datetime(2026, 5, 11, 1),
        datetime(2026, 6, 1),
        "a",
        "",
        1,
    )
    store.write(lambda cursor: placing.place(cursor, order))
    with store.cursor() as cursor:
        found = order_book.page(cursor, "s1", 10)
        assert [row.order_id for row, _ in found] == ["SR-000001", "o3", "o1"]
        assert order_book.total(cursor, "s1") == 3
        assert [row.order_id for row, _ in order_book.page(cursor, "s1", 1, 1)] == ["o3"]
        assert [row.order_id for row, _ in order_book.page(cursor, "s1", 9, 0, "placed")] == [
            "SR-000001"
        ]
        assert order_book.total(cursor, "s1", "placed") == 1
        sums = {row.order_id: tuple(sums) for row, sums in found}
    assert sums == {"SR-000001": (1, 2, 8.0), "o3": (1, 6, 12.0), "o1": (2, 15, 40.0)}


def test_another_shops_order_is_not_found(store: Store) -> None:
    take(store, *LINES)
    with store.cursor() as cursor:
        assert order_book.find(cursor, "s1", "o1") is not None
        assert order_book.find(cursor, "s2", "o1") is None
        assert order_book.find(cursor, "nobody", "o1") is None
        assert order_book.page(cursor, "nobody", 10) == []


def test_what_was_sent_back_is_not_in_an_order_that_stands(store: Store) -> None:
    take(store, *LINES, RETURN)
    with store.cursor() as cursor:
        found = {row.order_id: (row.status, sums.pieces) for row, sums in
                 order_book.page(cursor, "s1", 10)}  # fmt: skip
        last = order_book.last(cursor, "s1")
    assert sum(pieces for status, pieces in found.values() if status != "cancelled") == 21 - 8
    assert last is not None
    assert found[last.order_id][0] != "cancelled"
