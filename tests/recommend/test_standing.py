"""Ranks done again under another condition: they are those of the list itself."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.entities import ListName
from smartreco.recommend.addends import GROUP, PRODUCT, RETAILER, addends
from smartreco.recommend.chance import chance
from smartreco.recommend.due_first import due_first, due_now, marked
from smartreco.recommend.engine import Model
from smartreco.recommend.logistic import logistic
from smartreco.recommend.near import neighbours, pulls
from smartreco.recommend.rules import Plan, Rules
from smartreco.recommend.standing import Asked, standing
from tests.recommend.conftest import COLD_SHOP

SHOP, BASKET = "shop-04", ("item-08", "item-21")
PAGE = (ListName.REORDER, ListName.DISCOVER)


def listed(model: Model, name: ListName, rules: Rules = Rules(), shop: str = SHOP) -> list[str]:  # noqa: B008
    """A list as a page makes it."""
    if name is ListName.DISCOVER:
        lines = model.recommend(shop, name, 50, basket=BASKET, rules=rules)
    else:
        due = marked(due_now(model, shop, rules), model.market.shape[1])
        lines = due_first(model, shop, 50, due, BASKET, rules)
    return [line.product_id for line in lines]


@pytest.mark.parametrize("name", PAGE)
def test_the_rank_is_the_place_on_the_page(small_model: Model, name: ListName) -> None:
    ids = [one for one in listed(small_model, name) if one not in BASKET]
    assert len(ids) > 5
    for product_id in ids:
        found = standing(small_model, Asked(SHOP, product_id, name, BASKET))
        assert found.rank == listed(small_model, name).index(product_id) + 1


@pytest.mark.parametrize("name", PAGE)
def test_what_the_list_may_not_hold_has_no_rank_and_nothing_to_gain(
    small_model: Model, name: ListName
) -> None:
    other = ListName.DISCOVER if name is ListName.REORDER else ListName.REORDER
    found = standing(small_model, Asked(SHOP, listed(small_model, other)[0], name))
    assert (found.rank, found.above(), found.missing()) == (None, None, None)


@settings(deadline=None, max_examples=40)
@given(
    name=st.sampled_from(PAGE),
    at=st.integers(0, 40),
    shop=st.integers(0, 38),
    boost=st.sampled_from([0.0, 0.0, 1.5]),
)
def test_the_missing_score_is_the_least_that_lifts_it_a_rank(
    small_model: Model, name: ListName, at: int, shop: int, boost: float
) -> None:
    rules = Rules(plan=_boosted(small_model, boost)) if boost else Rules()
    ids = listed(small_model, name, rules, f"shop-{shop:02d}")
    product = ids[at % len(ids)]
    found = standing(small_model, Asked(f"shop-{shop:02d}", product, name, (), {name: rules}))
    missing, rank = found.missing(), found.rank
    assert rank is not None
    if rank == 1:
        assert missing is None
        return
    above = found.above()
    assert above is not None
    if missing is None:  # only what goes ahead as due cannot be reached by score
        assert name is ListName.REORDER
        assert found.rules.ahead is not None
        assert found.rules.ahead[above]
        assert not found.rules.ahead[found.product]
        return
    after = found.raised(missing)
    assert after is not None
    assert after < rank
    less = found.raised(missing * (1 - 1e-6) - 1e-6)
    assert less is not None
    assert less >= rank


def _boosted(model: Model, amount: float) -> Plan:
    half = np.zeros(model.market.shape[1])
    half[::2] = amount
    return replace(Plan(), lifts={"boosted_product": half}, lift=half)


def test_no_score_lifts_a_line_over_a_pinned_one(small_model: Model) -> None:
    ids = listed(small_model, ListName.DISCOVER)
    rules = Rules(pinned=(ids[9],))
    found = standing(
        small_model, Asked(SHOP, ids[0], ListName.DISCOVER, BASKET, {ListName.DISCOVER: rules})
    )
    assert found.rank == 2
    assert small_model.market.product_ids[found.above()] == ids[9]  # type: ignore[index]
    assert found.missing() is None


@pytest.mark.parametrize("name", PAGE)
@pytest.mark.parametrize("shop", [SHOP, COLD_SHOP])
def test_addends_sum_to_the_score_of_the_line(
    small_model: Model, name: ListName, shop: str
) -> None:
    for line in small_model.recommend(shop, name, 20, basket=BASKET):
        if line.product_id in BASKET:
            continue
        found = standing(small_model, Asked(shop, line.product_id, name, BASKET))
        rows = addends(small_model, found)
        total = fsum(one.contribution for one in rows)
        assert total == pytest.approx(found.score, rel=1e-9)
        by_component = {one.component for one in rows}
        assert by_component >= {reason.component for reason in line.reasons} - {"affinity"}
        assert len({(one.component, one.kind, one.id) for one in rows}) == len(rows)


def test_each_shop_and_purchase_is_an_addend_of_its_own(small_model: Model) -> None:
    product = listed(small_model, ListName.DISCOVER)[0]
    rows = addends(small_model, standing(small_model, Asked(SHOP, product, ListName.DISCOVER)))
    bought = {one.product_id for one in small_model.recommend(SHOP, ListName.REORDER, 60)}
    assert {one.id for one in rows if one.kind == PRODUCT} <= bought | {"item-03"}
    peers = [one for one in rows if one.component == "peers"]
    assert {one.kind for one in peers} <= {RETAILER, GROUP}
    assert len([one for one in peers if one.kind == RETAILER]) > 4  # none summed up


def test_neighbours_say_what_they_ordered_and_what_that_adds(small_model: Model) -> None:
    product = listed(small_model, ListName.DISCOVER)[0]
    found = standing(small_model, Asked(SHOP, product, ListName.DISCOVER))
    shops = neighbours(small_model, found)
    like = [one.similarity for one in shops]
    assert like == sorted(like, reverse=True)
    assert SHOP not in {one.retailer_id for one in shops}
    habits, at = small_model.market.habits, small_model.product_at(product)
    for one in shops:
        own = habits.of(np.array([small_model.shop_at(one.retailer_id)]))
        row = int(own.row_of(np.array([at]))[0])
        assert one.times == (int(own.times[row]) if row >= 0 else 0)
        assert (one.adds > 0) == (one.times > 0)
    rows = addends(small_model, found)
    spoken = fsum(one.contribution for one in rows if one.kind == RETAILER)
    assert fsum(one.adds for one in shops) == pytest.approx(spoken, rel=1e-9)


def test_products_that_speak_for_one_are_those_of_its_taste(small_model: Model) -> None:
    product = listed(small_model, ListName.DISCOVER)[0]
    found = standing(small_model, Asked(SHOP, product, ListName.DISCOVER))
    near = pulls(small_model, found, {"item-00": 0.5}, 6)
    assert product not in {one.product_id for one in near}
    heavy = near[:6]
    assert [one.weight for one in heavy] == sorted((one.weight for one in heavy), reverse=True)
    half = int(product[-2:]) % 2
    assert sum(int(one.product_id[-2:]) % 2 == half for one in heavy) >= 5
    assert all(one.shared for one in near if one.likeness > 0)


@pytest.mark.parametrize("name", PAGE)
def test_the_parts_of_a_chance_give_the_chance_of_the_line(
    small_model: Model, name: ListName
) -> None:
    for line in small_model.recommend(SHOP, name, 10):
        found = chance(small_model, standing(small_model, Asked(SHOP, line.product_id, name)), name)
        assert found is not None
        assert line.probability is not None
        assert found.probability == pytest.approx(line.probability, rel=1e-9)
        assert float(logistic(np.array(found.log_odds))) == pytest.approx(line.probability)
        assert {p.feature: p.value for p in found.parts}["place"] == pytest.approx(line.rank)


def test_a_shop_without_orders_has_no_chance_to_take_apart(small_model: Model) -> None:
    (line, *_) = small_model.recommend(COLD_SHOP, ListName.DISCOVER, 1)
    found = standing(small_model, Asked(COLD_SHOP, line.product_id, ListName.DISCOVER))
    assert chance(small_model, found, ListName.DISCOVER) is None
    assert neighbours(small_model, found) == ()
