"""Use is spread between orders, and an earlier day knows only the orders before it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.stock.outlook import errors, outlook_of_use, rate
from smartreco.stock.usage import NEVER, Use, use_of


def orders(days: list[int], pieces: list[float], name: str = "tea") -> pd.DataFrame:
    return pd.DataFrame(
        {"product_id": name, "ordered_on": np.array(days, "datetime64[D]"), "quantity": pieces}
    )


def at(use: Use, days: list[int], known: int | list[int] = NEVER) -> list[float]:
    day = np.array([days])
    found: list[float] = use.until(day, np.broadcast_to(np.array(known), day.shape))[0].tolist()
    return found


TEA = use_of(orders([100, 114, 128], [28.0, 14.0, 42.0]))


def test_an_order_is_used_up_by_the_next_one() -> None:
    assert at(TEA, [90, 100, 107, 114, 121, 128]) == [0, 0, 14, 28, 35, 42]


def test_the_last_order_goes_at_the_pace_of_all_before_it_and_no_further() -> None:
    assert at(TEA, [142, 156, 1000]) == [63, 84, 84]  # 42 pieces in 28 days: 1.5 a day


def test_an_earlier_day_knows_only_orders_before_it() -> None:
    assert at(TEA, [121], 121) == [42]  # the second order at the pace of the first: 2 a day
    assert at(TEA, [121], 128) == [42]  # an order of the day itself is not known yet
    assert at(TEA, [121], 129) == [35]
    assert at(TEA, [100, 107], 100) == [0, 0]


def test_a_product_ordered_twice_has_no_pace() -> None:
    two = pd.concat([orders([1, 5], [3, 3], "rice"), orders([100, 114, 128], [1, 1, 1])])
    assert use_of(two).product_ids.tolist() == ["tea"]
    assert len(use_of(two, before=128)) == 0
    assert TEA.known(np.array([[114, 128, 129]])).tolist() == [[False, False, True]]


def test_a_mean_spans_no_more_than_the_products_own_age() -> None:
    week = TEA.mean(np.array([[128, 142]]), 52)[0]
    assert week[0] == pytest.approx(42 / 28)
    assert week[1] == pytest.approx(63 / 42)


def test_use_is_judged_only_until_the_last_order() -> None:
    found = TEA.used(np.array([[114, 121, 122]]), 7)[0]
    assert found[:2].tolist() == [7.0, 7.0]
    assert np.isnan(found[2])


def some_orders(rng: np.random.Generator, products: int) -> pd.DataFrame:
    made = []
    for number in range(products):
        days = np.cumsum(rng.integers(1, 30, rng.integers(3, 12)))
        made.append(orders(days.tolist(), rng.integers(1, 50, len(days)).tolist(), f"p{number}"))
    return pd.concat(made, ignore_index=True)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_what_was_known_on_a_day_does_not_depend_on_what_came_later(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lines = some_orders(rng, 4)
    use, day = use_of(lines), int(rng.integers(60, 250))
    early = use_of(lines, before=day)
    rows = np.isin(use.product_ids, early.product_ids)
    known = np.full((len(use), 5), day)
    days = np.minimum(rng.integers(0, day, (1, 5)), day) + np.zeros((len(use), 1), dtype=int)
    np.testing.assert_allclose(
        use.until(days, known)[rows], early.until(days[rows], known[rows]), atol=1e-9
    )
    assert use.known(known)[:, 0].tolist() == rows.tolist()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_use_grows_and_never_exceeds_what_was_ordered(seed: int) -> None:
    use = use_of(some_orders(np.random.default_rng(seed), 3))
    days = np.arange(400)[None, :] + np.zeros((len(use), 1), dtype=int)
    total = use.until(days, np.full_like(days, NEVER))
    assert (np.diff(total, axis=1) >= -1e-9).all()
    ordered = np.add.reduceat(use.pieces, use.begins[:-1])
    assert (total <= ordered[:, None] + 1e-9).all()


def test_some_products_are_the_same_alone() -> None:
    use = use_of(some_orders(np.random.default_rng(3), 6))
    part, days = use.take(np.array([4, 1])), np.arange(50, 90)[None, :]
    assert part.product_ids.tolist() == [use.product_ids[1], use.product_ids[4]]
    all_days = np.broadcast_to(days, (len(use), 40))
    whole = use.until(all_days, all_days)
    np.testing.assert_allclose(part.until(all_days[:2], all_days[:2]), whole[[1, 4]])


def test_an_outlook_foresees_with_what_was_known_and_is_judged_by_what_came() -> None:
    outlook = outlook_of_use(TEA, 142, 6, span=2)
    assert outlook.asked[0, :4].tolist() == [14.0, 14.0, 7.0, 7.0]
    assert np.isnan(outlook.asked[0, 4:]).all()
    assert np.isnan(outlook.foreseen[0, :5]).all()  # until day 128 there were two orders
    assert outlook.foreseen[0, 5] == pytest.approx(14 * rate(TEA, np.array([[135]]))[0, 0])
    assert outlook.usual(5, 1)[0] == pytest.approx(10.5)


def test_errors_of_sums_are_those_of_their_weeks_together() -> None:
    use = use_of(some_orders(np.random.default_rng(5), 8))
    one, two = errors(use, 120, 2)
    both = one.asked[:, :-1] + one.asked[:, 1:]
    known = np.isfinite(both) & np.isfinite(two.asked[:, :-1])
    assert known.any()
    np.testing.assert_allclose(two.asked[:, :-1][known], both[known])
    told = np.isfinite(one.foreseen)
    np.testing.assert_allclose(two.foreseen[told], 2 * one.foreseen[told])
