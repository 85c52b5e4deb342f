"""First purchases in order: the matrix against its definition, and what it says of a shop."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.language import Percent
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.succession import DAYS, WINDOWS, Succession, SuccessionSettings
from tests.recommend.conftest import TODAY, make_history


@pytest.fixture(scope="module")
def followers() -> History:
    """Shops that bought 0 take up 1 a month later; product 2 is bought by others at any time."""
    rng = np.random.default_rng(3)
    rows = []
    for shop in range(40):
        start = int(rng.integers(60, 300))
        if shop % 2:
            rows.append((shop, 0, start, 1.0))
            if shop < 36:
                rows.append((shop, 1, start - 30, 1.0))
        else:
            rows.append((shop, 2, start, 1.0))
    return make_history(rows, shops=40, products=4)


def fit(history: History, **settings: float) -> tuple[Market, Succession]:
    market = Market.of_history(history)
    return market, Succession.fit(market, history, SuccessionSettings(**settings))  # type: ignore[arg-type]


def by_definition(history: History, market: Market, half_life: float, ridge: float) -> np.ndarray:
    """B from every cut by itself, as the module's docstring says."""
    products = market.shape[1]
    first = np.full(market.shape, np.inf)
    for shop, product, day in zip(*history.arrays(), strict=True):
        first[shop, product] = min(first[shop, product], day)
    followed, whole = np.zeros((products, products)), 0.0
    for back in range(1, WINDOWS + 1):
        cut = TODAY - DAYS * back
        weight = 2 ** (-DAYS * back / half_life)
        had, after = first < cut, (first >= cut) & np.isfinite(first)
        followed += weight * (had.T.astype(float) @ after)
        whole += weight
    has = np.isfinite(first).astype(float)
    return np.linalg.solve(has.T @ has + ridge * np.eye(products), followed / whole)


def test_one_pass_gives_the_sum_over_all_cuts(followers: History) -> None:
    market, scorer = fit(followers, ridge=10.0)
    expected = by_definition(followers, market, 60.0, 10.0)
    covered = np.ix_(scorer.covered_, scorer.covered_)
    assert scorer.weights_ == pytest.approx(expected[covered], abs=1e-6)


def test_who_has_the_first_is_offered_the_second(followers: History) -> None:
    market, scorer = fit(followers, ridge=10.0)
    scores = scorer.score(market.shops(np.array([37, 38])))  # has 0; has 2
    assert scores[0].argmax() == 1
    assert scores[0, 1] > scores[1, 1]
    assert scores[0, 0] == 0  # had already
    words = scorer.words(
        shop := market.shops(np.array([37])), np.array([1]), scorer.explain(shop, np.array([1]))
    )
    assert words[0].template == "succession.followed"
    assert words[0].values["shops"] == 19
    assert words[0].values["share"] == Percent(18 / 19)


def test_the_asking_shop_is_never_counted_among_the_others(followers: History) -> None:
    market, scorer = fit(followers, ridge=10.0)
    shop, product = market.shops(np.array([1])).without(np.array([1])), np.array([1])
    (said,) = scorer.words(shop, product, scorer.explain(shop, product))
    assert said.values["shops"] == 19
    assert said.values["share"] == Percent(17 / 19)  # it had taken it up itself


def test_only_products_with_most_buyers_take_part(followers: History) -> None:
    market, scorer = fit(followers, products=2)
    assert scorer.covered_.tolist() == [0, 2]
    assert not scorer.score(market.shops(np.arange(40)))[:, [1, 3]].any()


def test_without_any_order_there_is_nothing_to_follow() -> None:
    market, scorer = fit(make_history([]))
    assert not len(scorer.covered_)
    assert not scorer.score(market.shops(np.arange(4))).any()
