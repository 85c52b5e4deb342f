"""Series add up what was ordered, week by week, and stop at the day they are asked from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from smartreco.config import Settings
from smartreco.store import Store
from smartreco.store import series as series_store
from smartreco.store import weekly as weekly_store
from smartreco.store.connection import Cursor
from smartreco.store.series import Span

MONDAY = date(2026, 1, 5)
# order, shop, product, day, pieces; order 9 is cancelled
LINES = (
    (1, 1, 1, "2026-01-03", 99),  # the Saturday before the first full week
    (2, 1, 1, "2026-01-05", 4),
    (3, 2, 1, "2026-01-11", 3),
    (4, 2, 2, "2026-01-12", 5),
    (9, 1, 2, "2026-01-13", 7),
    (5, 1, 2, "2026-01-20", 2),
    (6, 2, 1, "2026-01-27", 8),  # Tuesday: its week is not over
)


def fill(cursor: Cursor) -> None:
    cursor.execute("INSERT INTO vendors VALUES (1, 'v1', 'V', NULL, NULL, NULL, NULL)")
    for key, region in ((1, "'north'"), (2, "NULL")):
        cursor.execute(
            f"INSERT INTO retailers VALUES ({key}, 'r{key}', 'Shop', NULL, {region}, NULL, NULL,"
            " NULL, NULL, false, true)"
        )
    for key, category, vendor, launched in (
        (1, "tea", "1", "NULL"), (2, "tin", "NULL", "NULL"), (3, "tea", "1", "DATE '2026-01-15'"),
        (4, "tea", "1", "NULL"), (5, "tea", "1", "DATE '2027-01-01'"),
    ):  # fmt: skip
        cursor.execute(
            f"INSERT INTO products VALUES ({key}, 'p{key}', 'Item', '{category}', NULL, {vendor},"
            f" 1, NULL, 2.5, {launched}, true)"
        )
    for order, shop, product, day, pieces in LINES:
        status = "cancelled" if order == 9 else "placed"
        cursor.execute(
            f"INSERT INTO orders VALUES ({order}, 'o{order}', {shop}, '{day}', '{status}', NULL,"
            " NULL)"
        )
        cursor.execute(
            f"INSERT INTO order_lines VALUES ({order}, 'l', {shop}, {product}, '{day}', {pieces},"
            f" 1.0, 1, {pieces})"
        )
    weekly_store.rebuild(cursor)
    cursor.execute(
        "INSERT INTO stock_levels VALUES ('vendor', 1, 1, '2026-01-14', 0, 5),"
        " ('vendor', 1, 2, '2026-01-14', 3, 0), ('retailer', 1, 2, '2026-01-14', 0, 0),"
        " ('vendor', 1, 1, '2026-02-20', 0, 0)"
    )
    cursor.execute("INSERT INTO calendar VALUES ('Diwali', '2026-11-08')")


@pytest.fixture
def cursor(tmp_path: Path) -> Iterator[Cursor]:
    store = Store.open(Settings(db=tmp_path / "store.duckdb"))
    store.write(fill)
    with store.cursor() as opened:
        yield opened
    store.close()


@pytest.fixture
def known(cursor: Cursor) -> Span:
    found = series_store.span(cursor)
    assert found is not None
    return found


def test_only_full_weeks_count(known: Span) -> None:
    assert known == Span(MONDAY, date(2026, 1, 26))
    assert known.weeks == 3


def test_a_day_in_the_past_hides_what_followed(cursor: Cursor) -> None:
    found = series_store.span(cursor, date(2026, 1, 20))
    assert found == Span(MONDAY, date(2026, 1, 19))
    frame = series_store.weekly(cursor, "total", found)
    assert frame.values.tolist() == [["total", 0, 7.0], ["total", 1, 5.0]]
    assert series_store.span(cursor, date(2026, 1, 11)) is None
    assert series_store.span(cursor, date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        ("total", {("total", 0): 7, ("total", 1): 5, ("total", 2): 2}),
        ("category", {("tea", 0): 7, ("tin", 1): 5, ("tin", 2): 2}),
        ("vendor", {("v1", 0): 7, ("unknown", 1): 5, ("unknown", 2): 2}),
        ("region", {("north", 0): 4, ("unknown", 0): 3, ("unknown", 1): 5, ("north", 2): 2}),
        ("retailer", {("r1", 0): 4, ("r2", 0): 3, ("r2", 1): 5, ("r1", 2): 2}),
        ("product", {("p1", 0): 7, ("p2", 1): 5, ("p2", 2): 2}),
        ("retailer_product", {("r1/p1", 0): 4, ("r2/p1", 0): 3, ("r2/p2", 1): 5,
                              ("r1/p2", 2): 2}),
    ],
)  # fmt: skip
def test_weeks_add_up_without_cancelled_orders(
    cursor: Cursor, known: Span, level: str, wanted: dict[tuple[str, int], float]
) -> None:
    frame = series_store.weekly(cursor, level, known)
    found = {(one.id, one.period): one.quantity for one in frame.itertuples() if one.quantity}
    assert found == wanted


def test_days_add_up_without_cancelled_orders(cursor: Cursor) -> None:
    frame = series_store.daily(cursor, "product", MONDAY, date(2026, 1, 20))
    assert frame.values.tolist() == [["p1", 0, 4.0], ["p1", 6, 3.0], ["p2", 7, 5.0]]


def test_only_an_empty_shelf_of_the_vendor_hides_demand(cursor: Cursor, known: Span) -> None:
    assert series_store.stock_outs(cursor, known).values.tolist() == [["p1", 1]]


def test_products_are_those_sold_or_launched_before_the_day(cursor: Cursor, known: Span) -> None:
    frame = series_store.products(cursor, known).set_index("product_id")
    assert frame.index.tolist() == ["p1", "p2", "p3"]  # p4 was never launched, p5 will be
    assert frame.loc["p2", "vendor_id"] == "unknown"
    assert frame["first_week"].isna().tolist() == [False, False, True]


def test_a_matrix_has_zeros_where_nothing_was_sold(cursor: Cursor, known: Span) -> None:
    frame = series_store.weekly(cursor, "product", known)
    found = series_store.matrix(frame, np.array(["p2", "p9"]), known.weeks)
    assert found.tolist() == [[0, 5, 2], [0, 0, 0]]


def test_festivals_are_read_by_day(cursor: Cursor) -> None:
    assert series_store.festivals(cursor)["festival"].tolist() == ["Diwali"]


def test_what_filters_leave_is_added_up_by_product(cursor: Cursor, known: Span) -> None:
    def pieces(**chosen: tuple[str, ...]) -> list[list[object]]:
        return series_store.chosen_weekly(cursor, known, chosen).to_numpy().tolist()

    assert pieces() == [["p1", 0, 7.0], ["p2", 1, 5.0], ["p2", 2, 2.0]]
    assert pieces(region=("north",)) == [["p1", 0, 4.0], ["p2", 1, 0.0], ["p2", 2, 2.0]]
    assert pieces(region=("unknown",), vendor=("v1",)) == [["p1", 0, 3.0]]
    assert pieces(region=(), retailer=("r1", "r2"), product=("p2",)) == pieces(category=("tin",))
    assert pieces(city=("nowhere",)) == []
    assert series_store.shops_by_region(cursor) == {"north": 1, "unknown": 1}
