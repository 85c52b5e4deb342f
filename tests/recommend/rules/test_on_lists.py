"""Rules on a fitted model: scores and reasons stay, notes are true, ranks agree with lists."""

from __future__ import annotations

import math

import numpy as np
import pytest

from smartreco.entities import ListName, Product, Recommendation
from smartreco.language import Language
from smartreco.recommend.model import Model
from smartreco.recommend.rules import NOTES, Plan, ProductFacts, Rule, Rules, note_words
from tests.recommend.conftest import COLD_SHOP
from tests.recommend.rules.conftest import rule

SHOP = "shop-04"
MIXTURE = (
    rule("boost", 0.8, vendor="Vendor 3"),
    rule("min_margin", 0.05),
    rule("diversity", 0.4),
    rule("vendor_floor", 2, vendor="Vendor 1"),
    rule("vendor_cap", 0.4),
    rule("pin", product="item-41"),
)


def listed(
    model: Model, facts: ProductFacts, *rules: Rule, name: ListName = ListName.ALL, k: int = 10
) -> tuple[Recommendation, ...]:
    plan = Plan.of(rules, facts)
    return model.recommend(SHOP, name, k, rules=Rules(plan=plan, places=10))


@pytest.mark.parametrize("name", ListName)
def test_rules_change_the_order_and_never_a_score_or_a_reason(
    small_model: Model, small_facts: ProductFacts, name: ListName
) -> None:
    free = {line.product_id: line for line in small_model.recommend(SHOP, name, 60)}
    bound = listed(small_model, small_facts, *MIXTURE, name=name, k=40)
    assert [line.product_id for line in bound] != list(free)[: len(bound)]
    for line in bound:
        assert math.isclose(
            math.fsum(reason.contribution for reason in line.reasons), line.score, rel_tol=1e-9
        )
        same = free[line.product_id]
        assert line.score == pytest.approx(same.score, rel=1e-12)
        assert line.probability == same.probability
        assert [reason.template for reason in line.reasons] == [
            reason.template for reason in same.reasons
        ]


@pytest.mark.parametrize("name", ListName)
def test_the_rank_of_an_explanation_is_the_place_in_the_list(
    small_model: Model, small_facts: ProductFacts, name: ListName
) -> None:
    rules = Rules(plan=Plan.of(MIXTURE, small_facts), places=10)
    for line in small_model.recommend(SHOP, name, 25, rules=rules):
        found = small_model.explain(SHOP, line.product_id, name, rules=rules, k=50)
        assert found.rank == line.rank
        assert found.score == pytest.approx(line.score, rel=1e-9)


def test_many_shops_get_what_each_gets_alone(small_model: Model, small_facts: ProductFacts) -> None:
    rules = Rules(plan=Plan.of(MIXTURE, small_facts), places=10)
    ids = [SHOP, COLD_SHOP, "shop-11"]
    many = small_model.recommend_many(ids, ListName.ALL, 12, rules=rules)
    positions = small_model.rank(ids, ListName.ALL, 12, rules=rules)
    for one, found, row in zip(ids, many, positions, strict=True):
        alone = small_model.recommend(one, ListName.ALL, 12, rules=rules)
        assert [line.product_id for line in alone] == [line.product_id for line in found]
        assert [small_model.market.product_ids[at] for at in row[row >= 0]] == [
            line.product_id for line in found
        ]


def test_a_boosted_line_says_who_is_promoted_and_only_where_it_moved(
    small_model: Model, small_facts: ProductFacts
) -> None:
    free = [line.product_id for line in small_model.recommend(SHOP, ListName.ALL, 60)]
    bound = listed(small_model, small_facts, rule("boost", 0.5, vendor="Vendor 3"), k=60)
    moved = 0
    for place, line in enumerate(bound):
        own = small_facts.vendor[small_facts.position[line.product_id]] == 3
        assert ("boosted_vendor" in line.notes) == (own and free.index(line.product_id) > place)
        moved += "boosted_vendor" in line.notes
    assert moved


def test_a_boost_too_small_to_move_anything_is_not_named(
    small_model: Model, small_facts: ProductFacts
) -> None:
    bound = listed(small_model, small_facts, rule("boost", 1e-9, vendor="Vendor 3"), k=60)
    assert all(line.notes == () for line in bound)


def test_other_rules_say_so_too(small_model: Model, small_facts: ProductFacts) -> None:
    free = [line.product_id for line in small_model.recommend(SHOP, ListName.ALL, 60)]
    vendor = int(small_facts.vendor[small_facts.position[free[0]]])

    def notes(*rules: Rule) -> list[tuple[str, ...]]:
        return [line.notes for line in listed(small_model, small_facts, *rules)]

    capped = notes(rule("vendor_cap", 1, vendor=f"Vendor {vendor}"))
    assert capped[0] == ()
    assert ("vendor_cap",) in capped
    last = next(one for one in range(4) if f"Vendor {one}" not in vendors_of(free[:5], small_facts))
    floored = listed(small_model, small_facts, rule("vendor_floor", 5, vendor=f"Vendor {last}"))
    assert ("vendor_floor",) in [line.notes for line in floored]
    assert ("varied",) in notes(rule("diversity", 0.9))
    assert ("left_out",) in notes(rule("leave_out", product=free[2]))
    assert notes(rule("pin", product=free[7]))[0] == ("pinned",)
    held = notes(rule("boost", -0.5, product=free[0]))
    assert ("held_back",) in held


def vendors_of(ids: list[str], facts: ProductFacts) -> set[str]:
    return {facts.vendors[facts.vendor[facts.position[one]]] for one in ids}


def test_a_note_in_words_names_the_vendor_and_never_a_margin() -> None:
    product = Product("p", "Cola", "Juice", vendor="Acme")
    english = Language()
    assert note_words("boosted_vendor", product, english) == (
        "Moved up by a rule: Acme is promoted"
    )
    for name in NOTES:
        words = note_words(name, product, english)
        assert "{" not in words
        assert "margin" not in words


def test_a_what_if_ranks_under_the_same_rules(
    small_model: Model, small_facts: ProductFacts
) -> None:
    rules = Rules(plan=Plan.of(MIXTURE, small_facts), places=10)
    for line in small_model.recommend(SHOP, ListName.ALL, 10, rules=rules):
        found = small_model.explain(SHOP, line.product_id, ListName.ALL, rules=rules, k=50)
        if found.counterfactual is None:
            continue
        name = str(found.counterfactual.values["product"])
        gone = str(
            small_model.market.product_ids[list(small_model.market.product_names).index(name)]
        )
        other = small_model.without(SHOP, gone)
        after = [one.product_id for one in other.recommend(SHOP, ListName.ALL, 50, rules=rules)]
        stated = found.counterfactual.values["after"]
        if line.product_id in after:
            assert stated == after.index(line.product_id) + 1
        else:
            assert stated is None or int(str(stated)) > len(after)


def test_no_plan_takes_the_short_way(
    small_model: Model, small_facts: ProductFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a list without rules was arranged")

    monkeypatch.setattr("smartreco.recommend.rules.resolved.arranged", never)
    monkeypatch.setattr("smartreco.recommend.rules.resolved.spread", never)
    assert listed(small_model, small_facts)
    assert np.array_equal(
        small_model.rank([SHOP], ListName.ALL, 5),
        small_model.rank([SHOP], ListName.ALL, 5, rules=Rules(places=10)),
    )
