"""Returns and cancellations undo known lines, whatever file they come in."""

from __future__ import annotations

import random

import pytest

from smartreco.config import Settings
from smartreco.errors import InputError
from smartreco.store import Store
from tests.store.imports import (
    COLUMNS,
    LINES,
    RETURN,
    lines,
    orders,
    prepared,
    query,
    take,
    write,
)


def test_a_return_in_a_later_file_undoes_known_lines(store: Store) -> None:
    take(store, *LINES)
    take(store, RETURN)
    assert ("o1", "rice#1", "s1", "rice", 8, 10, 2.0) in lines(store)
    assert query(store, "SELECT status FROM orders WHERE order_id = 'o3'") == [("cancelled",)]
    assert query(store, "SELECT ordered_quantity FROM cancelled_lines") == [(6,)]


def test_a_file_without_the_return_does_not_bring_the_pieces_back(store: Store) -> None:
    take(store, *LINES)
    take(store, RETURN)
    outcome = take(store, *LINES)
    assert outcome.unchanged == 4
    assert sum(row[4] for row in lines(store)) == 8 + 5 + 7  # type: ignore[misc]


def test_returns_alone_start_no_data_set(store: Store) -> None:
    with pytest.raises(InputError, match="at least one order line"):
        take(store, RETURN)


def test_a_return_that_came_before_its_line_is_netted_when_the_line_comes(store: Store) -> None:
    take(store, RETURN, LINES[2])
    take(store, *LINES)
    assert sum(row[4] for row in lines(store)) == 8 + 5 + 7  # type: ignore[misc]


def test_a_line_that_is_cancelled_later_goes_and_can_come_back(store: Store) -> None:
    columns = [*COLUMNS, "status"]
    write(store, prepared(orders(*((*row, "placed") for row in LINES), columns=columns)))
    cancelled = orders((*LINES[2], "cancelled"), (*LINES[3], "delivered"), columns=columns)
    outcome = write(store, prepared(cancelled))
    assert (outcome.replaced, outcome.unchanged) == (1, 1)
    statuses = dict(query(store, "SELECT order_id, status FROM orders"))
    assert statuses == {"o1": "placed", "o2": "cancelled", "o3": "delivered"}
    assert len(lines(store)) == 3
    again = orders((*LINES[2], "delivered"), columns=columns)
    write(store, prepared(again))
    assert len(lines(store)) == 4
    assert dict(query(store, "SELECT order_id, status FROM orders"))["o2"] == "delivered"


def exports(seed: int) -> tuple[list[tuple[object, ...]], list[list[tuple[object, ...]]]]:
    """Lines and returns of two shops, whole and cut into two overlapping exports."""
    draw = random.Random(seed)  # noqa: S311
    table: list[tuple[object, ...]] = [("o", "s9", "salt", "2026-04-30", 1, 2.0)]
    for at in range(draw.randint(2, 30)):
        shop, product = f"s{draw.randint(0, 1)}", draw.choice(["rice", "tea"])
        quantity = draw.choice([-9, -4, -1, 2, 5, 8])
        table.append((f"o{at:02}", shop, product, f"2026-05-{at + 1:02}", quantity, 2.0))
    cut = draw.randint(1, len(table))
    parts = [table[:cut], [table[0], *table[max(1, cut - draw.randint(0, cut)) :]]]
    return table, parts[:: draw.choice([1, -1])]


@pytest.mark.parametrize("seed", range(3))
def test_two_overlapping_exports_end_where_one_would_have(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    table, parts = exports(seed)
    folder = tmp_path_factory.mktemp("stores")
    whole, split = (Store.open(Settings(db=folder / f"{name}.duckdb")) for name in ("one", "two"))
    take(whole, *table)
    for part in parts:
        take(split, *part)
    assert lines(split) == lines(whole)
    for sql in (
        "SELECT order_id, status FROM orders ORDER BY ALL",
        "SELECT order_id, line_id, quantity FROM returned_lines ORDER BY ALL",
        "SELECT week, retailer_id, product_id, quantity, value, lines FROM weekly_sales "
        "JOIN retailers USING (retailer_key) JOIN products USING (product_key) ORDER BY ALL",
    ):
        assert query(split, sql) == query(whole, sql)
    whole.close()
    split.close()


def test_a_return_does_not_find_lines_that_were_cancelled_by_their_status(store: Store) -> None:
    columns = [*COLUMNS, "status"]
    first = orders((*LINES[0], "cancelled"), (*LINES[3], "delivered"), columns=columns)
    write(store, prepared(first))
    take(store, RETURN)
    assert lines(store) == []
    withdrawn = query(store, "SELECT ordered_quantity, by_status FROM cancelled_lines ORDER BY ALL")
    assert withdrawn == [(6, False), (10, True)]
    take(store, ("r1", "s1", "rice", "2026-05-12 09:00", -1, 2.0), LINES[2])
    assert ("o3", "rice#1", "s1", "rice", 5, 6, 2.0) in lines(store)
