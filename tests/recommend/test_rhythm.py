"""The weekday on which a shop orders, and what it makes due."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from smartreco.recommend.market import Market
from smartreco.recommend.repurchase import DUE, Repurchase, RepurchaseSettings
from smartreco.recommend.rhythm import FEWEST, next_visit, usual_weekday
from tests.recommend.conftest import TODAY, make_history


@given(st.integers(0, 6), st.integers(19_000, 20_000))
def test_a_shop_of_one_weekday_is_expected_on_it(weekday: int, as_of_day: int) -> None:
    monday = as_of_day - (as_of_day - 4) % 7
    last = monday + weekday - (7 if monday + weekday >= as_of_day else 0)
    days = last - 7 * np.arange(FEWEST + 2)
    found = usual_weekday(np.zeros(len(days), dtype=int), days, 1, as_of_day)
    assert found.tolist() == [weekday]
    (visit,) = next_visit(found, as_of_day)
    assert as_of_day <= visit < as_of_day + 7
    assert (visit - 4) % 7 == weekday


def test_a_shop_that_orders_on_any_day_has_no_weekday() -> None:
    days = TODAY - 1 - np.arange(0, 100, 5)
    assert usual_weekday(np.zeros(len(days), dtype=int), days, 1, TODAY).tolist() == [-1]


def test_a_few_orders_make_no_rhythm() -> None:
    days = TODAY - 7 * np.arange(1, FEWEST)
    assert usual_weekday(np.zeros(len(days), dtype=int), days, 1, TODAY).tolist() == [-1]


def test_several_lines_of_a_day_are_one_order_day() -> None:
    days = np.repeat([TODAY - 1, TODAY - 2, TODAY - 3], 10)
    assert usual_weekday(np.zeros(len(days), dtype=int), days, 1, TODAY).tolist() == [-1]


def test_what_ends_before_the_next_visit_is_due_at_this_one() -> None:
    """Two shops with the same interval; one comes back in six days only."""
    regular = [(0, 0, ago, 1.0) for ago in range(1, 120, 7)]
    irregular = [(1, 0, ago, 1.0) for ago in range(1, 120, 7)]
    scattered = [(1, 1, ago, 1.0) for ago in (3, 5, 10, 13, 18, 20, 24, 26, 31, 33, 38, 41, 47,
                                             52, 55, 60, 62, 68, 74, 76, 82, 88, 90)]  # fmt: skip
    history = make_history(regular + irregular + scattered, shops=2, products=2)
    market = Market.of_history(history)
    assert market.weekday[0] >= 0
    assert market.weekday[1] == -1
    scorer = Repurchase.fit(market, history, RepurchaseSettings())
    due = [
        scorer.explain(market.shops(np.array([at])), np.array([0]))[0].values[DUE, 0]
        for at in (0, 1)
    ]
    assert due[0] > due[1]
