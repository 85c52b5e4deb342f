"""What the recommender reads: one row a shop, product and day, in that order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartreco.config import Settings
from smartreco.store import Store
from smartreco.store import history as history_store

EPOCH = date(1970, 1, 1)


def days(day: date) -> int:
    return (day - EPOCH).days


def read(store: Store, *lines: tuple[int, int, int, str, int]) -> pd.DataFrame:
    """Write (order, retailer, product, day, pieces) and read them as purchases."""
    rows = [
        f"({order}, 'l{at}', {shop}, {product}, '{day}', {pieces}, 1.0, 1, {pieces})"
        for at, (order, shop, product, day, pieces) in enumerate(lines)
    ]

    def fill(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute(
            "INSERT INTO retailers SELECT k, 'r' || k, 'Shop', NULL, NULL, NULL, NULL, NULL, NULL,"
            " false, k != 8 FROM (VALUES (3), (8), (40)) t(k)"
        )
        cursor.execute(
            "INSERT INTO products SELECT k, 'p' || k, 'Item', 'Any', NULL, NULL, 1, NULL, NULL,"
            " NULL, true FROM (VALUES (5), (70000)) t(k)"
        )
        cursor.execute(
            "INSERT INTO orders SELECT k, 'o' || k, 3, '2026-01-01',"
            " CASE WHEN k = 9 THEN 'cancelled' ELSE 'placed' END, NULL, NULL FROM range(10) t(k)"
        )
        if rows:
            cursor.execute("INSERT INTO order_lines VALUES " + ", ".join(rows))

    store.write(fill)
    with store.cursor() as cursor:
        return history_store.purchases(cursor)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(Settings(db=tmp_path / "store.duckdb"))


def test_rows_are_positions_in_order_and_a_day_is_one_row(store: Store) -> None:
    found = read(
        store,
        (1, 40, 70000, "2026-02-01", 4),
        (1, 40, 5, "2026-02-01", 7),
        (2, 3, 70000, "2026-01-05", 2),
        (3, 3, 70000, "2026-01-03", 1),
        (4, 3, 70000, "2026-01-05", 5),
    )
    assert found.values.tolist() == [
        [0, 1, days(date(2026, 1, 3)), 1.0],
        [0, 1, days(date(2026, 1, 5)), 7.0],
        [1, 0, days(date(2026, 2, 1)), 7.0],
        [1, 1, days(date(2026, 2, 1)), 4.0],
    ]
    assert list(found.columns) == ["retailer", "product", "day", "quantity"]
    assert [str(one) for one in found.dtypes] == ["int32", "int32", "int32", "float32"]


def test_cancelled_orders_and_shops_that_left_do_not_count(store: Store) -> None:
    found = read(
        store,
        (9, 3, 5, "2026-01-05", 2),
        (1, 8, 5, "2026-01-05", 2),
        (1, 3, 5, "2026-01-06", 2),
    )
    assert found["day"].tolist() == [days(date(2026, 1, 6))]


def test_an_empty_store_has_no_rows(store: Store) -> None:
    found = read(store)
    assert len(found) == 0
    assert found["day"].dtype == np.int32
