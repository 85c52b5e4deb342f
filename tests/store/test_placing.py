"""Orders placed here stand beside imported ones, and imports leave them as they are."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from smartreco.store import (
    Store,
    catalogue,
    dataset,
    free_stock,
    order_book,
    placing,
    series,
    shelf,
)
from smartreco.store.placing import PlacedLine, Placement
from tests.store.imports import (
    LINES,
    RETURN,
    everything,
    lines,
    orders,
    prepared,
    query,
    take,
    write,
)

LATER = ("o4", "s2", "tea", "2026-05-20 09:00", 3, 4.0)
ORDERED = datetime(2026, 5, 14, 10)
SALES = (
    "SELECT week, retailer_id, product_id, quantity, value, lines FROM weekly_sales "
    "JOIN retailers USING (retailer_key) JOIN products USING (product_key) ORDER BY ALL"
)
ADDED_UP = (
    "SELECT date_trunc('week', ordered_on)::DATE, retailer_id, product_id, sum(quantity), "
    "sum(quantity * unit_price), count(*) FROM order_lines JOIN retailers USING (retailer_key) "
    "JOIN products USING (product_key) GROUP BY ALL ORDER BY ALL"
)


def place(store: Store, *some: tuple[str, int, float], at: datetime = ORDERED) -> str:
    chosen = [PlacedLine(*line) for line in some or (("rice", 4, 2.0), ("tea", 2, 4.0))]
    order = Placement("s1", chosen, at, datetime(2026, 6, 1, 8), "asha", "ring twice", 7)
    return store.write(lambda cursor: placing.place(cursor, order))


def cancel(store: Store, order_id: str) -> None:
    with store.cursor() as cursor:
        row = order_book.find(cursor, "s1", order_id)
    assert row is not None
    store.write(lambda cursor: placing.cancel(cursor, row.order_key, "asha", ORDERED))


def stocked(store: Store, day: str = "2026-05-12", on_hand: int = 50) -> None:
    stock = pd.DataFrame(
        [("vendor", "v1", "rice", day, on_hand, 0)],
        columns=["holder_kind", "holder_id", "product_id", "at", "on_hand", "on_order"],
    )
    goods = pd.DataFrame(
        [("rice", "Rice", "Food", "v1"), ("tea", "Tea", "Food", "v1")],
        columns=["product_id", "name", "category", "vendor_id"],
    )
    vendors = pd.DataFrame([("v1", "Vendor")], columns=["vendor_id", "name"])
    write(store, prepared(orders(*LINES), products=goods, vendors=vendors, stock=stock))


def test_a_placed_order_is_an_order_like_all_others(store: Store) -> None:
    take(store, *LINES)
    order_id = place(store)
    assert order_id == "SR-000001"
    assert (order_id, "rice#1", "s1", "rice", 4, 4, 2.0) in lines(store)
    assert query(store, SALES) == query(store, ADDED_UP)
    with store.cursor() as cursor:
        row = order_book.find(cursor, "s1", order_id)
        assert row is not None
        assert (row.status, row.placed_here, row.note) == ("placed", True, "ring twice")
        assert shelf.credit(cursor, "s1").used >= 16.0
        assert shelf.known_until(cursor) == date(2026, 5, 14)
        assert dataset.data_version(cursor) == 2
    blend = query(store, "SELECT blend_version FROM orders WHERE order_id = 'SR-000001'")
    assert blend == [(7,)]


def test_an_order_number_never_comes_twice(store: Store) -> None:
    taken = [("SR-000002", *line[1:]) for line in LINES[:2]]
    take(store, *LINES, *taken)
    assert [place(store), place(store)] == ["SR-000001", "SR-000003"]
    take(store, *LINES, replace=True)
    assert place(store) == "SR-000004"


def test_cancelling_leaves_the_data_as_they_were(store: Store) -> None:
    stocked(store)
    tables = ("order_lines", "weekly_sales", "stock_levels", "returned_lines")
    before = everything(store)
    with store.cursor() as cursor:
        known, goods = series.span(cursor), catalogue.products(cursor)
        free = free_stock.free(cursor, ["rice", "tea"])
    cancel(store, place(store, ("rice", 40, 2.0), ("tea", 2, 4.0)))
    after = everything(store)
    assert {name: after[name] for name in tables} == {name: before[name] for name in tables}
    with store.cursor() as cursor:
        assert series.span(cursor) == known
        pd.testing.assert_frame_equal(catalogue.products(cursor), goods)
        assert free_stock.free(cursor, ["rice", "tea"]) == free == {"rice": 50}
        row = order_book.find(cursor, "s1", "SR-000001")
        assert row is not None
        assert row.status == "cancelled"
        assert [line.quantity for line in order_book.lines(cursor, row)] == [40, 2]


def test_an_order_holds_its_stock_until_it_is_cancelled_or_counted(store: Store) -> None:
    stocked(store)
    first = place(store, ("rice", 30, 2.0))
    place(store, ("rice", 12, 2.0))

    def state() -> tuple[dict[str, int], int, int]:
        with store.cursor() as cursor:
            held = free_stock.reserved(cursor)
            shown = catalogue.products(cursor).set_index("product_id").loc["rice", "on_hand"]
            return free_stock.free(cursor, ["rice"]), int(held["reserved"].sum()), int(shown)

    assert state() == ({"rice": 8}, 42, 8)
    cancel(store, first)
    assert state() == ({"rice": 38}, 12, 38)
    stocked(store, "2026-05-30", 20)  # counted after the orders: they are in it
    assert state() == ({"rice": 20}, 0, 20)


def test_stock_counted_after_the_last_order_does_not_know_of_one_placed_then(store: Store) -> None:
    stocked(store, "2026-05-30", 20)  # the data's clock stands on the 11th
    place(store, ("rice", 5, 2.0), at=datetime(2026, 5, 11, 9))
    with store.cursor() as cursor:
        assert free_stock.free(cursor, ["rice"]) == {"rice": 15}


def test_an_import_keeps_placed_orders_as_they_are(store: Store) -> None:
    take(store, *LINES)
    order_id = place(store)
    own = [line for line in lines(store) if line[0] == order_id]
    take(store, *LINES, LATER)
    assert [line for line in lines(store) if line[0] == order_id] == own
    assert len(lines(store)) == 7
    assert query(store, SALES) == query(store, ADDED_UP)


def test_a_return_takes_nothing_off_an_order_that_is_on_its_way(store: Store) -> None:
    take(store, *LINES)
    order_id = place(store, ("rice", 4, 2.0), at=datetime(2026, 5, 11, 12))
    take(store, *LINES, RETURN)  # eight of the rice of o1 and o3 came back on the 12th
    left = {(order, product): pieces for order, _, _, product, pieces, *_ in lines(store)}
    assert left[order_id, "rice"] == 4
    assert sum(n for (order, product), n in left.items() if product == "rice") == 10 + 7 + 6 + 4 - 8


@pytest.mark.parametrize("line_id", [None, "00010"])
def test_an_export_that_brings_a_placed_order_back_does_not_double_it(
    store: Store, line_id: str | None
) -> None:
    take(store, *LINES)
    order_id = place(store, ("rice", 4, 2.0), ("tea", 2, 4.0))
    columns = ["order_id", "retailer_id", "product_id", "ordered_at", "quantity", "unit_price"]
    row: tuple[object, ...] = (order_id, "s1", "rice", "2026-05-14 10:00", 3, 2.0, "delivered")
    columns.append("status")
    if line_id is not None:
        row, columns = (*row, line_id), [*columns, "line_id"]
    write(store, prepared(orders(row, columns=columns)))
    own = [line for line in lines(store) if line[0] == order_id]
    assert [(line[3], line[4]) for line in own] == [("rice", 3)]
    assert query(store, SALES) == query(store, ADDED_UP)
    with store.cursor() as cursor:
        found = order_book.find(cursor, "s1", order_id)
    assert found is not None
    assert (found.status, found.placed_here) == ("delivered", True)


def test_lines_an_export_brought_back_unchanged_can_be_returned(store: Store) -> None:
    take(store, *LINES)
    order_id = place(store, ("rice", 4, 2.0))
    echo = (order_id, "s1", "rice", "2026-05-14 10:00", 4, 2.0)
    take(store, echo)
    take(store, echo, ("r9", "s1", "rice", "2026-05-15 09:00", -4, 2.0))
    assert not [line for line in lines(store) if line[0] == order_id]


def test_other_data_in_their_place_take_placed_orders_with_them(store: Store) -> None:
    take(store, *LINES)
    place(store)
    take(store, *LINES, replace=True)
    assert query(store, "SELECT count(*) FROM placements") == [(0,)]
    assert len(lines(store)) == 4


def test_only_other_changes_than_orders_raise_the_imported_version(store: Store) -> None:
    def version() -> int:
        with store.cursor() as cursor:
            return dataset.imported_version(cursor)

    take(store, *LINES)
    first = version()
    cancel(store, place(store))
    place(store)
    assert version() == first
    take(store, *LINES, LATER)
    second = version()
    take(store, *LINES, replace=True)
    assert first < second < version()


def test_a_list_is_told_what_its_model_has_not_seen(store: Store) -> None:
    take(store, *LINES)
    order_id = place(store)
    with store.cursor() as cursor:
        assert placing.ordered_since(cursor, "s1", 1) == ["rice", "tea"]
        assert placing.ordered_since(cursor, "s1", 2) == []
        assert placing.ordered_since(cursor, "s2", 1) == []
    cancel(store, order_id)
    with store.cursor() as cursor:
        assert placing.ordered_since(cursor, "s1", 1) == []


def test_an_order_without_a_price_does_not_make_its_product_free(store: Store) -> None:
    take(store, *LINES)
    place(store, ("rice", 4, 0.0))
    with store.cursor() as cursor:
        goods = catalogue.products(cursor).set_index("product_id")
    assert goods.loc["rice", "unit_price"] == 2.0


STATUS_COLUMNS = ["order_id", "retailer_id", "product_id", "ordered_at", "quantity", "unit_price",
                  "status"]  # fmt: skip


def exported(store: Store, order_id: str, status: str) -> None:
    row = (order_id, "s1", "rice", "2026-05-14 10:00", 4, 2.0, status)
    write(store, prepared(orders(row, columns=STATUS_COLUMNS)))


@pytest.mark.parametrize(
    ("said", "status", "cancelled"),
    [
        ("placed", "cancelled", True),
        ("cancelled", "cancelled", True),
        ("confirmed", "confirmed", False),
        ("delivered", "delivered", False),
    ],
)
def test_an_older_export_does_not_bring_back_an_order_that_was_cancelled_here(
    store: Store, said: str, status: str, cancelled: bool
) -> None:
    take(store, *LINES)
    order_id = place(store, ("rice", 4, 2.0))
    cancel(store, order_id)
    for _ in range(2):
        exported(store, order_id, said)
        with store.cursor() as cursor:
            row = order_book.find(cursor, "s1", order_id)
        assert row is not None
        assert row.status == status
        assert bool([one for one in lines(store) if one[0] == order_id]) is not cancelled
        told = query(store, "SELECT cancelled_at IS NOT NULL FROM placements")
        assert told == [(cancelled,)]
        assert query(store, SALES) == query(store, ADDED_UP)


def test_an_older_export_does_not_take_a_settled_order_back(store: Store) -> None:
    take(store, *LINES)
    order_id = place(store, ("rice", 4, 2.0))
    key = query(store, "SELECT order_key FROM placements")[0][0]
    assert isinstance(key, int)
    store.write(
        lambda cursor: placing.settle(
            cursor, key, "delivered", date(2026, 5, 16), username="asha", now=ORDERED
        )
    )
    exported(store, order_id, "placed")
    assert query(store, "SELECT status FROM orders WHERE order_id = 'SR-000001'") == [
        ("delivered",)
    ]


def test_a_delivery_takes_its_pieces_from_the_vendor_for_good(store: Store) -> None:
    stocked(store)
    place(store, ("rice", 30, 2.0))
    place(store, ("rice", 5, 2.0))
    first = query(store, "SELECT min(order_key) FROM placements")[0][0]
    assert isinstance(first, int)

    def free() -> dict[str, int]:
        with store.cursor() as cursor:
            return free_stock.free(cursor, ["rice"])

    assert free() == {"rice": 15}
    store.write(
        lambda cursor: placing.settle(
            cursor, first, "delivered", date(2026, 5, 16), username="asha", now=ORDERED
        )
    )
    assert free() == {"rice": 15}
    stocked(store)  # the same export once more
    assert free() == {"rice": 15}
    stocked(store, "2026-05-30", 20)
    assert free() == {"rice": 20}
