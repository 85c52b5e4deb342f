"""Best-sellers are held back only as far as discovery stays as good."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.blend import DEFAULT_BLEND, candidates
from smartreco.recommend.collaborative import Collaborative, CollaborativeSettings
from smartreco.recommend.damping import DAMPED, GIVEN, choose_damping
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.scorers import SCORERS
from smartreco.recommend.scoring import component_scores
from smartreco.recommend.settings import ModelSettings
from smartreco.recommend.trial import long_trial, quality


def test_no_power_changes_nothing(small_market: Market) -> None:
    assert (small_market.damping(0.0) == 1).all()


def test_more_buyers_are_held_back_more(small_market: Market) -> None:
    order = np.argsort(small_market.buyer_counts)
    assert (np.diff(small_market.damping(0.3)[order]) <= 0).all()


def test_parts_sum_to_the_damped_score(small_market: Market, small_history: History) -> None:
    plain, damped = (
        Collaborative.fit(small_market, small_history, CollaborativeSettings(damping=power))
        for power in (0.0, 0.3)
    )
    shop, products = small_market.shops(np.array([3])), np.arange(60)
    (part,) = damped.explain(shop, products)
    assert part.values.sum(axis=0) == pytest.approx(damped.score(shop)[0], rel=1e-9, abs=1e-12)
    assert damped.score(shop) == pytest.approx(plain.score(shop) * small_market.damping(0.3))


def test_what_is_chosen_costs_no_more_than_is_given(iowa_past: History) -> None:
    trial = long_trial(
        iowa_past, Attributes.of_products(iowa_past.products), np.random.default_rng(0)
    )
    assert trial is not None
    settings = ModelSettings()
    scorers = {
        name: kind.fit(trial.market, trial.history, getattr(settings, name))
        for name, kind in SCORERS.items()
    }
    shops = trial.market.shops(trial.shops)
    scores = component_scores(scorers, shops)
    chosen = choose_damping(trial, scorers, scores, DEFAULT_BLEND)
    powers = {chosen[name].settings.damping for name in DAMPED}
    assert len(powers) == 1
    assert all(chosen[name] is scorers[name] for name in SCORERS if name not in DAMPED)
    name = ListName.DISCOVER
    mask = candidates(name, shops.habits.bought(trial.market.shape[1]), trial.market.active)
    weights = DEFAULT_BLEND.weights[name]

    def ndcg(of: dict[str, object]) -> float:
        mixed = sum(
            weights[one] * scorer.score(shops) / scorer.score(shops)[mask].std()  # type: ignore[attr-defined]
            for one, scorer in of.items()
            if weights[one] and one != "affinity"
        )
        return float(np.nanmean(quality(np.asarray(mixed), trial.truth, mask)))

    assert ndcg(chosen) > (1 - 3 * GIVEN) * ndcg(scorers)  # mixed more simply here
    assert replace(chosen["collaborative"], settings=scorers["collaborative"].settings).score(
        shops
    ) == pytest.approx(scores["collaborative"])
