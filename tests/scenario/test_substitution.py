"""How much is taken as something like it is found where it was put in, and assumed elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.scenario.substitution import ASSUMED, Substitution, substitution

KINDS, EACH, WEEKS = 30, 6, 104


def shelves(share: float, seed: int = 5) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Demand, sales, empty weeks and kinds of a market in which `share` turns to the rest."""
    rng = np.random.default_rng(seed)
    n = KINDS * EACH
    like = np.repeat([f"k{row}" for row in range(KINDS)], EACH)
    mean = rng.uniform(20, 80, (n, 1)) * (1 + 0.3 * np.sin(np.arange(WEEKS) / 8))
    demand = mean * rng.gamma(20, 1 / 20, (n, WEEKS))
    out = rng.random((n, WEEKS)) < 0.03
    sold = np.where(out, 0.0, demand)
    for kind in range(KINDS):
        rows = slice(kind * EACH, (kind + 1) * EACH)
        lost = (demand[rows] * out[rows]).sum(axis=0)
        there = demand[rows] * ~out[rows]
        sold[rows] += share * lost * there / np.maximum(there.sum(axis=0), 1e-9)
    return np.where(out, mean, sold), sold, out, like


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6])
def test_the_share_that_was_put_in_is_found(share: float) -> None:
    found = substitution(*shelves(share))
    assert found.learned
    assert found.share == pytest.approx(share, abs=0.1)
    assert found.spread < 0.1
    assert found.weeks > 100


def test_without_empty_shelves_it_is_assumed_and_says_so() -> None:
    demand, sold, out, like = shelves(0.5)
    for missing in (None, np.zeros_like(out)):
        found = substitution(demand, sold, missing, like)
        assert found == Substitution()
        assert not found.learned
        assert found.share == ASSUMED


def test_few_empty_shelves_hardly_move_the_assumption() -> None:
    demand, sold, out, like = shelves(0.9, seed=2)
    seldom = out & (np.arange(WEEKS) < 12) & (np.arange(len(out)) < 30)[:, None]
    found = substitution(demand, sold, seldom, like)
    assert abs(found.share - ASSUMED) < 0.35
    assert found.spread > substitution(*shelves(0.9, seed=2)).spread


def test_draws_stay_within_what_can_be() -> None:
    drawn = Substitution(0.5, 5.0).at(np.array([-3.0, 0.0, 3.0]))
    assert drawn.tolist() == [0.0, 0.5, 0.9]
