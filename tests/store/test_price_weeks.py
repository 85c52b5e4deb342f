"""Promotions are read for the weeks whose middle they hold, planned ones too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.store import Store, price_weeks

MONDAY = date(2026, 1, 5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(Settings(db=tmp_path / "x.duckdb", memory_limit="256MB", threads=1))

    def fill(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute(
            "INSERT INTO products VALUES"
            " (1, 'p1', 'P', 'tea', NULL, NULL, 1, NULL, 9.0, NULL, true)"
        )
        cursor.execute(
            "INSERT INTO promotions VALUES (1, DATE '2026-01-15', DATE '2026-01-23', 0.1),"
            " (1, DATE '2026-01-19', DATE '2026-01-25', 0.2),"
            " (1, DATE '2026-03-02', DATE '2026-03-08', 0.3)"
        )

    opened.write(fill)
    yield opened
    opened.close()


def test_the_deepest_promotion_of_a_weeks_middle_counts(store: Store) -> None:
    with store.cursor() as cursor:
        found = price_weeks.plans(cursor, MONDAY, 9)
        assert found.to_dict("list") == {
            "id": ["p1"] * 3, "period": [1, 2, 8], "quantity": [0.1, 0.2, 0.3],
        }  # fmt: skip
        assert len(price_weeks.plans(cursor, MONDAY, 8)) == 2
        assert price_weeks.planned_until(cursor) == date(2026, 3, 2)


def test_without_promotions_nothing_is_planned(store: Store) -> None:
    store.write(lambda cursor: cursor.execute("DELETE FROM promotions"))
    with store.cursor() as cursor:
        assert price_weeks.planned_until(cursor) is None
        assert price_weeks.plans(cursor, MONDAY, 4).empty
