"""Whatever rules are mixed: lists stay lists, and the promises of each rule hold."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from smartreco.recommend.rules import Plan, ProductFacts, Rule, Rules
from smartreco.recommend.rules.vendor_cap import most_places
from smartreco.recommend.rules.vendor_floor import least_places
from tests.drawing import drawn
from tests.recommend.rules.conftest import rule

VENDORS = st.sampled_from([f"Vendor {at}" for at in range(4)] + ["nobody"])
PRODUCTS = st.integers(0, 61).map("item-{:02d}".format)
AMOUNTS = st.one_of(st.sampled_from([1.0, 2.0, 3.0, 5.0]), st.floats(0.05, 0.95))
RULE = st.one_of(
    st.builds(lambda a, v: rule("boost", a, vendor=v), st.floats(-3, 3), VENDORS),
    st.builds(lambda a, p: rule("boost", a, product=p), st.floats(-3, 3), PRODUCTS),
    st.builds(lambda a: rule("boost", a, category="Juice"), st.floats(-3, 3)),
    st.builds(lambda p: rule("leave_out", product=p), PRODUCTS),
    st.builds(lambda v: rule("leave_out", vendor=v), VENDORS),
    st.builds(lambda a, s: rule("min_margin", a, s), st.floats(-1, 0.9), st.none() | st.just(1.0)),
    st.builds(lambda a: rule("diversity", a), st.floats(0, 1)),
    st.builds(lambda a: rule("vendor_cap", a), AMOUNTS),
    st.builds(lambda a, v: rule("vendor_cap", a, vendor=v), AMOUNTS, VENDORS),
    st.builds(lambda a, v: rule("vendor_floor", a, vendor=v), AMOUNTS, VENDORS),
    st.builds(lambda p: rule("pin", product=p), PRODUCTS),
)
MIXTURE = st.lists(RULE, max_size=7)
LENGTH = st.integers(1, 70)
WINDOW = st.sampled_from([None, 4, 10])
SEEDS = st.integers(0, 10_000)
# the facts are the same for all examples of a test
CALM = drawn(150)


def lists(
    facts: ProductFacts, rules: list[Rule], k: int, places: int | None, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, offers and lists of three shops; many scores are equal."""
    rng = np.random.default_rng(seed)
    scores = rng.choice([-1.0, 0.25, 0.5, 2.0], (3, 60)) + rng.choice([0.0, 0.01], (3, 60))
    offers = rng.random((3, 60)) < rng.choice([0.05, 0.5, 1.0])
    resolved = Rules(plan=Plan.of(rules, facts), places=places).resolve(facts.position)
    return scores, offers, resolved.ranked(scores, offers, k)


@CALM
@given(MIXTURE, LENGTH, WINDOW, SEEDS)
def test_lists_hold_offered_products_once_and_end_once(
    small_facts: ProductFacts, rules: list[Rule], k: int, places: int | None, seed: int
) -> None:
    _, offers, found = lists(small_facts, rules, k, places, seed)
    assert found.shape == (3, k)
    kept = [keeps for one in rules if (keeps := one.keeps(small_facts)) is not None]
    for offered, row in zip(offers, found, strict=True):
        listed = row[row >= 0]
        assert len(set(listed)) == len(listed)
        assert (row[len(listed) :] == -1).all()
        assert offered[listed].all()
        assert all(keeps[listed].all() for keeps in kept)


@CALM
@given(MIXTURE, LENGTH, WINDOW, SEEDS)
def test_the_same_request_gets_the_same_list_alone_or_among_others(
    small_facts: ProductFacts, rules: list[Rule], k: int, places: int | None, seed: int
) -> None:
    scores, offers, found = lists(small_facts, rules, k, places, seed)
    resolved = Rules(plan=Plan.of(rules, small_facts), places=places).resolve(small_facts.position)
    for row in range(3):
        alone = resolved.ranked(scores[row : row + 1], offers[row : row + 1], k)
        assert alone[0].tolist() == found[row].tolist()


