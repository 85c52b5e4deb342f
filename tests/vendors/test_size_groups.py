"""What shops buy is told of groups of five and more only."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.vendors.partition import FEWEST
from smartreco.vendors.size_groups import size_groups, weights


@pytest.mark.parametrize("seed", range(20))
def test_groups_lie_inside_cells_and_are_large_enough(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cell = np.repeat(np.arange(6), rng.integers(FEWEST, 40, 6))
    rng.shuffle(cell)
    size = rng.lognormal(size=len(cell))
    group = size_groups(cell, size)
    assert np.bincount(group).min() >= FEWEST
    for one in np.unique(group):
        assert len(np.unique(cell[group == one])) == 1
    for one in np.unique(cell):  # larger shops come first
        inside = cell == one
        order = group[inside][np.argsort(-size[inside])]
        assert (np.diff(order) >= 0).all()


def test_weights_keep_the_sums_of_groups_and_show_nothing_inside_them() -> None:
    group = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    value = np.array([[10.0, 5.0], [100.0, 0.0]])
    found = weights(group, value)
    assert found.shape == (10, 2)
    assert found[:5].tolist() == [[2.0, 1.0]] * 5
    assert found.sum(axis=0).tolist() == [110.0, 5.0]
