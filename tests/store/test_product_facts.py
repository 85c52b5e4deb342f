"""What the store knows of one product for one shop."""

from __future__ import annotations

from datetime import date

import pytest

from smartreco.store import Store, weekly
from smartreco.store import product_facts as facts

MONDAY = date(2026, 6, 1)
# order, shop, product, day, pieces, price, status
LINES = (
    (1, 0, 0, date(2026, 5, 4), 6, 9.0, "delivered"),
    (2, 0, 0, date(2026, 6, 3), 10, 12.0, "delivered"),
    (2, 0, 0, date(2026, 6, 3), 10, 10.0, "delivered"),  # a second line of the same order
    (3, 0, 0, date(2026, 6, 4), 99, 1.0, "cancelled"),
    (4, 1, 0, date(2026, 6, 9), 7, 12.0, "delivered"),
    (5, 0, 1, date(2026, 6, 9), 5, 12.0, "delivered"),
)


@pytest.fixture
def filled(store: Store) -> Store:
    def work(cursor) -> None:  # type: ignore[no-untyped-def]
        cursor.execute("INSERT INTO vendors VALUES (0, 'V1', 'Nila', NULL, NULL, 4, 500)")
        for key in (0, 1):
            cursor.execute(
                "INSERT INTO retailers VALUES (?, ?, ?, '', '', '', 0, 0, NULL, true, true)",
                [key, f"R{key}", f"Shop {key}"],
            )
            cursor.execute(
                "INSERT INTO products VALUES (?, ?, 'Tea', 'Tea', NULL, 0, 6, 1, 11.5, NULL, true)",
                [key, f"P{key}"],
            )
        for at, (order, shop, product, day, pieces, price, status) in enumerate(LINES):
            if not any(one[0] == order for one in LINES[:at]):
                cursor.execute(
                    "INSERT INTO orders VALUES (?, ?, ?, ?, ?, NULL, NULL)",
                    [order, f"O{order}", shop, day, status],
                )
            cursor.execute(
                "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)",
                [order, str(at), shop, product, day, pieces, price, pieces],
            )
        for depth, start, end in ((0.1, 1, 30), (0.25, 8, 14), (0.5, 20, 25)):
            cursor.execute(
                "INSERT INTO promotions VALUES (0, ?, ?, ?)",
                [date(2026, 6, start), date(2026, 6, end), depth],
            )
        weekly.rebuild(cursor)

    store.write(work)
    return store


def test_own_orders_are_one_row_an_order_without_cancelled_ones(filled: Store) -> None:
    with filled.cursor() as cursor:
        own = facts.own_orders(cursor, "R0", "P0")
    assert [(one.order_id, one.ordered_on, one.quantity, one.unit_price) for one in own] == [
        ("O2", date(2026, 6, 3), 20, 11.0),
        ("O1", date(2026, 5, 4), 6, 9.0),
    ]


def test_the_deepest_promotion_of_the_day_counts(filled: Store) -> None:
    with filled.cursor() as cursor:
        found = facts.promotion(cursor, "P0", date(2026, 6, 10))
        assert found is not None
        assert (found.depth, found.ends_on) == (0.25, date(2026, 6, 14))
        assert facts.promotion(cursor, "P0", date(2026, 7, 1)) is None
        assert facts.promotion(cursor, "P1", date(2026, 6, 10)) is None


def test_the_market_adds_all_shops_up_and_leaves_cancelled_orders_out(filled: Store) -> None:
    with filled.cursor() as cursor:
        weeks = facts.all_shops(cursor, "R0", "P0", MONDAY)
        others = facts.other_shops(cursor, "R0", "P0", MONDAY)
    assert weeks["quantity"].tolist() == [20, 7]
    assert weeks["others"].tolist() == [0, 1]  # R0 itself is not counted
    assert others == 1


def test_terms_are_the_vendors_and_nothing_is_known_of_no_product(filled: Store) -> None:
    with filled.cursor() as cursor:
        known = facts.facts(cursor, "P0")
        unknown = facts.facts(cursor, "P9")
    assert (known.list_price, known.lead_time_days, known.min_order_value) == (11.5, 4, 500)
    assert unknown.list_price is None
