"""What is known and what is asked never mix."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.protocol import Cut, Split, cut, with_buyers
from smartreco.recommend.history import History
from tests.evaluation.conftest import make_history

RNG = np.random.default_rng(0)

# days ago 100..20 in training (8 rows), 10 and 5 in the test part
HAND = [
    (0, 0, 100, 1.0), (0, 0, 90, 1.0), (0, 1, 80, 1.0), (0, 3, 70, 1.0),
    (1, 0, 60, 1.0), (1, 1, 50, 1.0), (1, 2, 40, 1.0), (1, 2, 20, 1.0),
    (0, 0, 10, 1.0), (0, 2, 5, 1.0),
]  # fmt: skip


def hand(extra: tuple[tuple[int, int, int, float], ...] = ()) -> History:
    return make_history([*HAND, *extra], shops=3, products=4, active=[True, True, True, False])


def listed(parted: Cut, name: ListName) -> list[list[int]]:
    return [sorted(row) for row in parted.relevant(name).tolil().rows]


def test_a_cut_in_time_parts_the_lines_by_day() -> None:
    parted = cut(hand(), Split.TIME, RNG)
    _, _, day = parted.training.arrays()
    assert len(day) == 8
    assert day.max() < parted.training.as_of_day
    assert parted.test_purchases == 2
    assert parted.shops.tolist() == [0, 1]


def test_each_list_is_asked_for_what_it_may_hold() -> None:
    parted = cut(hand(), Split.TIME, RNG)
    assert listed(parted, ListName.REORDER) == [[0], []]
    assert listed(parted, ListName.DISCOVER) == [[2], []]
    assert listed(parted, ListName.ALL) == [[0, 2], []]


def test_an_inactive_product_is_never_asked_for() -> None:
    parted = cut(hand(extra=((0, 3, 4, 1.0), (0, 1, 30, 1.0))), Split.TIME, RNG)
    assert parted.later.toarray()[0, 3] == 1
    for name in ListName:
        assert 3 not in listed(parted, name)[0]


def test_a_shop_that_ordered_nothing_before_the_cut_is_not_judged() -> None:
    parted = cut(hand(extra=((2, 0, 1, 1.0),)), Split.TIME, RNG)
    assert 2 not in parted.shops


@pytest.mark.parametrize(("last", "known"), [(28, True), (27, False)])
def test_four_weeks_after_the_cut_are_needed_to_judge_a_probability(last: int, known: bool) -> None:
    rows = [(0, 0, 200 + at, 1.0) for at in range(8)] + [(0, 0, last, 1.0), (0, 1, 1, 1.0)]
    parted = cut(make_history(rows), Split.TIME, RNG)
    assert (parted.soon is not None) is known
    if parted.soon is not None:
        assert parted.soon.toarray()[0].tolist() == [1, 1, 0, 0, 0, 0]


def test_soon_ends_after_four_weeks() -> None:
    rows = [(0, 0, 200 + at, 1.0) for at in range(8)] + [(0, 0, 40, 1.0), (0, 1, 12, 1.0)]
    parted = cut(make_history(rows), Split.TIME, RNG)
    assert parted.soon is not None
    assert parted.soon.toarray()[0].tolist() == [1, 0, 0, 0, 0, 0]
    assert parted.later.toarray()[0].tolist() == [1, 1, 0, 0, 0, 0]


def test_a_random_split_keeps_four_fifths_and_knows_the_future(small_history: History) -> None:
    parted = cut(small_history, Split.RANDOM, np.random.default_rng(3))
    rows = len(small_history.purchases)
    assert len(parted.training.purchases) == round(0.8 * rows)
    assert parted.test_purchases == rows - round(0.8 * rows)
    assert parted.training.as_of == small_history.as_of
    assert parted.soon is None


def test_products_with_few_buyers_are_left_out_and_the_rest_keep_their_names() -> None:
    history = make_history(
        [(0, 0, 9, 1.0), (0, 2, 9, 1.0), (1, 2, 8, 1.0), (1, 2, 7, 5.0), (1, 4, 7, 1.0)]
    )
    thinned = with_buyers(history, 2)
    assert thinned.products["product_id"].tolist() == ["item-02"]
    assert thinned.purchases["product"].tolist() == [0, 0, 0]
    assert thinned.purchases["quantity"].tolist() == [1.0, 1.0, 5.0]
    assert thinned.purchases["product"].dtype == history.purchases["product"].dtype
    assert with_buyers(history, 1) is history


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(0, 0, 5, 1.0), (1, 1, 5, 1.0)],
        [(0, 0, 50 + at, 1.0) for at in range(8)] + [(1, 0, 2, 1.0), (1, 0, 1, 1.0)],
    ],
    ids=["no orders", "one day", "another shop after the cut"],
)
def test_what_cannot_be_cut_says_so(rows: list[tuple[int, int, int, float]]) -> None:
    with pytest.raises(NotEnoughDataError, match="before and after"):
        cut(make_history(rows), Split.TIME, RNG)
