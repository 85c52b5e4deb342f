"""What each scorer knows, on histories small enough to see it."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.language import Language
from smartreco.recommend.affinity import Affinity, AffinitySettings
from smartreco.recommend.collaborative import (
    Collaborative,
    CollaborativeSettings,
    pseudo_shops,
    tastes,
)
from smartreco.recommend.content import Content, ContentSettings
from smartreco.recommend.ease import ProductEase, ShopEase
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.peers import Peers, PeersSettings
from smartreco.recommend.repurchase import Repurchase, RepurchaseSettings, dueness
from smartreco.recommend.scorer import total
from smartreco.recommend.templates import REASONS
from tests.recommend.conftest import make_history

ONE = np.array([0])


def test_a_product_is_most_due_when_its_interval_has_just_passed() -> None:
    elapsed = np.array([0.0, 0.5, 1.0, 2.0, 6.0])
    due = dueness(elapsed, np.full(5, 100))
    assert due.argmax() == 2
    assert (np.diff(due[:3]) > 0).all()
    assert (np.diff(due[2:]) < 0).all()


def test_a_rhythm_of_few_orders_says_less() -> None:
    due = dueness(np.ones(3), np.array([1, 2, 10]))
    assert due[0] == 0
    assert due[1] < due[2]


def test_recent_orders_make_a_stronger_habit_than_old_ones() -> None:
    history = make_history(
        [(0, 0, 300 - day, 1) for day in range(0, 30, 10)]
        + [(0, 1, 40 - day, 1) for day in range(0, 30, 10)]
    )
    market = Market.of_history(history)
    scores = Repurchase.fit(market, history, RepurchaseSettings(due=0)).score(market.shops(ONE))
    assert scores[0, 1] > scores[0, 0] > 0
    assert not scores[0, 2:].any()


def test_collaborative_finds_what_goes_with_the_purchases() -> None:
    pairs = [(shop, product, 5, 1) for shop in range(1, 9) for product in (0, 1)]
    others = [(shop, product, 5, 1) for shop in range(9, 17) for product in (2, 3)]
    history = make_history([(0, 0, 5, 1), *pairs, *others], shops=17)
    market = Market.of_history(history)
    settings = CollaborativeSettings(ridge=1.0, attributes=0.0)
    scorer = Collaborative.fit(market, history, settings)
    scores = scorer.score(market.shops(ONE))[0]
    assert scores[1:].argmax() == 0
    shop, product = market.shops(ONE), np.array([1])
    (said,) = scorer.words(shop, product, scorer.explain(shop, product))
    assert said.template == "collaborative.also_bought"
    assert said.values["buyers"] == 8  # not counting the shop that is spoken to
    assert said.values["share"].share == 1.0  # type: ignore[attr-defined]


def test_attributes_give_a_product_without_sales_neighbours() -> None:
    history = make_history(
        [(shop, product, 5, 1) for shop in range(9) for product in (0, 1)],
        shops=9, category=["Soap", "Soap", "Soap", "Tea", "Tea", "Tea"],
    )  # fmt: skip
    market = Market.of_history(history)
    with_them, without = (
        Collaborative.fit(market, history, CollaborativeSettings(ridge=1.0, attributes=weight))
        for weight in (4.0, 0.0)
    )
    scores = with_them.score(market.shops(ONE))[0]
    assert scores[2] > scores[3]
    assert without.score(market.shops(ONE))[0, 2] == pytest.approx(0)


def test_a_changed_shop_is_scored_from_its_own_purchases_in_either_form() -> None:
    rng = np.random.default_rng(2)
    rows = [(shop, int(product), 5, 1.0) for shop in range(9)
            for product in rng.choice(30, 8, replace=False)]  # fmt: skip
    market = Market.of_history(make_history(rows, shops=9, products=30))
    settings = CollaborativeSettings()
    purchases = tastes(market, market.habits, settings)
    attributes = pseudo_shops(market.attributes, settings)
    products = np.arange(30)
    for form in (ProductEase, ShopEase):
        scorer = Collaborative(market, settings, form.fit(purchases, attributes, settings.ridge))
        shop = market.shops(np.array([3]))
        less = shop.without(shop.habits.product[:4])
        sums = total(scorer.explain(less, products), 30)
        assert scorer.score(less)[0] == pytest.approx(sums, rel=1e-9, abs=1e-12)
        assert scorer.score(shop)[0] != pytest.approx(sums, rel=1e-3)


def test_neighbours_are_the_shops_that_buy_alike() -> None:
    alike = [(shop, product, 5, 1) for shop in (0, 1, 2) for product in (0, 1)]
    rest = [(1, 4, 5, 1), (2, 4, 5, 1)]
    unlike = [(shop, product, 5, 1) for shop in (3, 4, 5, 6) for product in (2, 3, 5)]
    history = make_history([*alike, *rest, *unlike], shops=7)
    market = Market.of_history(history)
    scorer = Peers.fit(market, history, PeersSettings(neighbours=2, crowd=1e-9))
    shop, product = market.shops(ONE), np.array([4])
    scores = scorer.score(shop)[0]
    assert scores[[2, 3, 5]] == pytest.approx(0, abs=1e-6)
    assert scores[4] > 0
    peers, _ = scorer.explain(shop, product)
    assert sorted(peers.keys.tolist()) == [1, 2]
    (said,) = scorer.words(shop, product, (peers, _))
    assert said == ("peers.neighbours", {"buyers": 2, "shops": 2})


def newcomers(**columns: list[object]) -> History:
    """40 shops: 0..19 buy item 0, 20..38 item 1, the last has no orders."""
    rows = [(shop, 0 if shop < 20 else 1, 5, 1.0) for shop in range(39)]
    return make_history(rows, shops=40, **columns)


@pytest.mark.parametrize(
    ("columns", "kind", "liked"),
    [
        ({}, "everyone", 0),
        ({"region": ["West"] * 20 + ["East"] * 20}, "region", 1),
        ({"city": ["Pune"] * 20 + ["Agra"] * 20}, "city", 1),
        ({"segment": ["kirana"] * 20 + ["bakery"] * 20}, "segment", 1),
        (
            {"segment": ["kirana"] * 40, "region": ["West"] * 20 + ["East"] * 20},
            "segment+region", 1,
        ),
        ({"segment": ["kirana"] * 35 + ["bakery"] * 5}, "everyone", 0),  # too few bakeries
    ],
)  # fmt: skip
def test_a_newcomer_hears_its_closest_group_that_is_large_enough(
    columns: dict[str, list[object]], kind: str, liked: int
) -> None:
    history = newcomers(**columns)
    market = Market.of_history(history)
    scorer = Peers.fit(market, history, PeersSettings())
    shop, products = market.shops(np.array([39])), np.arange(6)
    assert scorer.score(shop)[0].argmax() == liked
    said = scorer.words(shop, products, scorer.explain(shop, products))[liked]
    assert said.template == f"peers.{kind}"
    assert (said.values["buyers"], said.values["shops"]) == (
        (20, 39) if kind == "everyone" else (19, 19)
    )


def test_content_prefers_what_shares_attributes_with_the_purchases() -> None:
    history = make_history(
        [(0, 0, 5, 1), (0, 1, 5, 1)],
        name=["Lime soap", "Rose soap", "Mint soap", "Black tea", "Green tea", "Herb tea"],
        category=["Soap"] * 3 + ["Tea"] * 3,
        vendor=["Asha", "Asha", "Asha", "Bela", "Bela", "Asha"],
    )
    market = Market.of_history(history)
    scorer = Content.fit(market, history, ContentSettings())
    shop, products = market.shops(ONE), np.array([2, 3, 5])
    scores = scorer.score(shop)[0]
    assert 1 + 1e-9 > scores[2] > scores[5] > scores[3] == 0  # a mean of cosines
    said = scorer.words(shop, products, scorer.explain(shop, products))[0]
    assert said.values["count"] == 2
    assert said.values["products"] == 2


def test_affinity_counts_orders_that_hold_both() -> None:
    together = [(0, product, ago, 1) for ago in (10, 20, 30) for product in (0, 1)]
    apart = [(1, 2, ago, 1) for ago in range(1, 8)]
    history = make_history([*together, (2, 0, 3, 1), *apart])
    market = Market.of_history(history)
    scorer = Affinity.fit(market, history, AffinitySettings())
    shop = market.shops(np.array([3])).with_basket(ONE)
    scores = scorer.score(shop)[0]
    assert scores[1] > 0 > scores[2]
    assert scores[0] == 0  # nothing goes with itself
    products = np.array([1])
    (said,) = scorer.words(shop, products, scorer.explain(shop, products))
    orders = 11  # shop days: 3 of shop 0, 1 of shop 2, 7 of shop 1
    assert said.values == {
        "product": "Item 0", "both": 3, "orders": 4, "lift": pytest.approx(3 / (4 * 3 / orders)),
    }  # fmt: skip


def test_affinity_is_silent_without_an_order() -> None:
    history = make_history([(0, product, 3, 1) for product in range(6)])
    market = Market.of_history(history)
    scorer = Affinity.fit(market, history, AffinitySettings())
    assert not scorer.score(market.shops(ONE)).any()


def test_affinity_reads_only_the_latest_orders_of_a_product() -> None:
    old = [(0, product, 100 + day, 1) for day in range(10) for product in (0, 1)]
    new = [(0, product, 1 + day, 1) for day in range(10) for product in (0, 2)]
    history = make_history(old + new)
    market = Market.of_history(history)
    scorer = Affinity.fit(market, history, AffinitySettings(orders=10))
    scores = scorer.score(market.shops(ONE).with_basket(ONE))[0]
    assert scores[2] > 0 > scores[1]


def test_other_buyers_never_include_the_asking_shop() -> None:
    market = Market.of_history(history := make_history([(0, 0, 5, 1), (0, 1, 5, 1), (1, 0, 9, 1)]))
    scorer = Collaborative.fit(market, history, CollaborativeSettings(attributes=1.0))
    shop, product = market.shops(ONE).without(np.array([1])), np.array([1])
    (said,) = scorer.words(shop, product, scorer.explain(shop, product))
    assert said.template == "collaborative.resembles"  # no other shop has both


def test_a_single_other_buyer_is_told_in_words() -> None:
    pairs = [(shop, product, 5, 1) for shop in (1,) for product in (0, 1)]
    others = [(shop, product, 5, 1) for shop in range(2, 10) for product in (2, 3)]
    history = make_history([(0, 0, 5, 1), *pairs, *others], shops=10)
    market = Market.of_history(history)
    settings = CollaborativeSettings(ridge=1.0, attributes=0.0)
    scorer = Collaborative.fit(market, history, settings)
    shop, product = market.shops(ONE), np.array([1])
    (said,) = scorer.words(shop, product, scorer.explain(shop, product))
    words = Language().say(REASONS[said.template], said.values)
    assert words.endswith("its one other buyer buys this too")
