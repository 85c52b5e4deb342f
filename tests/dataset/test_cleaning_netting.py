"""Returns are taken off the latest earlier lines, whatever the order of rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.dataset.cleaning import net_returns

Event = tuple[int, int, int]  # pair, day, quantity


def frame(events: list[Event]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "pair": [pair for pair, _, _ in events],
            "ordered_at": pd.Timestamp("2026-01-01")
            + pd.to_timedelta([day for _, day, _ in events], unit="D"),
            "order_id": [f"o{at:03}" for at in range(len(events))],
            "line_id": "1",
            "quantity": [quantity for _, _, quantity in events],
        }
    )


def by_stack(events: list[Event]) -> list[int]:
    """The same by a plain loop: a stack of lines per pair."""
    left = [0] * len(events)
    order = sorted(range(len(events)), key=lambda at: (*events[at][:2], events[at][2] < 0, at))
    stacks: dict[int, list[int]] = {}
    for at in order:
        pair, _, quantity = events[at]
        stack = stacks.setdefault(pair, [])
        if quantity > 0:
            left[at] = quantity
            stack.append(at)
            continue
        wanted = -quantity
        while wanted and stack:
            taken = min(wanted, left[stack[-1]])
            left[stack[-1]] -= taken
            wanted -= taken
            if left[stack[-1]] == 0:
                stack.pop()
        left[at] = wanted
    return left


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 6), st.integers(-9, 9).filter(lambda quantity: quantity)
    ),
    min_size=1, max_size=40,
)  # fmt: skip


@given(EVENTS)
@settings(max_examples=80, deadline=None)
def test_the_arithmetic_equals_a_plain_stack(events: list[Event]) -> None:
    assert net_returns(frame(events)).tolist() == by_stack(events)


@given(EVENTS, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_does_not_matter(events: list[Event], random: object) -> None:
    table = frame(events)
    shuffled = table.sample(frac=1, random_state=random.randint(0, 2**31))  # type: ignore[attr-defined]
    left = pd.Series(net_returns(shuffled), index=shuffled.index).sort_index()
    assert left.tolist() == net_returns(table).tolist()


def test_a_return_before_any_line_finds_none() -> None:
    assert net_returns(frame([(0, 0, -5), (0, 1, 5)])).tolist() == [5, 5]


def test_a_giant_order_that_was_reversed_vanishes() -> None:
    assert net_returns(frame([(0, 0, 12), (0, 5, 80995), (0, 5, -80995)])).tolist() == [12, 0, 0]


def test_large_numbers_do_not_overflow() -> None:
    many = [(0, day, 1_000_000) for day in range(300)] + [(0, 300, -200_000_000)]
    left = net_returns(frame(many))
    assert left[:100].sum() == 100_000_000
    assert np.array_equal(left[100:300], np.zeros(200))
