"""Habits, rhythms and quantities against numbers that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.recommend.habits import FOREVER, Habits
from smartreco.recommend.history import History
from smartreco.recommend.quantity import typical_quantity
from tests.recommend.conftest import TODAY, make_history

HISTORY = make_history(
    [
        (0, 0, 60, 12), (0, 0, 20, 12), (0, 0, 10, 24),  # every 10 to 40 days
        (0, 1, 5, 7),
        (2, 1, 180, 6), (2, 1, 120, 6),
    ],
    case_size=[12, 6, 6, 6, 6, 6],
)  # fmt: skip


def row(habits: Habits, shop: int, product: int) -> int:
    return int(np.flatnonzero((habits.shop == shop) & (habits.product == product))[0])


def test_orders_are_counted_whole_and_by_age() -> None:
    habits = Habits.of_history(HISTORY)
    at = row(habits, 0, 0)
    assert habits.counts(FOREVER)[at] == 3
    assert habits.counts(20.0)[at] == pytest.approx(2**-3 + 2**-1 + 2**-0.5)
    assert habits.last[at] == TODAY - 10
    assert habits.start.tolist() == [0, 2, 2, 3, 3]


def test_a_rhythm_is_drawn_towards_that_of_the_category() -> None:
    habits = Habits.of_history(HISTORY)
    own, category = 25.0, 25.0  # median of the gaps 40 and 10; no other gaps in the shop
    assert habits.cadence[row(habits, 0, 0)] == pytest.approx((2 * own + 2 * category) / 4)
    assert habits.cadence[row(habits, 0, 1)] == pytest.approx(category)
    assert habits.cadence[row(habits, 2, 1)] == pytest.approx(60)


def test_nothing_ordered_twice_has_no_rhythm() -> None:
    habits = Habits.of_history(make_history([(0, 0, 5, 1), (1, 2, 9, 1)]))
    assert np.isnan(habits.cadence).all()


def test_the_usual_quantity_is_the_median_in_whole_cases_where_cases_are_bought() -> None:
    habits = Habits.of_history(HISTORY)
    assert habits.quantity[row(habits, 0, 0)] == 12
    assert habits.quantity[row(habits, 0, 1)] == 7  # not a case of 6: bought by the piece
    assert habits.quantity[row(habits, 2, 1)] == 6


def test_only_the_latest_orders_decide_the_quantity() -> None:
    old = [(0, 0, 200 + day, 60.0) for day in range(20)]
    new = [(0, 0, 1 + day, 6.0) for day in range(8)]
    assert Habits.of_history(make_history(old + new)).quantity.tolist() == [6]


def test_newcomers_to_a_product_start_with_what_its_buyers_take() -> None:
    product, quantity = np.array([0, 0, 0, 1]), np.array([12, 24, 60, 1])
    assert typical_quantity(product, quantity, np.array([12, 6, 4])).tolist() == [24, 6, 4]


def test_a_selection_of_shops_is_their_rows_in_the_asked_order() -> None:
    habits = Habits.of_history(HISTORY)
    some = habits.of(np.array([2, 1, 0]))
    assert some.start.tolist() == [0, 1, 1, 3]
    assert some.product.tolist() == [1, 0, 1]
    assert some.bought(6).sum() == 3


def test_without_a_product_is_as_if_it_had_never_been_ordered() -> None:
    habits = Habits.of_history(HISTORY)
    without = habits.without(np.array([1]))
    left = HISTORY.purchases[HISTORY.purchases["product"] != 1]
    again = Habits.of_history(History(HISTORY.retailers, HISTORY.products, left, HISTORY.as_of))
    assert without.start.tolist() == again.start.tolist()
    assert without.product.tolist() == again.product.tolist()
    assert without.recent == pytest.approx(again.recent)


def test_rows_of_products_are_found_or_said_to_be_missing() -> None:
    shop = Habits.of_history(HISTORY).of(np.array([0]))
    assert shop.row_of(np.array([1, 5, 0])).tolist() == [1, -1, 0]
    nobody = Habits.of_history(HISTORY).of(np.array([1]))
    assert nobody.row_of(np.array([0])).tolist() == [-1]


def test_what_came_later_is_not_known() -> None:
    with_future = make_history([(0, 0, 40, 6), (0, 0, 3, 6)])
    past = with_future.before(with_future.as_of.replace(day=1, month=5))
    assert Habits.of_history(past).times.tolist() == [1]