@CALM
@given(MIXTURE, LENGTH, st.integers(1, 70), SEEDS)
def test_a_shorter_list_is_the_head_of_a_longer_one(
    small_facts: ProductFacts, rules: list[Rule], k: int, other: int, seed: int
) -> None:
    *_, one = lists(small_facts, rules, k, 10, seed)
    *_, two = lists(small_facts, rules, other, 10, seed)
    short = min(k, other)
    assert one[:, :short].tolist() == two[:, :short].tolist()


@CALM
@given(MIXTURE, st.integers(1, 20), SEEDS)
def test_no_vendor_is_above_his_cap_but_for_pins(
    small_facts: ProductFacts, rules: list[Rule], k: int, seed: int
) -> None:
    *_, found = lists(small_facts, rules, k, None, seed)
    pinned = [small_facts.position.get(one.pinned() or "", -1) for one in rules]
    for one in (one for one in rules if one.kind == "vendor_cap"):
        named = one.target.id if one.target.kind == "vendor" else None
        for row in found:
            counts = Counter(int(small_facts.vendor[at]) for at in row[row >= 0])
            fixed = Counter(int(small_facts.vendor[at]) for at in row if at >= 0 and at in pinned)
            for vendor, count in counts.items():
                if named in (None, small_facts.vendors[vendor]):
                    assert count <= max(most_places(one.amount, k), fixed[vendor])


@CALM
@given(MIXTURE, LENGTH, WINDOW, SEEDS)
def test_pins_come_first_in_their_order_where_no_filter_says_no(
    small_facts: ProductFacts, rules: list[Rule], k: int, places: int | None, seed: int
) -> None:
    _, offers, found = lists(small_facts, rules, k, places, seed)
    pinned = dict.fromkeys(small_facts.position.get(one.pinned() or "", -1) for one in rules)
    allowed = np.ones(60, dtype=bool)
    for keeps in (one.keeps(small_facts) for one in rules):
        allowed &= True if keeps is None else keeps
    for offered, row in zip(offers, found, strict=True):
        first = [at for at in pinned if at >= 0 and offered[at] and allowed[at]][:k]
        assert row[: len(first)].tolist() == first


@CALM
@given(st.lists(RULE, max_size=3), st.integers(1, 20), AMOUNTS, SEEDS)
def test_one_floor_is_met_as_far_as_candidates_caps_and_pins_allow(
    small_facts: ProductFacts, rules: list[Rule], k: int, amount: float, seed: int
) -> None:
    rules = [one for one in rules if one.kind not in ("vendor_floor", "pin")]
    floor = rule("vendor_floor", amount, vendor="Vendor 1")
    _, offers, found = lists(small_facts, [*rules, floor], k, None, seed)
    allowed = small_facts.of_vendor("Vendor 1")
    for keeps in (one.keeps(small_facts) for one in rules):
        allowed = allowed if keeps is None else allowed & keeps
    caps = [
        most_places(one.amount, k)
        for one in rules
        if one.kind == "vendor_cap" and one.target.id in ("", "Vendor 1")
    ]
    for offered, row in zip(offers, found, strict=True):
        due = min(least_places(amount, k), int((offered & allowed).sum()), *caps, k)
        assert (small_facts.vendor[row[row >= 0]] == 1).sum() >= due


@CALM
@given(MIXTURE, st.integers(1, 30), WINDOW, SEEDS)
def test_the_rank_of_a_product_is_its_place_in_the_list(
    small_facts: ProductFacts, rules: list[Rule], k: int, places: int | None, seed: int
) -> None:
    scores, offers, found = lists(small_facts, rules, k, places, seed)
    resolved = Rules(plan=Plan.of(rules, small_facts), places=places).resolve(small_facts.position)
    listed = found[0][found[0] >= 0].tolist()
    ranks = [resolved.rank_of(scores[:1], offers[:1], product, k) for product in range(60)]
    for place, product in enumerate(listed):
        assert ranks[product] == place + 1
    beyond = [rank for product, rank in enumerate(ranks) if product not in listed]
    assert all(rank is None or rank > len(listed) for rank in beyond)
    taken = [rank for rank in ranks if rank is not None]
    assert len(set(taken)) == len(taken)
