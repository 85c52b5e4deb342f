"""What every baseline promises, whatever its method."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.evaluation.baselines import popularity
from smartreco.evaluation.baselines.choosing import InnerCut, choose, choose_for_each_list
from smartreco.evaluation.baselines.matrices import buyers
from smartreco.evaluation.baselines.ranker import Fit, Ranker
from smartreco.evaluation.baselines.registry import BASELINES
from smartreco.recommend.history import History
from tests.evaluation.baselines.conftest import AS_OF, drawn, history_of

HISTORY = drawn(5, shops=40, products=12)
NEWCOMER = 39


@pytest.fixture(params=BASELINES, ids=str)
def fit(request: pytest.FixtureRequest) -> Fit:
    return BASELINES[request.param]


def test_the_names_are_those_of_the_scoreboard() -> None:
    assert list(BASELINES) == [
        "popularity", "own_frequency", "item_knn", "tifu_knn", "up_cf", "ease",
    ]  # fmt: skip


def test_every_score_is_a_number_for_every_product(fit: Fit) -> None:
    scores = fit(HISTORY)(np.array([3, 0, NEWCOMER]))
    assert scores.shape == (3, 12)
    assert scores.dtype == np.float64
    assert np.isfinite(scores).all()


def test_a_shop_scores_the_same_alone_and_among_others(fit: Fit) -> None:
    rank = fit(HISTORY)
    assert rank(np.array([4])) == pytest.approx(rank(np.arange(40))[[4]], abs=1e-6)


def test_a_newcomer_gets_what_most_shops_order(fit: Fit) -> None:
    scores = fit(HISTORY)(np.array([NEWCOMER]))[0]
    assert (
        np.argsort(-scores, kind="stable").tolist()
        == np.argsort(-buyers(HISTORY), kind="stable").tolist()
    )


def test_a_history_too_short_for_choices_is_still_scored(fit: Fit) -> None:
    few = history_of([(0, 3, [0, 1]), (1, 3, [0])], shops=3, products=4)
    assert fit(few)(np.arange(3)).shape == (3, 4)
    nobody = history_of([], shops=2, products=3)
    assert not fit(nobody)(np.arange(2)).any()


def test_asking_for_no_shop_gives_no_row(fit: Fit) -> None:
    assert fit(HISTORY)(np.array([], dtype=np.int64)).shape == (0, 12)


def test_a_choice_sees_only_the_past_of_the_inner_cut() -> None:
    """The right choice is the product that all order after the cut, unseen when fitted."""
    orders = [(shop, ago, [0]) for shop in range(30) for ago in range(20, 100, 10)]
    orders += [(shop, 1 + shop % 5, [2]) for shop in range(30)]
    history = history_of(orders, shops=30, products=3)
    fitted: list[History] = []

    def always(known: History, product: int) -> Ranker:
        fitted.append(known)
        return lambda shops: np.tile(np.arange(3) == product, (len(shops), 1)).astype(float)

    chosen = choose_for_each_list(history, [1, 0, 2], always)
    assert chosen[ListName.DISCOVER] == 2
    assert chosen[ListName.REORDER] == 1  # all are right: the first is taken
    assert len(fitted) == 3
    assert all(known.as_of < AS_OF for known in fitted)
    assert all((known.purchases["day"] < known.as_of_day).all() for known in fitted)


def test_too_few_shops_keep_the_published_setting() -> None:
    few = history_of([(shop, ago, [0]) for shop in range(5) for ago in (1, 50)], 5, 1)
    assert InnerCut.of(few) is None
    assert choose(few, [7, 8], lambda known, setting: popularity.fit(known)) == 7
