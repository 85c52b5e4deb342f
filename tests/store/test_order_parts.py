"""Orders of several vendors: each settles his part, and the order follows."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from smartreco.store import Store, dataset, free_stock, order_book, order_parts, placing, shelf
from smartreco.store import vendor_orders as vendor_orders_store
from tests.store.imports import LINES, NOW, orders, prepared, query, take, write
from tests.store.test_placing import ADDED_UP, ORDERED, SALES, place

LATER = datetime(2026, 6, 2, 9)
GOODS = pd.DataFrame(
    [("rice", "Rice", "Food", "v1"), ("tea", "Tea", "Food", "v2"), ("jam", "Jam", "Food", None)],
    columns=["product_id", "name", "category", "vendor_id"],
)
VENDORS = pd.DataFrame([("v1", "One"), ("v2", "Two")], columns=["vendor_id", "name"])
STOCK = pd.DataFrame(
    [("vendor", "v1", "rice", "2026-05-12", 50, 0), ("vendor", "v2", "tea", "2026-05-12", 30, 0)],
    columns=["holder_kind", "holder_id", "product_id", "at", "on_hand", "on_order"],
)
THREE = (("rice", 4, 2.0), ("tea", 2, 4.0), ("jam", 1, 3.0))


@pytest.fixture
def two(store: Store) -> Store:
    write(store, prepared(orders(*LINES), products=GOODS, vendors=VENDORS, stock=STOCK))
    return store


def key(store: Store) -> int:
    return int(str(query(store, "SELECT max(order_key) FROM placements")[0][0]))


def vendor(store: Store, one: str) -> int:
    found = query(store, f"SELECT vendor_key FROM vendors WHERE vendor_id = '{one}'")
    return int(str(found[0][0])) if found else order_parts.NO_VENDOR


def move(store: Store, status: str, *who: str, day: date | None = None) -> None:
    keys = [vendor(store, one) for one in who] or None
    if status == "cancelled":
        store.write(lambda cursor: placing.cancel(cursor, key(store), "vik", LATER, keys))
        return
    store.write(
        lambda cursor: placing.settle(
            cursor, key(store), status, day, username="vik", now=LATER, vendor_keys=keys
        )
    )


def status(store: Store) -> str:
    return str(query(store, f"SELECT status FROM orders WHERE order_key = {key(store)}")[0][0])


def exported(store: Store, order_id: str, said: str) -> None:
    rows = [(order_id, "s1", p, "2026-05-14 10:00", q, price, said) for p, q, price in THREE]
    columns = [*orders(LINES[0]).columns, "status"]
    write(store, prepared(orders(*rows, columns=columns)))


def test_an_order_is_as_far_as_the_part_that_is_least_far(two: Store) -> None:
    place(two, *THREE)
    assert status(two) == "placed"
    for step, who, after in (
        ("confirmed", "v1", "placed"), ("confirmed", "v2", "placed"),
        ("confirmed", "", "confirmed"), ("delivered", "v1", "confirmed"),
        ("delivered", "v2", "confirmed"), ("delivered", "", "delivered"),
    ):  # fmt: skip
        move(two, step, who, day=date(2026, 5, 16) if step == "delivered" else None)
        assert status(two) == after
    assert query(two, "SELECT delivered_on FROM orders WHERE order_key = (SELECT max(order_key) "
                      "FROM placements)") == [(date(2026, 5, 16),)]  # fmt: skip


def test_a_refused_part_frees_credit_and_stock_and_leaves_the_sales(two: Store) -> None:
    order_id = place(two, *THREE)

    def state() -> tuple[float, dict[str, int]]:
        with two.cursor() as cursor:
            return shelf.credit(cursor, "s1").used, free_stock.free(cursor, ["rice", "tea"])

    before = state()
    assert before[1] == {"rice": 46, "tea": 28}
    move(two, "cancelled", "v1")
    assert state() == (before[0] - 8.0, {"rice": 50, "tea": 28})
    assert status(two) == "placed"
    assert query(two, SALES) == query(two, ADDED_UP)
    with two.cursor() as cursor:
        row = order_book.find(cursor, "s1", order_id)
        assert row is not None
        assert [one.product_id for one in order_book.lines(cursor, row)] == ["tea", "jam"]
        assert [(one.product_id, one.quantity) for one in order_book.refused(cursor, row)] == [
            ("rice", 4)
        ]
    move(two, "cancelled", "v2", "")
    assert status(two) == "cancelled"
    assert query(two, "SELECT cancelled_by FROM placements") == [("vik",)]
    with two.cursor() as cursor:
        row = order_book.find(cursor, "s1", order_id)
        assert row is not None
        assert len(order_book.lines(cursor, row)) == 3


def test_a_delivered_part_is_on_the_shelf_off_the_credit_and_out_of_the_stock(two: Store) -> None:
    place(two, *THREE)
    with two.cursor() as cursor:
        owed = shelf.credit(cursor, "s1").used
    move(two, "confirmed", "v1")
    move(two, "delivered", "v1", day=date(2026, 5, 16))
    with two.cursor() as cursor:
        assert shelf.credit(cursor, "s1").used == owed - 8.0
        coming = shelf.coming(cursor, "s1", date(2026, 5, 14)).set_index("product_id")
        stock = free_stock.stock(cursor, ["rice", "tea"]).set_index("product_id")
    assert coming["delivered"].to_dict() == {"rice": True, "tea": False, "jam": False}
    assert str(coming.loc["rice", "delivered_on"])[:10] == "2026-05-16"
    assert stock.loc["rice", ["counted", "on_hand", "reserved", "free"]].tolist() == [50, 46, 0, 46]
    assert stock.loc["tea", ["counted", "on_hand", "reserved", "free"]].tolist() == [30, 30, 2, 28]


def test_what_vendors_do_makes_no_forecast_anew(two: Store) -> None:
    place(two, *THREE)
    with two.cursor() as cursor:
        imported, version = dataset.imported_version(cursor), dataset.data_version(cursor)
    move(two, "confirmed", "v1")
    move(two, "delivered", "v1")
    move(two, "cancelled", "v2")
    with two.cursor() as cursor:
        assert dataset.imported_version(cursor) == imported
        assert dataset.data_version(cursor) > version
        assert placing.only_orders_since(cursor, version, NOW)


def test_cancelling_all_leaves_what_was_delivered(two: Store) -> None:
    place(two, *THREE)
    move(two, "confirmed")
    move(two, "delivered", "v1", day=date(2026, 5, 16))
    move(two, "cancelled")
    assert status(two) == "delivered"
    assert query(two, "SELECT cancelled_at FROM placements") == [(None,)]
    assert query(two, "SELECT count(*) FROM cancelled_lines") == [(2,)]


def test_an_import_that_repeats_an_order_does_not_bring_a_refused_part_back(two: Store) -> None:
    order_id = place(two, *THREE)
    move(two, "cancelled", "v1")
    for _ in range(2):
        exported(two, order_id, "placed")
        with two.cursor() as cursor:
            row = order_book.find(cursor, "s1", order_id)
            assert row is not None
            assert {one.product_id for one in order_book.lines(cursor, row)} == {"tea", "jam"}
            assert [one.product_id for one in order_book.refused(cursor, row)] == ["rice"]
        assert query(two, SALES) == query(two, ADDED_UP)
    exported(two, order_id, "delivered")  # a later word that it goes on all the same
    with two.cursor() as cursor:
        parts = order_parts.of_order(cursor, key(two))
    assert {part.status for part in parts} == {"delivered"}
    assert status(two) == "delivered"
    assert query(two, SALES) == query(two, ADDED_UP)


def test_an_import_takes_parts_as_far_as_it_says(two: Store) -> None:
    order_id = place(two, *THREE)
    move(two, "confirmed", "v1")
    move(two, "delivered", "v1", day=date(2026, 5, 16))
    exported(two, order_id, "confirmed")
    with two.cursor() as cursor:
        parts = {one.vendor_id: one.status for one in order_parts.of_order(cursor, key(two))}
    assert parts == {"v1": "delivered", "v2": "confirmed", None: "confirmed"}
    take(two, *LINES, replace=True)
    assert query(two, "SELECT count(*) FROM order_parts") == [(0,)]


def test_an_import_that_calls_one_vendors_lines_off_calls_his_part_off(two: Store) -> None:
    order_id = place(two, *THREE)
    columns = [*orders(LINES[0]).columns, "status"]
    rows = [
        (order_id, "s1", p, "2026-05-14 10:00", q, price, "cancelled" if p == "rice" else "placed")
        for p, q, price in THREE
    ]
    write(two, prepared(orders(*rows, columns=columns)))
    with two.cursor() as cursor:
        parts = {one.vendor_id: one.status for one in order_parts.of_order(cursor, key(two))}
        assert parts == {"v1": "cancelled", "v2": "placed", None: "placed"}
        row = vendor_orders_store.find(cursor, "v1", order_id)
        assert row is not None
        assert row.status == "cancelled"
        assert [one.quantity for one in vendor_orders_store.lines(cursor, "v1", row)] == [4]


def test_a_vendor_finds_his_lines_and_no_others(two: Store) -> None:
    order_id = place(two, *THREE)
    with two.cursor() as cursor:
        rows = vendor_orders_store.page(cursor, "v1", [], 10, 0)
        assert (rows[0][0].order_id, rows[0][1]) == (order_id, (1, 4, 8.0))
        assert {row.order_id for row, _ in rows} == {order_id, "o1", "o2", "o3"}
        row = vendor_orders_store.find(cursor, "v2", order_id)
        assert row is not None
        assert [line.product_id for line in vendor_orders_store.lines(cursor, "v2", row)] == ["tea"]
        assert vendor_orders_store.find(cursor, "v2", "o2") is None
        assert vendor_orders_store.counts_here(cursor, "v2") == {"placed": 1}
        assert sum(vendor_orders_store.counts_of_data(cursor, "v2").values()) == 1  # o1


def test_orders_placed_before_parts_were_known_get_them(store: Store) -> None:
    write(store, prepared(orders(*LINES), products=GOODS, vendors=VENDORS, stock=STOCK))
    place(store, *THREE, at=ORDERED)
    folder = Path(order_parts.__file__).parent / "schema"
    sql = (folder / "008_vendor_supply.sql").read_text(encoding="utf-8")
    insert = sql[sql.index("INSERT INTO order_parts") :].split(";")[0]

    def again(cursor: object) -> None:
        cursor.execute("DELETE FROM order_parts")  # type: ignore[attr-defined]
        cursor.execute(insert)  # type: ignore[attr-defined]

    before = query(store, "SELECT order_key, vendor_key, status FROM order_parts ORDER BY ALL")
    store.write(again)
    assert query(store, "SELECT order_key, vendor_key, status FROM order_parts ORDER BY ALL") == (
        before
    )
