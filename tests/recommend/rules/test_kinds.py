"""Each kind of rule alone, on keys that can be checked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.recommend.blend import spread
from smartreco.recommend.rules import KINDS, NO_PLAN, Plan, ProductFacts, Resolved, Rules
from tests.recommend.rules.conftest import rule

FALLING = 1.0 - np.arange(60) / 100  # product 0 is best, 59 last
OFFERED = np.ones((1, 60), dtype=bool)


def ranked(
    facts: ProductFacts, *rules: object, k: int = 10, places: int | None = None
) -> list[int]:
    plan = Plan.of(rules, facts)
    resolved = Rules(plan=plan, places=places).resolve(facts.position)
    return resolved.ranked(FALLING[None, :], OFFERED, k)[0].tolist()


def test_no_rules_are_no_plan(small_facts: ProductFacts) -> None:
    assert Plan.of([], small_facts) is NO_PLAN
    assert ranked(small_facts) == list(range(10))


def test_a_boost_of_one_moves_a_product_by_one_spread(small_facts: ProductFacts) -> None:
    width = spread(FALLING[None, :], OFFERED)[0]
    passed = int(width / 0.01)
    boosted = ranked(small_facts, rule("boost", 1.0, product="item-40"), k=60)
    assert boosted.index(40) == 40 - passed
    held = ranked(small_facts, rule("boost", -1.0, product="item-10"), k=60)
    assert held.index(10) == 10 + passed


def test_a_boost_decides_alone_where_scores_do_not_differ(small_facts: ProductFacts) -> None:
    resolved = Rules(plan=Plan.of([rule("boost", 0.1, vendor="Vendor 3")], small_facts)).resolve(
        small_facts.position
    )
    assert resolved.ranked(np.ones((1, 60)), OFFERED, 3)[0].tolist() == [3, 7, 11]


def test_boosts_add_up_and_reach_whole_categories(small_facts: ProductFacts) -> None:
    rules = (rule("boost", 3.0, category="Juice"), rule("boost", 3.0, vendor="Vendor 3"))
    assert ranked(small_facts, *rules, k=4) == [3, 7, 11, 15]


def test_a_minimum_margin_leaves_out_what_earns_less_and_keeps_what_is_unknown(
    small_facts: ProductFacts,
) -> None:
    left = ranked(small_facts, rule("min_margin", 0.3), k=60)
    known = [at for at in left if at >= 0]
    assert set(range(30, 60)) <= set(known)
    assert {at for at in known if at < 30} == {9, 19, 29}


def test_a_soft_minimum_margin_only_moves_down(small_facts: ProductFacts) -> None:
    moved = ranked(small_facts, rule("min_margin", 0.05, 3.0), k=60)
    assert sorted(moved) == list(range(60))
    assert moved.index(4) > moved.index(30)
    assert moved[0] == 5


def test_a_rule_on_what_the_data_do_not_know_does_nothing(small_facts: ProductFacts) -> None:
    unknown = [
        rule("boost", 1.0, product="gone"), rule("boost", 1.0, vendor="gone"),
        rule("leave_out", category="gone"), rule("vendor_floor", 3, vendor="gone"),
        rule("vendor_cap", 1, vendor="gone"), rule("pin", product="gone"),
    ]  # fmt: skip
    assert ranked(small_facts, *unknown) == list(range(10))


def test_a_floor_takes_the_best_of_the_vendor_and_the_last_places_give_way(
    small_facts: ProductFacts,
) -> None:
    plan = rule("leave_out", product="item-03"), rule("vendor_floor", 4, vendor="Vendor 3")
    assert ranked(small_facts, *plan, k=8) == [0, 1, 2, 4, 7, 11, 15, 19]


def test_a_floor_as_a_share_is_rounded_up_and_met_as_far_as_possible(
    small_facts: ProductFacts,
) -> None:
    found = ranked(small_facts, rule("vendor_floor", 0.35, vendor="Vendor 1"))
    assert sum(at % 4 == 1 for at in found) == 4
    few = [rule("leave_out", product=f"item-{at:02d}") for at in range(5, 60, 4)]
    found = ranked(small_facts, *few, rule("vendor_floor", 0.35, vendor="Vendor 1"))
    assert [at for at in found if at % 4 == 1] == [1]
    assert len(found) == 10


def test_a_cap_for_any_vendor_and_one_for_a_named_vendor(small_facts: ProductFacts) -> None:
    found = ranked(small_facts, rule("vendor_cap", 2), k=8)
    assert found == list(range(8))
    found = ranked(small_facts, rule("boost", 3.0, vendor="Vendor 2"), rule("vendor_cap", 0.2))
    assert sum(at % 4 == 2 for at in found) == 2
    found = ranked(small_facts, rule("vendor_cap", 1, vendor="Vendor 0"), k=8)
    assert found == [0, 1, 2, 3, 5, 6, 7, 9]


def test_a_cap_looks_as_deep_as_it_has_to(small_facts: ProductFacts) -> None:
    rules = (rule("boost", 3.0, vendor="Vendor 0"), rule("vendor_cap", 1))
    assert ranked(small_facts, *rules, k=2) == [0, 1]


def test_a_list_ends_where_caps_leave_nothing_to_offer(small_facts: ProductFacts) -> None:
    found = ranked(small_facts, rule("vendor_cap", 1), k=20, places=10)
    assert found[:4] == [0, 1, 2, 3]
    assert found[4:] == [-1] * 16


def test_places_are_counted_in_every_window(small_facts: ProductFacts) -> None:
    rules = (rule("boost", 3.0, vendor="Vendor 1"), rule("vendor_cap", 3))
    found = ranked(small_facts, *rules, k=20, places=10)
    assert sum(at % 4 == 1 for at in found[:10]) == 3
    assert sum(at % 4 == 1 for at in found[10:]) == 3
    assert ranked(small_facts, *rules, k=7, places=10) == found[:7]


def test_diversity_of_zero_changes_nothing_and_of_one_repeats_nothing(
    small_facts: ProductFacts,
) -> None:
    assert ranked(small_facts, rule("diversity", 0.0)) == list(range(10))
    varied = ranked(small_facts, rule("diversity", 1.0), k=4)
    assert varied[0] == 0
    assert sorted(at % 4 for at in varied) == [0, 1, 2, 3]


def test_diversity_keeps_the_best_first_where_candidates_are_few(small_facts: ProductFacts) -> None:
    resolved = Rules(plan=Plan.of([rule("diversity", 0.2)], small_facts)).resolve(
        small_facts.position
    )
    few = np.isin(np.arange(60), [0, 1, 40])[None, :]
    assert resolved.ranked(FALLING[None, :], few, 6)[0].tolist() == [0, 1, 40, -1, -1, -1]


@pytest.mark.parametrize("strength", [0.3, 0.6, 0.9])
def test_diversity_is_maximal_marginal_relevance(
    small_facts: ProductFacts, strength: float
) -> None:
    rng = np.random.default_rng(3)
    rows = rng.random((60, 12)) * (rng.random((60, 12)) < 0.3) + 1e-9
    alike = (rows := rows / np.linalg.norm(rows, axis=1, keepdims=True)) @ rows.T
    facts = replace(small_facts, features=sp.csr_array(rows))
    k, pool = 10, 50
    relevance = (FALLING[:pool] - FALLING[pool - 1]) / (FALLING[0] - FALLING[pool - 1])
    chosen: list[int] = []
    for _ in range(k):
        value = [
            -np.inf
            if one in chosen
            else (1 - strength) * relevance[one]
            - strength * max((alike[one, other] for other in chosen), default=0.0)
            for one in range(pool)
        ]
        chosen.append(int(np.argmax(value)))
    assert chosen != list(range(k))
    assert ranked(facts, rule("diversity", strength), k=k) == chosen


def test_a_pin_comes_first_and_counts_for_floors_and_caps(small_facts: ProductFacts) -> None:
    rules = (rule("pin", product="item-50"), rule("vendor_cap", 1, vendor="Vendor 2"))
    assert ranked(small_facts, *rules, k=5) == [50, 0, 1, 3, 4]
    rules = (rule("pin", product="item-50"), rule("vendor_floor", 1, vendor="Vendor 2"))
    assert ranked(small_facts, *rules, k=3) == [50, 0, 1]
    assert ranked(small_facts, rule("pin", product="item-50"), rule("diversity", 0.9), k=3)[0] == 50


def test_pins_win_over_a_cap(small_facts: ProductFacts) -> None:
    pins = rule("pin", product="item-50"), rule("pin", product="item-46")
    assert ranked(small_facts, *pins, rule("vendor_cap", 1), k=4) == [50, 46, 0, 1]


def test_a_pin_that_a_filter_leaves_out_stays_out(small_facts: ProductFacts) -> None:
    rules = (rule("pin", product="item-00"), rule("min_margin", 0.2))
    assert 0 not in ranked(small_facts, *rules, k=60)


def test_a_plan_without_one_of_its_rules(small_facts: ProductFacts) -> None:
    rules = [rule("boost", 3.0, product="item-40"), rule("vendor_cap", 1)]
    plan = Plan.of(rules, small_facts)
    assert plan.without(1).rules == (rules[0],)
    assert not plan.without(1).arranges
    assert plan.without(0).without(0) is NO_PLAN


def test_a_plan_of_another_catalogue_is_refused(small_facts: ProductFacts) -> None:
    plan = Plan.of([rule("leave_out", product="item-01")], small_facts)
    with pytest.raises(ValueError, match="entries"):
        Rules(plan=plan).resolve({"item-01": 0})


def test_every_kind_has_a_name_and_targets() -> None:
    for name, kind in KINDS.items():
        assert kind.kind == name
        assert kind.targets
        assert kind.least <= kind.most


def test_an_empty_catalogue_and_no_shops_are_no_trouble(small_facts: ProductFacts) -> None:
    plan = Plan.of([rule("diversity", 0.5), rule("vendor_cap", 2)], small_facts)
    resolved = Resolved(plan=plan, places=10)
    assert resolved.ranked(np.zeros((0, 60)), np.zeros((0, 60), dtype=bool), 5).shape == (0, 5)
    nothing = resolved.ranked(FALLING[None, :], np.zeros((1, 60), dtype=bool), 5)
    assert nothing.tolist() == [[-1] * 5]
