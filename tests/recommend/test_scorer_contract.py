"""What every scorer of the registry must hold to; a new one is tested by being registered."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from smartreco.entities import Reason
from smartreco.language import Language
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.packing import pack, unpack
from smartreco.recommend.peers import PeersSettings
from smartreco.recommend.scorer import Scorer, total
from smartreco.recommend.scorers import SCORERS
from smartreco.recommend.settings import ModelSettings
from smartreco.recommend.shops import Shops
from smartreco.recommend.templates import REASONS, render
from tests.recommend.conftest import COLD_PRODUCT, COLD_SHOP

SETTINGS = replace(ModelSettings(), peers=PeersSettings(neighbours=8))
BASKET = np.array([4, 9, 20])


def fit(name: str, market: Market, history: History) -> Scorer[Any]:
    return SCORERS[name].fit(market, history, getattr(SETTINGS, name))


@pytest.fixture(params=sorted(SCORERS), name="scorer")
def fitted(
    request: pytest.FixtureRequest, small_market: Market, small_history: History
) -> Scorer[Any]:
    return fit(request.param, small_market, small_history)


def asked(market: Market, *at: int) -> Shops:
    """Shops by position, all of them where none is named, with something in their orders."""
    chosen = np.array(at) if at else np.arange(market.shape[0])
    return market.shops(chosen).with_basket(BASKET)


def test_scores_are_finite_numbers_one_a_shop_and_product(
    scorer: Scorer[Any], small_market: Market
) -> None:
    scores = scorer.score(asked(small_market))
    assert scores.shape == small_market.shape
    assert scores.dtype == np.float64
    assert np.isfinite(scores).all()
    assert scores.any()


def test_the_same_question_has_the_same_answer(scorer: Scorer[Any], small_market: Market) -> None:
    first, second = (scorer.score(asked(small_market)) for _ in range(2))
    assert np.array_equal(first, second)


def test_a_batch_scores_like_its_shops_one_by_one(
    scorer: Scorer[Any], small_market: Market
) -> None:
    together = scorer.score(asked(small_market))
    for at in (0, 7, 39):
        alone = scorer.score(asked(small_market, at))
        assert alone[0] == pytest.approx(together[at], rel=1e-9, abs=1e-12)


def test_named_parts_sum_to_the_score(scorer: Scorer[Any], small_market: Market) -> None:
    everything = np.arange(small_market.shape[1])
    for at in (0, 7, 38, 39):
        shop = asked(small_market, at)
        parts = scorer.explain(shop, everything)
        size = np.abs(np.vstack([part.values for part in parts])).sum(axis=0).max()
        assert total(parts, len(everything)) == pytest.approx(
            scorer.score(shop)[0], rel=1e-9, abs=1e-12 * max(size, 1)
        )
        for part in parts:
            assert len(part.keys) == len(part.ids) == len(part.values)


def test_a_shop_scored_as_if_changed_but_unchanged_scores_the_same(
    scorer: Scorer[Any], small_market: Market
) -> None:
    shops = asked(small_market)
    again = shops.without(np.zeros(0, dtype=np.int64))
    assert again.changed
    assert scorer.score(again) == pytest.approx(scorer.score(shops), rel=1e-9, abs=1e-9)


def test_a_shop_without_orders_is_no_trouble(scorer: Scorer[Any], small_market: Market) -> None:
    at = small_market.retailer_positions[COLD_SHOP]
    shop = small_market.shops(np.array([at]))
    products = np.arange(small_market.shape[1])
    assert np.isfinite(scorer.score(shop)).all()
    parts = scorer.explain(shop, products)
    assert len(scorer.words(shop, products, parts)) == len(products)
    if scorer.name in ("repurchase", "collaborative", "content", "affinity"):
        assert not scorer.score(shop).any()


def test_a_product_without_orders_is_no_trouble(scorer: Scorer[Any], small_market: Market) -> None:
    product = small_market.product_positions[COLD_PRODUCT]
    scores = scorer.score(asked(small_market))[:, product]
    assert np.isfinite(scores).all()
    if scorer.name in ("collaborative", "content"):
        assert scores.any()  # attributes speak for it
    if scorer.name in ("repurchase", "peers"):
        assert not scores.any()


def test_kept_arrays_give_the_same_scores_to_the_last_bit(
    scorer: Scorer[Any], small_market: Market
) -> None:
    arrays = pack(scorer, leave_out=("market",))
    assert all(not array.dtype.hasobject for array in arrays.values())
    again = unpack(type(scorer), arrays, market=small_market)
    assert np.array_equal(again.score(asked(small_market)), scorer.score(asked(small_market)))


def test_renumbering_the_shops_renumbers_the_scores(
    scorer: Scorer[Any], small_market: Market, small_history: History
) -> None:
    order = np.random.default_rng(3).permutation(small_market.shape[0])
    new_number = np.argsort(order)
    purchases = small_history.purchases.assign(
        retailer=lambda rows: new_number[rows["retailer"]].astype("int32")
    ).sort_values(["retailer", "product", "day"], ignore_index=True)
    shops: pd.DataFrame = small_history.retailers.iloc[order]
    renumbered = History(shops, small_history.products, purchases, small_history.as_of)
    market = Market.of_history(renumbered)
    other = fit(scorer.name, market, renumbered)
    expected = scorer.score(asked(small_market))[order]
    assert other.score(asked(market)) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_every_score_has_a_sentence(scorer: Scorer[Any], small_market: Market) -> None:
    products = np.arange(small_market.shape[1])
    language = Language("en_IN", "INR")
    for at in (0, 39):
        shop = asked(small_market, at)
        parts = scorer.explain(shop, products)
        for template, values in scorer.words(shop, products, parts):
            assert template in REASONS
            said = render(Reason(scorer.name, 1.0, template, values), language)
            assert said[0].isupper() or said.startswith("“")
            assert "{" not in said


def test_a_fitted_scorer_cannot_be_changed(scorer: Scorer[Any]) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        scorer.market = None  # type: ignore[misc, assignment]
