"""Intervals over shops and curves of who gets how much: their laws, and brute force."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.measures.bootstrap import bands, ratio_bands, shop_weights
from smartreco.measures.variety import gini, lorenz

SEEDS = range(12)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_curve_rises_from_nothing_to_all_and_bends_only_upwards(seed: int) -> None:
    amounts = rng(seed).integers(0, 9, size=1 + 7 * seed)
    amounts[0] += 1
    curve = lorenz(amounts, 40)
    steps = np.diff(curve)
    assert (curve[0], curve[-1]) == (0.0, 1.0)
    assert (steps >= -1e-12).all()
    assert (np.diff(steps) >= -1e-12).all()
    assert (curve <= np.linspace(0, 1, 41) + 1e-12).all()
    assert steps.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_curve_is_what_adding_up_the_least_gives_and_its_area_is_the_gini(seed: int) -> None:
    amounts = rng(seed).integers(0, 50, size=20)
    curve = lorenz(amounts, 20)
    ordered = sorted(amounts.tolist())
    brute = [sum(ordered[:many]) / sum(ordered) for many in range(21)]
    np.testing.assert_allclose(curve, brute, atol=1e-12)
    assert 1.0 - 2.0 * np.trapezoid(curve, dx=1 / 20) == pytest.approx(gini(amounts))


def test_nothing_to_spread_has_no_curve() -> None:
    assert np.isnan(lorenz(np.zeros(5), 4)).all()
    np.testing.assert_allclose(lorenz(np.ones(8), 4), [0, 0.25, 0.5, 0.75, 1])


def test_every_draw_has_as_many_shops_as_there_are() -> None:
    found = np.vstack(list(shop_weights(7, rng(), 1000)))
    assert found.shape == (1000, 7)
    assert (found.sum(axis=1) == 7).all()
    assert found.mean() == pytest.approx(1.0)


def test_an_interval_is_the_normal_one_where_there_are_many_shops() -> None:
    values = rng(1).normal(0.4, 0.2, size=(4000, 1))
    ((low, high),) = bands(values, rng(2))
    wide = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    assert low == pytest.approx(values.mean() - wide, abs=0.15 * wide)
    assert high == pytest.approx(values.mean() + wide, abs=0.15 * wide)


def test_shops_without_a_measure_are_left_out_and_none_is_no_interval() -> None:
    values = np.array([[0.2, np.nan], [np.nan, np.nan], [0.6, np.nan]])
    found = bands(values, rng())
    assert 0.2 <= found[0, 0] <= 0.4 <= found[0, 1] <= 0.6
    assert np.isnan(found[1]).all()
    assert np.isnan(bands(np.zeros((0, 2)), rng())).all()


def test_the_interval_of_a_ratio_weighs_shops_by_what_they_hold() -> None:
    above, below = np.array([[1.0], [90.0]]), np.array([[10.0], [100.0]])
    found = ratio_bands(above, below, rng())
    assert found[0].tolist() == [0.1, 0.9]  # one shop alone at either end
    assert np.isnan(ratio_bands(np.zeros((2, 1)), np.zeros((2, 1)), rng())).all()
