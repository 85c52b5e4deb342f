"""A count is carried to today: deliveries come in, use goes off, orders are on the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.stock.counting import FARTHEST, STALE, Counted, Now, Ordered, carried

TODAY = 1000


def counted(
    pieces: float, ago: int, lead: float = 5.0, on_order: float = 0.0, entered: float = -np.inf
) -> Counted:
    return Counted(
        np.array([pieces]), np.array([on_order]), np.array([TODAY - ago]), np.array([lead]),
        np.array([entered]),
    )  # fmt: skip


def ordered(
    *rows: tuple[int, float], dated: int = -1, delivered: bool = False, told: float = np.nan
) -> Ordered:
    """Rows of days ago and pieces."""
    n = len(rows)
    return Ordered(
        np.zeros(n, dtype=np.int64),
        np.array([TODAY - ago for ago, _ in rows], dtype=np.int64),
        np.full(n, dated, dtype=np.int64), np.full(n, delivered),
        np.array([pieces for _, pieces in rows]), np.full(n, told),
    )  # fmt: skip


def now(count: Counted, orders: Ordered, daily: float = 0.0) -> tuple[float, float]:
    found: Now = carried(count, orders, np.array([daily]), TODAY)
    return float(found.on_hand[0]), float(found.on_order[0])


def test_a_delivery_told_after_the_count_of_its_day_comes_on_top_of_it() -> None:
    came = ordered((3, 6.0), dated=TODAY, delivered=True, told=500.0)
    assert now(counted(10, 0), came) == (16, 0)  # came with the data: knows of no delivery here
    assert now(counted(10, 0, entered=499.0), came) == (16, 0)
    assert now(counted(10, 0, entered=501.0), came) == (10, 0)
    untold = ordered((3, 6.0), dated=TODAY, delivered=True)
    assert now(counted(10, 0), untold) == (10, 0)


def test_a_count_of_today_is_what_is_there() -> None:
    assert now(counted(40, 0), ordered(), daily=3.0) == (40, 0)


def test_use_goes_off_each_day_since_and_never_below_zero() -> None:
    assert now(counted(40, 10), ordered(), daily=3.0) == (10, 0)
    assert now(counted(40, 20), ordered(), daily=3.0) == (0, 0)


def test_an_order_is_on_the_way_until_its_lead_time_has_passed() -> None:
    assert now(counted(40, 10), ordered((4, 12.0))) == (40, 12)
    assert now(counted(40, 10), ordered((5, 12.0))) == (52, 0)


def test_what_had_arrived_by_the_count_is_part_of_it() -> None:
    assert now(counted(40, 10), ordered((15, 12.0))) == (40, 0)
    assert now(counted(40, 10), ordered((14, 12.0))) == (52, 0)  # came the day after the count


def test_a_dated_delivery_counts_on_its_day() -> None:
    assert now(counted(40, 10), ordered((8, 12.0), dated=TODAY)) == (52, 0)
    assert now(counted(40, 10), ordered((8, 12.0), dated=TODAY - 10)) == (40, 0)
    assert now(counted(40, 0), ordered((1, 12.0), delivered=True)) == (40, 0)  # in the count


def test_what_arrives_after_the_shelf_is_empty_is_not_eaten_backwards() -> None:
    on_hand, _ = now(
        counted(6, 10), ordered((7, 12.0)), daily=3.0
    )  # empty on day 2, comes on day 8
    assert on_hand == pytest.approx(12 - 3 * 3)


def test_more_on_order_than_orders_tell_arrives_after_the_lead_time() -> None:
    assert now(counted(40, 2, on_order=20), ordered()) == (40, 20)
    assert now(counted(40, 6, on_order=20), ordered()) == (60, 0)
    assert now(counted(40, 2, on_order=20), ordered((3, 20.0))) == (40, 20)  # the same pieces


def test_what_is_on_the_way_is_known_by_the_day_it_arrives() -> None:
    orders = ordered((4, 12.0), (2, 6.0))
    found = carried(counted(40, 10, on_order=0), orders, np.array([0.0]), TODAY)
    assert found.coming.tolist() == [[12.0, 0.0, 6.0]]  # tomorrow, and in three days
    dated = carried(counted(40, 1), ordered((0, 5.0), dated=TODAY + 9999), np.zeros(1), TODAY)
    assert (dated.coming.shape[1], dated.on_order[0]) == (FARTHEST, 5.0)


def test_an_old_count_tells_nothing() -> None:
    assert np.isnan(now(counted(40, STALE + 1), ordered())[0])
    assert np.isnan(now(counted(np.nan, 3), ordered((1, 5.0)))[1])


@settings(max_examples=60, deadline=None)
@given(
    pieces=st.integers(0, 100), ago=st.integers(0, 60), daily=st.floats(0, 5),
    rows=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 50)), max_size=6),
)  # fmt: skip
def test_no_piece_is_counted_twice_or_lost(
    pieces: int, ago: int, daily: float, rows: list[tuple[int, int]]
) -> None:
    orders = ordered(*[(days, float(many)) for days, many in rows])
    still = now(counted(pieces, ago), orders)
    since = sum(many for days, many in rows if days - 5 < ago)
    assert sum(still) == pytest.approx(pieces + since)
    used = now(counted(pieces, ago), orders, daily)
    assert used[1] == still[1]
    assert max(still[0] - daily * ago, 0) - 1e-6 <= used[0] <= still[0] + 1e-6
