"""What makes a list quick must not make it another list."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.recommend.due import due
from smartreco.recommend.engine import Model
from smartreco.recommend.market import Market
from smartreco.recommend.mixing import dense_rows, mix_rows
from smartreco.recommend.recent import Recent
from smartreco.recommend.rules import Rules
from smartreco.recommend.succession import Succession
from tests.recommend.conftest import TODAY, make_history


def test_a_second_look_at_a_shop_is_the_first(small_model: Model) -> None:
    for name in ListName:
        for basket in ((), ("item-10",), ("item-10", "item-11"), ()):
            seen = small_model.recommend("shop-04", name, basket=basket)
            assert seen == replace(small_model).recommend("shop-04", name, basket=basket)


def test_what_was_found_for_a_shop_is_not_taken_for_its_what_if(small_model: Model) -> None:
    bought = small_model.recommend("shop-04", ListName.REORDER)[0].product_id
    less = small_model.without("shop-04", bought)
    listed = {line.product_id for line in less.recommend("shop-04", ListName.REORDER, 60)}
    assert bought not in listed
    assert small_model.recommend("shop-04", ListName.REORDER)[0].product_id == bought


def test_something_is_worked_out_once_for_the_same_owner_only(small_model: Model) -> None:
    shop, calls = small_model.market.shops(np.array([3])), []

    def work() -> int:
        calls.append(1)
        return len(calls)

    first, second = object(), object()
    assert [shop.once("it", work, one) for one in (first, first, second)] == [1, 1, 2]
    assert shop.with_basket(np.array([1])).once("it", work, second) == 2
    assert shop.without(np.array([1])).once("it", work, second) == 3
    many = small_model.market.shops(np.array([3, 4]))
    assert [many.once("it", work, first) for _ in range(2)] == [4, 5]


def test_the_answers_asked_for_latest_are_held() -> None:
    recent: Recent[str, str] = Recent(2)
    for key in ("a", "b", "a", "c"):
        recent.get(key, key.upper)
    assert recent.get("a", lambda: "worked out again") == "A"
    assert recent.get("b", lambda: "worked out again") == "worked out again"
    assert len(pickle.loads(pickle.dumps(recent))) == 0  # noqa: S301


def test_sums_of_succession_are_the_same_read_off_or_summed(small_model: Model) -> None:
    scorer = small_model.scorers["succession"]
    assert isinstance(scorer, Succession)
    shops = small_model.market.shops(np.arange(5))
    read_off = scorer.score(shops)
    np.testing.assert_allclose(read_off, scorer.score(replace(shops, changed=True)), atol=1e-12)
    one = replace(small_model.market.shops(np.array([2])), changed=True)
    np.testing.assert_allclose(read_off[2:3], scorer.score(one), atol=1e-12)


@pytest.mark.parametrize("askers", [1, 3, 20])
@pytest.mark.parametrize("each", [1, 12])
def test_mixed_rows_are_the_product_of_matrices(askers: int, each: int) -> None:
    rng = np.random.default_rng(4)
    table = rng.random((30, 7)) * (rng.random((30, 7)) < 0.4)
    rows = np.concatenate([np.sort(rng.choice(30, each, replace=False)) for _ in range(askers)])
    weights = rng.random(len(rows))
    start = np.arange(askers + 1) * each
    left = np.zeros((askers, 30))
    left[np.repeat(np.arange(askers), each), rows] = weights
    sparse = sp.csr_array(table)
    np.testing.assert_allclose(mix_rows(start, rows, weights, sparse), left @ table, atol=1e-12)
    np.testing.assert_array_equal(dense_rows(sparse, rows), table[rows])


def test_what_goes_ahead_comes_first_in_its_order_and_no_line_says_it_moved(
    small_model: Model,
) -> None:
    whole = [line.product_id for line in small_model.recommend("shop-04", ListName.REORDER, 20)]
    ahead = np.zeros(60, dtype=bool)
    ahead[[small_model.market.product_positions[one] for one in whole[1::2]]] = True
    rules = Rules(ahead=ahead)
    listed = small_model.recommend("shop-04", ListName.REORDER, 20, rules=rules)
    assert [line.product_id for line in listed] == [*whole[1::2], *whole[::2]]
    assert not any(line.notes for line in listed)
    pinned = replace(rules, pinned=(whole[2],))
    first = small_model.recommend("shop-04", ListName.REORDER, 2, rules=pinned)
    assert [line.product_id for line in first] == [whole[2], whole[1]]
    with pytest.raises(ValueError, match="one a product"):
        Rules(ahead=ahead[1:]).resolve(small_model.market.product_positions)


def test_due_is_what_has_waited_about_one_to_three_usual_intervals() -> None:
    times = {0: 10, 1: 8, 2: 40, 3: 10}  # product: days since its last order; ordered every 10
    rows = [(0, item, last + 10 * n, 6.0) for item, last in times.items() for n in range(6)]
    rows.append((0, 4, 10, 6.0))  # ordered once: no rhythm of its own
    habits = Market.of_history(make_history(rows)).habits.of(np.array([0]))
    assert habits.product[due(habits, TODAY)].tolist() == [0, 3]
