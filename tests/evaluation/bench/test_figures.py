"""Figures, their influences and the intervals that follow from them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.entities import ListName
from smartreco.evaluation.bench.figures import (
    Figures,
    Lists,
    average,
    coverage,
    figures,
    unmeasured,
)
from smartreco.evaluation.bench.gathering import floors_by_step, undamped
from smartreco.evaluation.bench.objectives import (
    Goods,
    Objective,
    earned,
    objective_of,
    spread_over,
)
from smartreco.evaluation.bench.pool import mixed
from smartreco.evaluation.bench.spreads import STEPS, Spreads
from smartreco.measures.variety import gini, places
from smartreco.recommend.blend import spread
from smartreco.recommend.damping import DAMPED
from smartreco.recommend.serving import with_damping
from tests.evaluation.bench.conftest import Past

SHOPS = 60


def listed(ranked: np.ndarray, hits: np.ndarray | None = None) -> Figures:
    found = np.zeros(ranked.shape, dtype=bool) if hits is None else hits
    lists = Lists(ranked, found, None, None, np.ones(len(ranked), dtype=np.int64))
    return Figures(len(ranked), {}, np.full(len(ranked), np.nan), lists)


def test_the_influence_of_a_mean_is_each_shops_distance_from_it() -> None:
    found = average(np.array([1.0, 2.0, 3.0, np.nan]))
    assert found.value == 2.0
    assert found.influence == pytest.approx(np.array([-4 / 3, 0.0, 4 / 3, 0.0]))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_influences_sum_to_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ranked = np.argsort(rng.random((SHOPS, 30)), axis=1)[:, :5]
    ranked[rng.random(SHOPS) < 0.2] = -1
    vendor = rng.integers(-1, 6, size=30)
    for one in (coverage(ranked, 30), spread_over(listed(ranked), vendor)):
        assert abs(one.influence.sum()) < 1e-6


def test_coverage_counts_products_on_any_list() -> None:
    found = coverage(np.array([[0, 1], [1, 2], [1, -1]]), products=6)
    assert found.value == 0.5
    # without shop 0 product 0 is gone, without shop 1 product 2, without shop 2 nothing
    assert found.influence[0] == found.influence[1] > 0 > found.influence[2]
    assert coverage(np.full((3, 2), -1), products=6).value == 0.0


def test_the_interval_of_coverage_holds_what_other_shops_of_the_same_kind_cover() -> None:
    rng = np.random.default_rng(4)
    popular = rng.zipf(1.6, size=4000) % 400

    def drawn() -> np.ndarray:
        return rng.choice(popular, size=(200, 10))

    found = coverage(drawn(), 400)
    noise = float(np.sqrt((found.influence**2).sum())) / 200
    others = np.array([coverage(drawn(), 400).value for _ in range(200)])
    assert 0.6 < noise / others.std() < 1.6


def test_fairness_is_one_less_gini_and_its_influence_its_slope() -> None:
    rng = np.random.default_rng(1)
    ranked = rng.choice(40, size=(SHOPS, 6))
    vendor = rng.choice(5, size=40, p=[0.5, 0.2, 0.15, 0.1, 0.05])
    found = spread_over(listed(ranked), vendor)
    assert found.value == pytest.approx(1 - gini(places(ranked, vendor, 5)))
    for shop in (0, 7, 31):
        more = np.vstack([ranked, np.repeat(ranked[shop][None, :], 1, axis=0)])
        moved = spread_over(listed(more), vendor).value - found.value
        assert moved == pytest.approx(found.influence[shop] / SHOPS, abs=2e-4)


def test_margin_counts_hits_and_nothing_where_costs_are_unknown() -> None:
    ranked, hits = np.array([[0, 1], [1, 2]]), np.array([[True, False], [True, True]])
    found = earned(listed(ranked, hits), np.array([5.0, 3.0, np.nan]))
    assert found.value == pytest.approx((5.0 + 3.0) / 2)
    goods = Goods(np.array([5.0, 3.0, np.nan]), np.zeros(3, dtype=np.int64))
    assert objective_of(Objective.MARGIN, listed(ranked, hits), goods) is not None


def test_nothing_measured_has_no_value() -> None:
    assert np.isnan(unmeasured(3).value)
    assert np.isnan(average(np.full(3, np.nan)).value)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), power=st.floats(0.0, 0.5))
def test_spreads_at_any_damping_are_those_of_damped_scores(
    past: Past, seed: int, power: float
) -> None:
    rng = np.random.default_rng(seed)
    market = past.model.market
    products = market.shape[1]
    components = {
        "repurchase": rng.random((6, products)) * 3,
        "collaborative": rng.normal(size=(6, products)),
        "succession": rng.exponential(size=(6, products)),
    }
    mask = rng.random((6, products)) < 0.7
    found = Spreads.of(components, mask, market).at(power)
    damped = {
        name: values * (market.damping(power) if name in DAMPED else 1.0)
        for name, values in components.items()
    }
    near = 1e-4 if power in STEPS else 1e-2
    for place, (name, values) in enumerate(damped.items()):
        assert found.width[place] == pytest.approx(spread(values, mask), rel=near), name
    total = sum(damped.values(), start=np.zeros(mask.shape))
    width = np.sqrt(np.einsum("cds->s", found.together))
    assert width == pytest.approx(spread(total, mask), rel=near)


def test_floors_are_those_of_the_model_at_every_damping(past: Past) -> None:
    for power in (0.0, 0.25, 0.5):
        model = with_damping(past.model, power)
        found = floors_by_step(model.market, undamped(model.scorers))
        for name, floors in found.items():
            own = dict(
                zip(past.bench.pools[None][name].names, floors[STEPS.index(power)], strict=True)
            )
            assert own == pytest.approx({one: model.floors[name][one] for one in own}, rel=1e-4)
            held = past.bench.pools[None][name].floors
            assert held == pytest.approx(floors)


def test_a_component_that_is_flat_for_a_shop_stays_quiet(past: Past) -> None:
    pool = past.bench.pools[None][ListName.DISCOVER]
    loud = replace(pool, floors=pool.floors + np.float32(1e6))
    damping = np.ones(past.model.market.shape[1], dtype=np.float32)
    weights = past.bench.learned.blend.weights[ListName.DISCOVER]
    assert np.abs(mixed(loud, weights, 0.0, damping).totals).max() < 1e-4
    assert np.abs(mixed(pool, weights, 0.0, damping).totals).max() > 0.1


def test_calibration_is_weighed_by_what_each_drawn_shop_stands_for(past: Past) -> None:
    lists = past.bench.lists(next(iter(past.bench.pools[None])), past.bench.learned)
    plain = figures(lists, past.bench.window)
    doubled = figures(lists, replace(past.bench.window, weight=2 * past.bench.window.weight))
    assert plain.named["calibration"].value == pytest.approx(doubled.named["calibration"].value)
