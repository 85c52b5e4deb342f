"""Weights as shares of pull, rules after scoring, and the best k."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.entities import ListName
from smartreco.errors import InputError
from smartreco.recommend.blend import (
    COMPONENTS,
    DEFAULT_BLEND,
    Blend,
    blended,
    candidates,
    factors,
    spread,
)
from smartreco.recommend.model import Model
from smartreco.recommend.ranking import best, rank_of
from smartreco.recommend.rules import NOTES, Rules
from smartreco.recommend.scorers import SCORERS
from tests.recommend.conftest import INACTIVE_PRODUCT

SHOP = "shop-04"


def test_the_blend_names_every_scorer_of_the_registry() -> None:
    assert set(COMPONENTS) == set(SCORERS)
    assert set(DEFAULT_BLEND.weights) == set(ListName)


def test_weights_of_a_list_are_shares_that_sum_to_one() -> None:
    blend = DEFAULT_BLEND.with_list(ListName.ALL, {"peers": 3, "content": 1})
    assert blend.weights[ListName.ALL]["peers"] == 0.75
    for weights in blend.weights.values():
        assert sum(weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("weights", [{"luck": 1}, {"peers": -1}, {"peers": 0}, {"peers": np.nan}])
def test_weights_that_mean_nothing_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(InputError):
        Blend.of({ListName.ALL: weights})


def test_a_blend_survives_its_plain_form() -> None:
    assert Blend.from_dict(DEFAULT_BLEND.to_dict()) == DEFAULT_BLEND


def test_a_weight_is_a_share_of_the_pull() -> None:
    rng = np.random.default_rng(0)
    scores = {"peers": 50 + 9 * rng.random((3, 40)), "content": 0.01 * rng.random((3, 40))}
    mask = rng.random((3, 40)) < 0.7
    by = factors(scores, mask, {"peers": 0.7, "content": 0.3}, {})
    for name, share in (("peers", 0.7), ("content", 0.3)):
        assert spread(by[name][:, None] * scores[name], mask) == pytest.approx(share)


def test_a_component_that_tells_little_apart_stays_quiet() -> None:
    flat = {"peers": np.array([[1.0, 1.01, 1.0]]), "content": np.array([[0.0, 1.0, 2.0]])}
    mask = np.ones((1, 3), dtype=bool)
    by = factors(flat, mask, {"peers": 0.5, "content": 0.5}, {"peers": 0.5})
    assert spread(by["peers"][:, None] * flat["peers"], mask)[0] < 0.01
    assert blended(flat, by)[0].argmax() == 2


def test_lists_hold_what_they_promise() -> None:
    bought = np.array([[True, False, True, False]])
    active = np.array([True, True, False, False])
    held = {name: candidates(name, bought, active)[0].tolist() for name in ListName}
    assert held[ListName.REORDER] == [True, False, False, False]
    assert held[ListName.DISCOVER] == [False, True, False, False]
    assert held[ListName.ALL] == [True, True, False, False]


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([-np.inf, 0.0, 1.0, 2.0]), min_size=5, max_size=5)),
    st.integers(1, 7),
)
def test_the_best_k_are_those_of_a_stable_sort(rows: list[list[float]], k: int) -> None:
    keys = np.array(rows).reshape(-1, 5)
    for row, ranked in zip(keys, best(keys, k), strict=True):
        expected = [int(at) for at in np.argsort(-row, kind="stable") if row[at] > -np.inf][:k]
        assert ranked[ranked >= 0].tolist() == expected
        for rank, at in enumerate(expected, start=1):
            assert rank_of(row, at) == rank


def ids(model: Model, rules: Rules, k: int = 60) -> list[str]:
    return [line.product_id for line in model.recommend(SHOP, ListName.ALL, k, rules=rules)]


def test_inactive_products_are_never_offered(small_model: Model) -> None:
    found = ids(small_model, Rules(pinned=(INACTIVE_PRODUCT,)))
    assert INACTIVE_PRODUCT not in found
    assert len(found) == len(set(found))


def test_excluded_and_unavailable_products_are_left_out_and_the_rest_keep_their_order(
    small_model: Model,
) -> None:
    free = ids(small_model, Rules())
    available = np.ones(60, dtype=bool)
    available[small_model.market.product_positions[free[1]]] = False
    bound = ids(small_model, Rules(available=available, excluded=frozenset({free[3], "unknown"})))
    assert bound == [one for one in free if one not in (free[1], free[3])]


def test_a_line_names_the_rules_that_moved_it(small_model: Model) -> None:
    free = ids(small_model, Rules())
    rules = Rules(excluded=frozenset({free[2]}), pinned=(free[5],))
    lines = small_model.recommend(SHOP, ListName.ALL, 8, rules=rules)
    notes = {line.product_id: line.notes for line in lines}
    assert lines[0].product_id == free[5]
    assert notes[free[5]] == ("pinned",)
    assert notes[free[0]] == ()
    assert notes[free[3]] == ("excluded",)
    assert all(note in NOTES for given in notes.values() for note in given)


def test_filters_keep_to_what_is_eligible(small_model: Model) -> None:
    wanted = np.zeros(60, dtype=bool)
    wanted[[1, 8, 20]] = True
    assert set(ids(small_model, Rules(eligible=wanted))) <= {"item-01", "item-08", "item-20"}


def test_a_mask_of_another_catalogue_is_refused(small_model: Model) -> None:
    with pytest.raises(ValueError, match="60 entries"):
        ids(small_model, Rules(eligible=np.ones(3, dtype=bool)))
