"""A preview counts what really changes, and gives each rule its own cost."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Plan, ProductFacts, Rule, Rules
from smartreco.recommend.rules.effects import RulesPreview
from smartreco.recommend.rules.outcome import variety
from smartreco.recommend.rules.preview import drawn_shops, preview, preview_each
from tests.recommend.rules.conftest import rule

K = 8


def seen(model: Model, facts: ProductFacts, *rules: Rule, sample: int = 200) -> RulesPreview:
    return preview(
        model, list(model.market.retailer_positions), ListName.ALL, K, Rules(places=10),
        Rules(plan=Plan.of(rules, facts), places=10), facts, np.random.default_rng(1), sample,
    )  # fmt: skip


def test_no_rule_changes_nothing_and_costs_nothing(
    small_model: Model, small_facts: ProductFacts
) -> None:
    found = seen(small_model, small_facts)
    assert found.changed == 0
    assert found.score_lost == 0
    assert found.orders.difference.mean == 0
    assert found.entering == found.leaving == ()
    assert found.coverage[0] == found.coverage[1]
    assert found.retailers == found.known == 40


def test_figures_are_those_of_the_lists(small_model: Model, small_facts: ProductFacts) -> None:
    rules = Rules(plan=Plan.of([rule("boost", 1.0, vendor="Vendor 2")], small_facts), places=10)
    found = seen(small_model, small_facts, *rules.plan.rules)
    ids = list(small_model.market.retailer_positions)
    before = small_model.recommend_many(ids, ListName.ALL, K)
    after = small_model.recommend_many(ids, ListName.ALL, K, rules=rules)
    pairs = list(zip(before, after, strict=True))
    names = [([a.product_id for a in one], [b.product_id for b in two]) for one, two in pairs]
    assert found.changed == pytest.approx(np.mean([one != two for one, two in names]))
    came = [set(two) - set(one) for one, two in names]
    most = found.entering[0]
    assert most.lists == sum(most.product_id in one for one in came)
    assert most.lists == max(sum(p in one for one in came) for p in small_facts.product_ids)
    orders = [
        sum(line.probability for line in one)
        for one in after
        if all(line.probability is not None for line in one)
    ]
    assert found.orders.after == pytest.approx(np.mean(orders))
    assert (
        found.orders.difference.low <= found.orders.difference.mean <= found.orders.difference.high
    )
    had = sum(line.score for one in before for line in one)
    has = sum(line.score for one in after for line in one)
    assert found.score_lost == pytest.approx((had - has) / had)
    shown = {p for _, two in names for p in two}
    assert found.coverage[1] == pytest.approx(len(shown) / small_model.market.active.sum())
    promoted = next(one for one in found.vendors if one.vendor_id == "Vendor 2")
    places = [
        sum(small_facts.vendor[small_facts.position[p]] == 2 for p in two) for _, two in names
    ]
    assert promoted.after == pytest.approx(np.mean(places))
    assert promoted.after > promoted.before


def test_a_margin_rule_raises_the_margin_and_states_how_much_of_it_is_known(
    small_model: Model, small_facts: ProductFacts
) -> None:
    found = seen(small_model, small_facts, rule("min_margin", 0.3))
    assert found.margin.difference.low > 0
    assert found.margin.after > 0.3
    assert 0 < found.margin_known < 1
    assert found.orders.difference.mean < 0


def test_without_any_cost_the_margin_is_not_known(
    small_model: Model, small_facts: ProductFacts
) -> None:
    unknown = dataclasses.replace(small_facts, cost=np.full(60, np.nan))
    found = seen(small_model, unknown, rule("boost", 1.0, vendor="Vendor 2"))
    assert found.margin_known == 0
    assert np.isnan(found.margin.after)
    assert found.margin.difference.shops == 0


def test_each_rule_has_its_own_cost(small_model: Model, small_facts: ProductFacts) -> None:
    rules = (rule("boost", 2.0, vendor="Vendor 2"), rule("boost", 1.0, vendor="nobody"))
    both = Rules(plan=Plan.of(rules, small_facts), places=10)
    real, idle = preview_each(
        small_model, list(small_model.market.retailer_positions), ListName.ALL, K, both,
        small_facts, np.random.default_rng(1),
    )  # fmt: skip
    alone = seen(small_model, small_facts, rules[0])
    assert real.score_lost == pytest.approx(alone.score_lost)
    assert real.changed == alone.changed > 0
    assert idle.changed == 0
    assert idle.score_lost == 0


def test_variety_is_one_less_the_mean_likeness_of_pairs(small_facts: ProductFacts) -> None:
    row = np.array([[0, 4, 9, 21, -1]])
    features = small_facts.features[row[0, :4]].toarray()
    alike = features @ features.T
    pairs = alike[np.triu_indices(4, 1)]
    assert variety(row, small_facts)[0] == pytest.approx(1 - pairs.mean())
    assert np.isnan(variety(np.array([[3, -1]]), small_facts)[0])


def test_the_sample_is_drawn_by_the_rng_and_keeps_the_order() -> None:
    ids = [f"{at:03d}" for at in range(500)]
    one, two = (drawn_shops(ids, np.random.default_rng(5), 200) for _ in range(2))
    assert one == two == sorted(one)
    assert len(one) == 200
    assert drawn_shops(ids[:3], np.random.default_rng(5), 200) == ids[:3]
