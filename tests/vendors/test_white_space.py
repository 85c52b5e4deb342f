"""Limits of expected revenue hold as often as they say, where chances are true."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.vendors.white_space import Spread, Sums, learn_spread, pair_sums


def drawn(rng: np.random.Generator, shared: float) -> tuple[Sums, np.ndarray]:
    """Sums of 40 groups of pairs, and what came when each group's chances moved together."""
    chance = rng.beta(0.3, 6, (400, 12))
    value = rng.lognormal(3, 1, (400, 12))
    row = np.repeat(np.arange(40), 10)
    parts = [part.sum(axis=1) for part in pair_sums(chance, value, 0.5, row, 40)]
    moved = np.exp(rng.normal(-(shared**2) / 2, shared, 40))[row][:, None]
    taken = rng.random(chance.shape) < np.minimum(chance * moved, 1)
    brings = value * rng.gamma(2.0, 0.5, value.shape)  # squared variation 0.5
    came = np.bincount(row, (taken * brings).sum(axis=1), minlength=40)
    return Sums(*parts), came


@pytest.mark.parametrize("shared", [0.0, 0.4])
def test_learned_limits_hold_eighty_times_of_a_hundred(shared: float) -> None:
    rng = np.random.default_rng(5)
    found = learn_spread([drawn(rng, shared) for _ in range(8)])
    inside = []
    for _ in range(40):
        sums, came = drawn(rng, shared)
        low, high = found.limits(sums)
        inside.append((came >= low) & (came <= high))
    assert 0.74 < np.mean(inside) < 0.86


def test_windows_that_differ_more_widen_the_limits() -> None:
    rng = np.random.default_rng(6)
    calm = learn_spread([drawn(rng, 0.0) for _ in range(8)])
    wild = learn_spread([drawn(rng, 0.6) for _ in range(8)])
    assert wild.shared > calm.shared


def test_without_a_past_window_the_usual_spread_is_taken() -> None:
    assert learn_spread([]) == Spread()
    nothing = Sums(*(np.zeros(3) for _ in range(3)))
    assert learn_spread([(nothing, np.zeros(3))]) == Spread()


def test_an_unlikely_sum_begins_at_nothing() -> None:
    sums = Sums(np.array([1.0, 500.0, 0.0]), np.array([300.0, 400.0, 0.0]), np.array([0.05, 50, 0]))
    low, high = Spread().limits(sums)
    assert low[0] == high[0] == 0.0  # 95 times of 100 nobody comes
    assert 0 < low[1] < 500 < high[1]
    assert (low[2], high[2]) == (0.0, 0.0)


def test_sums_add_up_further_without_loss() -> None:
    chance, value = np.full((4, 2), 0.5), np.full((4, 2), 10.0)
    expected, variance, orders = pair_sums(chance, value, 0.0, np.array([0, 0, 1, 1]), 2)
    assert expected.tolist() == [[10.0, 10.0]] * 2
    assert variance.tolist() == [[50.0, 50.0]] * 2
    assert orders.tolist() == [[1.0, 1.0]] * 2
    joined = Sums(*(part.sum(axis=1) for part in (expected, variance, orders))).joined(
        np.array([0, 0]), 1
    )
    assert (joined.expected.tolist(), joined.orders.tolist()) == ([40.0], [4.0])
