"""A bench says what full scoring would say, and knows nothing of what came after its window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartreco.entities import ListName
from smartreco.errors import NotReadyError
from smartreco.evaluation.bench.bench import Bench, K
from smartreco.evaluation.bench.figures import NAMES
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.evaluation.listing import list_ours
from smartreco.evaluation.measuring import Judge, calibration
from smartreco.evaluation.protocol import Split, cut
from smartreco.evaluation.published import as_published
from smartreco.recommend.blend import COMPONENTS, DEFAULT_BLEND, Blend
from smartreco.recommend.engine import fit_model
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.rules import (
    CATEGORY,
    NO_PLAN,
    PRODUCT,
    VENDOR,
    Plan,
    Rule,
    Rules,
    Target,
)
from smartreco.recommend.rules.boost import Boost
from smartreco.recommend.rules.diversity import Diversity
from smartreco.recommend.rules.leave_out import LeaveOut
from smartreco.recommend.rules.pin import Pin
from smartreco.recommend.rules.vendor_cap import VendorCap
from smartreco.recommend.rules.vendor_floor import VendorFloor
from tests.evaluation.bench.conftest import Past, altered_after

QUICK = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# steps no finer than a slider's: a weight of 1e-260 orders what single precision cannot tell apart
shares = st.lists(st.integers(0, 1000).map(float), min_size=6, max_size=6).filter(any)


def recipe_of(
    weights: list[float],
    damping: float | None = None,
    half_life: float | None = None,
    variety: float = 0.0,
) -> Recipe:
    own = dict(zip(COMPONENTS, weights, strict=True))
    return Recipe(
        Blend.of(dict.fromkeys(ListName, own)), half_life, damping, dict.fromkeys(LISTS, variety)
    )


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    return recipe_of(
        draw(shares),
        draw(st.sampled_from([None, 0.0, 0.1, 0.5])),
        draw(st.sampled_from([None, 60.0])),
        draw(st.sampled_from([0.0, 0.4])),
    )


def fully(past: Past, recipe: Recipe) -> dict[tuple[ListName, str], float]:
    """The figures of a recipe by scoring the whole catalogue, as an evaluation does."""
    model, rules = as_published(past.model, recipe, past.inner.training, K)
    listed = list_ours(model, past.bench.window.cut, K, rules=rules)
    found = {}
    for name in LISTS:
        judge = Judge.of(past.bench.window.cut, name, model.market.attributes.matrix)
        scores = judge.scores("ours", listed[name])
        for one in NAMES[:-1]:
            found[name, one] = getattr(scores, one)
        assert past.inner.soon is not None
        stated = calibration(listed[name], past.inner.soon)
        if stated is not None:
            found[name, "calibration"] = stated.error
    return found


@QUICK
@given(recipe=recipes())
def test_its_figures_are_those_of_full_scoring(past: Past, recipe: Recipe) -> None:
    measured = past.bench.measure(recipe)
    for (name, one), value in fully(past, recipe).items():
        near = {"ndcg": 0.002, "coverage": 0.01}.get(one, 0.01)
        assert measured.of(name).gauge(one).value == pytest.approx(value, abs=near), (name, one)


@QUICK
@given(recipe=recipes())
def test_a_recipe_against_itself_is_told_apart_nowhere(past: Past, recipe: Recipe) -> None:
    for one in past.bench.measure(recipe, recipe).lists:
        for gauge in one.gauges:
            assert not gauge.told_apart
            assert gauge.change in (None, 0.0)
        assert all(kind.change in (None, 0.0) for kind in one.segments)


@QUICK
@given(recipe=recipes(), other=recipes())
def test_intervals_hold_their_figure_and_changes_mirror_each_other(
    past: Past, recipe: Recipe, other: Recipe
) -> None:
    there, back = past.bench.measure(recipe, other), past.bench.measure(other, recipe)
    for name in LISTS:
        for one in NAMES:
            gauge, mirrored = there.of(name).gauge(one), back.of(name).gauge(one)
            if gauge.value is None:
                continue
            assert gauge.low is not None
            assert gauge.high is not None
            assert gauge.low <= gauge.value <= gauge.high
            assert gauge.change is not None
            assert mirrored.change == pytest.approx(-gauge.change)
            assert gauge.told_apart == mirrored.told_apart or abs(gauge.change) < 0.05


@QUICK
@given(recipe=recipes())
def test_lists_hold_candidates_once_and_end_where_there_are_none(
    past: Past, recipe: Recipe
) -> None:
    for name in LISTS:
        ranked = past.bench.lists(name, recipe).ranked
        bought = past.bench.window.cut.bought.toarray() > 0
        for row, products in enumerate(ranked):
            listed = products[products >= 0]
            assert len(set(listed.tolist())) == len(listed)
            assert (products[len(listed) :] == -1).all()
            assert past.inner.active[listed].all()
            assert (bought[row, listed] == (name is ListName.REORDER)).all()


@pytest.mark.parametrize(
    "rules",
    [
        [LeaveOut(Target(CATEGORY, "Juice"))],
        [Boost(Target(VENDOR, "Vendor 1"), 1.0), Boost(Target(CATEGORY, "Juice"), -0.5)],
        [VendorCap(amount=3)],
        [VendorFloor(Target(VENDOR, "Vendor 2"), 4)],
        [Pin(Target(PRODUCT, "item-50")), Pin(Target(PRODUCT, "item-07"))],
        [Diversity(amount=0.5)],
        [Diversity(amount=0.3), VendorCap(amount=0.4), Pin(Target(PRODUCT, "item-33"))],
    ],
    ids=lambda rules: "+".join(one.kind for one in rules),
)
def test_published_rules_make_the_lists_that_they_make_of_the_whole_catalogue(
    past: Past, rules: list[Rule]
) -> None:
    plan = Plan.of(rules, past.facts)
    ids = past.model.market.retailer_ids[past.bench.window.cut.shops].tolist()
    for name in LISTS:
        recipe = Recipe(DEFAULT_BLEND)
        full = past.model.rank(ids, name, K, rules=Rules(plan=plan), blend=recipe.blend)
        ours = past.bench.lists(name, recipe, {name: plan}).ranked
        assert (full == ours).mean() > 0.99
        plain = past.bench.lists(name, recipe).ranked
        assert (plain != ours).any(), "the rules did nothing: nothing was tested"


def test_what_rules_cannot_carry_is_said(past: Past) -> None:
    floor: Mapping[ListName, Plan] = {
        name: Plan.of([VendorFloor(Target(VENDOR, "Vendor 2"), 4)], past.facts) for name in LISTS
    }
    said = {one.template for one in past.bench.measure(Recipe(DEFAULT_BLEND), plans=floor).notes}
    assert said == {"note.stock", "note.floors"}
    assert not past.bench.measure(Recipe(DEFAULT_BLEND), plans=dict.fromkeys(LISTS, NO_PLAN)).notes


def test_the_inner_bench_knows_nothing_of_the_test_window(past: Past) -> None:
    first = past.outer.training.as_of_day
    other = altered_after(past.history, first)
    outer = cut(other, Split.TIME, np.random.default_rng(0))
    assert outer.training.as_of == past.outer.training.as_of
    assert (outer.later != past.outer.later).nnz, "nothing was altered: nothing was tested"
    inner = cut(outer.training, Split.TIME, np.random.default_rng(0))
    model = fit_model(inner.training, rng=np.random.default_rng(1))
    bench = Bench.of(inner, model, rng=np.random.default_rng(2))
    assert bench.measure(Recipe(DEFAULT_BLEND)) == past.bench.measure(Recipe(DEFAULT_BLEND))


def test_a_half_life_that_is_not_made_yet_says_so(past: Past) -> None:
    with pytest.raises(NotReadyError, match="half-life"):
        past.bench.measure(Recipe(DEFAULT_BLEND, half_life=180.0))
    assert past.bench.half_lives == (60.0,)


def test_few_shops_are_drawn_where_there_are_many_and_stand_for_all(past: Past) -> None:
    few = Bench.of(past.inner, past.model, rng=np.random.default_rng(3), shops=20)
    window = few.window
    assert len(window.cut.shops) == 20
    assert window.weight.sum() == pytest.approx(len(past.inner.shops))
    again = Bench.of(past.inner, past.model, rng=np.random.default_rng(3), shops=20)
    assert few.measure(few.learned) == again.measure(again.learned)


def test_segments_below_five_shops_have_no_figure(past: Past) -> None:
    for one in past.bench.measure(replace(past.bench.learned, damping=0.5)).lists:
        for kind in one.segments:
            assert (kind.value is None) == (kind.shops < 5)
            if kind.change is not None:
                assert kind.low is not None
                assert kind.high is not None
                assert kind.low <= kind.change <= kind.high
