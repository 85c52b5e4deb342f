"""What the repurchase log-odds are made of, and that they are found again in made-up orders."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.recommend.attributes import Attributes
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.repeating import learn_repurchase
from smartreco.recommend.repurchase import (
    HABIT,
    PRODUCT,
    Repurchase,
    RepurchaseSettings,
    dueness,
)
from smartreco.recommend.trial import long_trial
from tests.recommend.conftest import make_history


def parts(history: History, shop: int, products: list[int]) -> np.ndarray:
    market = Market.of_history(history)
    scorer = Repurchase.fit(market, history, RepurchaseSettings())
    (part,) = scorer.explain(market.shops(np.array([shop])), np.array(products))
    return part.values


def test_a_product_that_others_order_again_counts_more() -> None:
    once = [(shop, 0, 50, 1.0) for shop in range(4)]
    again = [(shop, 1, ago, 1.0) for shop in range(3) for ago in (50, 80)] + [(3, 1, 50, 1.0)]
    found = parts(make_history(once + again), 3, [0, 1])
    assert found[HABIT, 0] == found[HABIT, 1]
    assert found[PRODUCT, 1] > found[PRODUCT, 0]


def test_a_product_out_of_season_counts_less() -> None:
    old = [(shop, 0, ago, 1.0) for shop in range(4) for ago in (200, 230)]
    new = [(shop, 1, ago, 1.0) for shop in range(1, 4) for ago in (10, 30)]
    new += [(0, 1, ago, 1.0) for ago in (200, 230)]
    found = parts(make_history(old + new), 0, [0, 1])
    assert found[PRODUCT, 1] > found[PRODUCT, 0]


def test_what_a_shop_never_bought_has_no_part() -> None:
    assert not parts(make_history([(0, 0, 5, 1.0)]), 0, [1]).any()


def test_dueness_is_highest_when_the_interval_ends() -> None:
    waited = np.array([0.0, 0.5, 1.0, 2.0, 5.0, np.nan, np.inf])
    found = dueness(waited, np.full(7, 10))
    assert found.argmax() == 2
    assert found[[0, 5, 6]].tolist() == [0, 0, 0]


@pytest.fixture(scope="module")
def fading() -> History:
    """Half the products are given up after a while, whoever bought them; the others stay."""
    rng = np.random.default_rng(11)
    rows = []
    for shop in range(60):
        for product in rng.choice(40, 15, replace=False):
            stays = product % 2 == 0
            ago = np.arange(rng.integers(1, 20) if stays else 150, 400, rng.integers(15, 40))
            rows += [(shop, int(product), int(one), 1.0) for one in ago]
    return make_history(rows, shops=60, products=40)


def test_learning_finds_that_products_differ(fading: History) -> None:
    trial = long_trial(fading, Attributes.of_products(fading.products), np.random.default_rng(0))
    assert trial is not None
    start = RepurchaseSettings()
    learned = learn_repurchase(trial, start)
    assert learned != start
    scorers = [Repurchase.fit(trial.market, trial.history, one) for one in (start, learned)]
    shops = trial.market.shops(trial.shops)
    bought = shops.habits.bought(40)
    ordered = trial.truth.toarray() > 0
    gaps = [
        one.score(shops)[bought & ordered].mean() - one.score(shops)[bought & ~ordered].mean()
        for one in scorers
    ]
    assert gaps[1] > gaps[0]


def test_too_few_orders_again_teach_nothing() -> None:
    rows = [(shop, shop % 5, ago, 1.0) for shop in range(30) for ago in (1, 40, 80, 120)]
    history = make_history(rows, shops=30)
    trial = long_trial(history, Attributes.of_products(history.products), np.random.default_rng(0))
    assert trial is not None
    assert learn_repurchase(trial, RepurchaseSettings()) == RepurchaseSettings()
