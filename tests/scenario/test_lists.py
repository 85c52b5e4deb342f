"""Weights and rules move lists of the same shops, and nothing else."""

from __future__ import annotations

import pytest

from smartreco.entities import ListName
from smartreco.errors import NotReadyError
from smartreco.recommend.model import Model
from smartreco.recommend.rules import ProductFacts, Rules
from smartreco.scenario.levers.blend import BlendWeights
from smartreco.scenario.levers.rule import RuleLever
from smartreco.scenario.lists import ListMarket
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from tests.recommend.conftest import small_history, small_market, small_model
from tests.recommend.rules.conftest import small_facts
from tests.scenario.markets import certain

__all__ = ["small_facts", "small_history", "small_market", "small_model"]


@pytest.fixture
def today(small_model: Model, small_facts: ProductFacts) -> ListMarket:
    shops = list(small_model.market.retailer_positions)
    rules = dict.fromkeys(ListName, Rules(places=10))
    return ListMarket(small_model, small_facts, small_model.blend, rules, shops)


def lists(today: ListMarket | None, *levers: BlendWeights | RuleLever):  # type: ignore[no-untyped-def]
    return simulate(certain(), Scenario("lists", levers, horizon=4), today).lists


def test_the_same_weights_change_no_list(today: ListMarket) -> None:
    own = dict(today.blend.weights[ListName.DISCOVER])
    found = lists(today, BlendWeights(list="discover", weights=own))
    assert [one.list for one in found] == [ListName.DISCOVER]
    assert all(one.preview.changed == 0 for one in found)
    assert all(one.preview.orders.difference.mean == 0 for one in found)


def test_other_weights_change_their_own_list(today: ListMarket) -> None:
    found = lists(today, BlendWeights(list="discover", weights={"content": 1.0}))
    assert [one.list for one in found] == [ListName.DISCOVER]
    assert found[0].preview.changed > 0
    assert found[0].preview.entering
    assert found[0].preview.leaving


def test_a_boost_gives_a_category_more_places(today: ListMarket) -> None:
    category = today.facts.categories[0]
    lever = RuleLever(rule="boost", amount=2.0, target="category", target_id=category)
    found = lists(today, lever)
    assert len(found) == len(ListName)
    places = [next(each for each in one.categories if each.name == category) for one in found]
    assert all(one.after >= one.before for one in places)
    assert any(one.after > one.before for one in places)
    assert any(one.preview.changed > 0 for one in found)


def test_levers_on_lists_need_a_model_and_move_no_demand(today: ListMarket) -> None:
    lever = BlendWeights(list="discover", weights={"content": 1.0})
    with pytest.raises(NotReadyError):
        lists(None, lever)
    outcome = simulate(certain(), Scenario("lists", (lever,), horizon=4), today)
    assert all(one.compared.difference == 0 for one in outcome.measures)
    assert simulate(certain(), Scenario("none", horizon=4), today).lists == ()
