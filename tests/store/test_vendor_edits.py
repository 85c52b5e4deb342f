"""What vendors type holds against imports that repeat the past, and gives way to news."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from smartreco.store import Store, data_edits, dataset, free_stock, promotion_edits
from smartreco.store import vendor_counts as counts_store
from smartreco.store.promotion_edits import Promotion
from tests.store.imports import LINES, orders, prepared, query, write

NOW = datetime(2026, 6, 3, 9)
GOODS = [("rice", "Rice", "Food", "v1", 12, 3.0), ("tea", "Tea", "Food", "v1", 6, 5.0)]
SUMMER = Promotion("rice", date(2026, 7, 1), date(2026, 7, 14), 0.2)


def imported(
    store: Store, goods: list[tuple[object, ...]] | None = None, on_hand: int = 50,
    day: str = "2026-05-12",
) -> bool:  # fmt: skip
    """Import the same data again, or others; whether anything changed."""
    columns = ["product_id", "name", "category", "vendor_id", "case_size", "list_price"]
    stock = pd.DataFrame(
        [("vendor", "v1", "rice", day, on_hand, 24)],
        columns=["holder_kind", "holder_id", "product_id", "at", "on_hand", "on_order"],
    )
    promotions = pd.DataFrame([SUMMER], columns=["product_id", "starts_on", "ends_on", "depth"])
    vendors = pd.DataFrame([("v1", "Vendor", 5)], columns=["vendor_id", "name", "lead_time_days"])
    frames = {
        "products": pd.DataFrame(goods or GOODS, columns=columns), "vendors": vendors,
        "stock": stock, "promotions": promotions,
    }  # fmt: skip
    return write(store, prepared(orders(*LINES), **frames)).changed


def count(store: Store, pieces: int, at: datetime = NOW) -> tuple[counts_store.Before, ...]:
    return store.write(
        lambda cursor: counts_store.put(
            cursor, counts_store.key_of(cursor, "v1"), {"rice": (pieces, 0)}, date(2026, 5, 12),
            "vik", at,
        )
    )  # fmt: skip


def on_hand(store: Store) -> int:
    with store.cursor() as cursor:
        return int(free_stock.stock(cursor, ["rice"])["on_hand"].iloc[0])


def product(store: Store) -> dict[str, object]:
    with store.cursor() as cursor:
        return data_edits.read(cursor, "product", "rice")


def test_a_typed_count_stays_for_its_day_and_gives_way_to_a_later_one(store: Store) -> None:
    imported(store)
    count(store, 33)
    assert on_hand(store) == 33
    assert not imported(store)  # the same export once more adds nothing
    assert on_hand(store) == 33
    assert imported(store, on_hand=70, day="2026-05-20")
    assert on_hand(store) == 70


def test_undo_brings_each_earlier_count_back(store: Store) -> None:
    imported(store)
    first = count(store, 33)
    later = datetime(2026, 6, 3, 10)
    second = count(store, 20, later)
    assert [row[:3] for row in first] == [("rice", 50, 24)]
    assert [row[:4] for row in second] == [("rice", 33, 0, "vik")]

    def undo(at: datetime, before: tuple[counts_store.Before, ...]) -> int:
        return store.write(
            lambda cursor: counts_store.take_back(
                cursor, counts_store.key_of(cursor, "v1"), ["rice"], date(2026, 5, 12), at, before
            )
        )

    assert undo(NOW, first) == 0  # counted again since
    assert undo(later, second) == 1
    assert on_hand(store) == 33
    assert undo(NOW, first) == 1
    assert on_hand(store) == 50
    assert query(store, "SELECT count(*) FROM vendor_counts") == [(0,)]
    assert query(store, "SELECT on_order FROM stock_levels") == [(24,)]


def test_an_edit_stays_while_imports_repeat_the_old_value(store: Store) -> None:
    imported(store)
    changes = {"list_price": 3.5, "name": "Fine rice", "active": False, "case_size": 10}
    store.write(lambda cursor: data_edits.write(cursor, "product", "rice", changes, "vik", NOW))
    assert not imported(store)
    assert product(store) == {**changes, "unit_cost": None}
    with store.cursor() as cursor:
        told = {
            one.field: (one.old, one.new) for one in data_edits.edits(cursor, "product", "rice")
        }
    assert told["list_price"] == (3.0, 3.5)
    assert told["active"] == (True, False)


def test_an_import_that_says_something_new_takes_the_edits_place(store: Store) -> None:
    imported(store)
    store.write(
        lambda cursor: data_edits.write(
            cursor, "product", "rice", {"list_price": 3.5, "name": "Fine rice"}, "vik", NOW
        )
    )
    imported(store, [("rice", "Rice", "Food", "v1", 12, 4.0), GOODS[1]])
    assert (product(store)["list_price"], product(store)["name"]) == (4.0, "Fine rice")
    with store.cursor() as cursor:
        assert [one.field for one in data_edits.edits(cursor, "product", "rice")] == ["name"]


def test_a_file_without_case_sizes_says_nothing_of_an_edited_one(store: Store) -> None:
    imported(store)
    store.write(
        lambda cursor: data_edits.write(cursor, "product", "rice", {"case_size": 10}, "vik", NOW)
    )
    single = [(*row[:4], 1, row[5]) for row in GOODS]
    imported(store, single)
    assert product(store)["case_size"] == 10
    with store.cursor() as cursor:
        assert len(data_edits.edits(cursor, "product", "rice")) == 1


def test_an_edit_back_to_the_imported_value_is_none_any_more(store: Store) -> None:
    imported(store)
    for price in (3.5, 3.0):
        store.write(
            lambda cursor, price=price: data_edits.write(  # type: ignore[misc]
                cursor, "product", "rice", {"list_price": price}, "vik", NOW
            )
        )
    assert query(store, "SELECT count(*) FROM data_edits") == [(0,)]


@pytest.mark.parametrize("after", [None, SUMMER._replace(ends_on=date(2026, 7, 7))])
def test_an_import_does_not_bring_a_promotion_back(store: Store, after: Promotion | None) -> None:
    imported(store)
    store.write(lambda cursor: promotion_edits.replace(cursor, SUMMER, after, "vik", NOW))

    def there() -> list[Promotion]:
        with store.cursor() as cursor:
            return [one for one, _, _ in promotion_edits.every(cursor, "v1")]

    assert there() == ([] if after is None else [after])
    assert not imported(store)
    assert there() == ([] if after is None else [after])
    store.write(lambda cursor: promotion_edits.replace(cursor, after, SUMMER, "vik", NOW))
    assert there() == [SUMMER]


def test_promotions_are_news_to_forecasts_and_counts_of_now_are_not(store: Store) -> None:
    imported(store)

    def version() -> int:
        with store.cursor() as cursor:
            return dataset.imported_version(cursor)

    before = version()
    count(store, 0)
    assert version() == before
    store.write(
        lambda cursor: counts_store.put(
            cursor, counts_store.key_of(cursor, "v1"), {"rice": (0, 0)}, date(2026, 5, 5), "vik",
            NOW,
        )
    )  # fmt: skip
    held_back = version()
    assert held_back > before  # in a week that forecasts know
    store.write(lambda cursor: promotion_edits.replace(cursor, SUMMER, None, "vik", NOW))
    assert version() > held_back
