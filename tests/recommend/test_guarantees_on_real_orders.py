"""The guarantees of the recommender, on the real sample and its real time split."""

from __future__ import annotations

from math import fsum

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.entities import ListName, Recommendation
from smartreco.measures.calibration import reliability
from smartreco.measures.ranking import hits_of, ndcg
from smartreco.recommend.blend import candidates
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.history import History
from smartreco.recommend.model import Model
from smartreco.recommend.ranking import best

LISTS = list(ListName)


@pytest.fixture(scope="module")
def shops(iowa_model: Model) -> list[str]:
    ordering = iowa_model.market.retailer_ids[iowa_model.market.ordering]
    chosen: list[str] = np.random.default_rng(0).choice(ordering, 25, replace=False).tolist()
    return chosen


def named_purchases(line: Recommendation) -> dict[str, float]:
    """What each purchase that a line names adds to its score."""
    adds: dict[str, float] = {}
    for reason in line.reasons:
        for one in reason.evidence:
            key = line.product_id if one.kind == "own" else one.id
            if one.kind in ("own", "product"):
                adds[key] = adds.get(key, 0.0) + one.value
    return adds


@pytest.mark.parametrize("name", LISTS)
def test_contributions_sum_to_the_score(
    name: ListName, iowa_model: Model, shops: list[str]
) -> None:
    for lines in iowa_model.recommend_many(shops, name, 10):
        assert len({line.product_id for line in lines}) == len(lines)
        for line in lines:
            assert fsum(r.contribution for r in line.reasons) == pytest.approx(line.score, rel=1e-9)
            for reason in line.reasons:
                assert fsum(e.value for e in reason.evidence) == pytest.approx(
                    reason.contribution, rel=1e-9
                )


@pytest.mark.parametrize("name", LISTS)
def test_a_stated_what_if_comes_true_when_computed_again(
    name: ListName, iowa_model: Model, shops: list[str]
) -> None:
    position = iowa_model.market.product_positions
    by_name: dict[str, list[str]] = {}
    for key, product in position.items():
        by_name.setdefault(str(iowa_model.market.product_names[product]), []).append(key)
    stated = 0
    for shop in shops[:10]:
        for line in iowa_model.recommend(shop, name, 3):
            answer = iowa_model.explain(shop, line.product_id, name)
            assert answer.counterfactual is not None
            told = answer.counterfactual
            own = told.template == "without.new"
            other = ListName.DISCOVER if own else name
            assert told.values["before"] == line.rank
            ranks = set()
            for product in by_name[str(told.values["product"])]:  # sizes share a name
                less = iowa_model.without(shop, product)
                ranks.add(less.explain(shop, line.product_id, other).rank)
            assert told.values["after"] in ranks
            stated += 1
    assert stated >= 20


@pytest.mark.parametrize("name", LISTS)
def test_the_purchase_named_first_matters_more_than_any_other(
    name: ListName, iowa_model: Model, shops: list[str]
) -> None:
    rng = np.random.default_rng(1)
    wins, cases = 0, 0
    for shop in shops:
        for line in iowa_model.recommend(shop, name, 3):
            adds = named_purchases(line)
            if not adds:
                continue
            own = iowa_model.shops([shop]).habits.product
            rival = str(iowa_model.market.product_ids[rng.choice(own)])
            first = max(adds, key=lambda key: adds[key])
            lost, lost_by_rival = (
                line.score - score_of(iowa_model.without(shop, gone), shop, line)
                for gone in (first, rival)
            )
            wins += lost >= lost_by_rival
            cases += 1
    assert cases >= 60
    assert wins >= 0.95 * cases


def score_of(model: Model, shop: str, line: Recommendation) -> float:
    scored = model.score(model.shops([shop]), line.list)
    return float(scored.totals[0, model.market.product_positions[line.product_id]])


def later(history: History, past: History, days: int | None = None) -> sp.csr_array:
    rows = history.purchases
    rows = rows[rows["day"] >= past.as_of_day]
    if days is not None:
        rows = rows[rows["day"] < past.as_of_day + days]
    cells = (rows["retailer"].to_numpy(), rows["product"].to_numpy())
    return sp.csr_array((np.ones(len(rows)), cells), shape=history.shape)


@pytest.mark.parametrize("name", LISTS)
def test_lists_beat_own_frequency_and_popularity_on_the_future(
    name: ListName, iowa_model: Model, iowa: History, iowa_past: History
) -> None:
    market = iowa_model.market
    at = np.flatnonzero(market.ordering)
    habits = market.habits.of(at)
    mask = candidates(name, habits.bought(market.shape[1]), market.active)
    truth = sp.csr_array(later(iowa, iowa_past)[at].multiply(mask))
    truth.eliminate_zeros()

    def quality(ranked: np.ndarray) -> float:
        return float(np.nanmean(ndcg(hits_of(ranked, truth), np.diff(truth.indptr))))

    ours = quality(iowa_model.rank(market.retailer_ids[at].tolist(), name, 10))
    frequency = habits.dense(habits.counts(FOREVER), market.shape[1])
    popularity = np.broadcast_to(market.buyers.sum(axis=1).astype(float), mask.shape)
    rivals = [popularity] if name is ListName.DISCOVER else [popularity, frequency]
    for rival in rivals:
        assert ours > quality(best(np.where(mask, rival, -np.inf), 10))


def test_stated_chances_come_true(iowa_model: Model, iowa: History, iowa_past: History) -> None:
    market = iowa_model.market
    truth = later(iowa, iowa_past, days=28).toarray() > 0
    shops = market.retailer_ids[market.ordering].tolist()
    for name in LISTS:
        lines = [line for one in iowa_model.recommend_many(shops, name, 10) for line in one]
        said = np.array([line.probability for line in lines], dtype=float)
        happened = np.array(
            [
                truth[market.retailer_positions[line.retailer_id],
                      market.product_positions[line.product_id]]
                for line in lines
            ]
        )  # fmt: skip
        assert reliability(said, happened).error < 0.06
