"""Nothing that is told depends on what an unnamed shop's figures are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.vendors.candidates import averaged


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_an_unnamed_shops_figures_change_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shops, products = 30, 4
    figures, named = rng.random((shops, products)), rng.random(shops) < 0.6
    open_, cell = rng.random((shops, products)) < 0.7, rng.integers(0, 4, shops)
    other = np.where(named[:, None], figures, rng.random((shops, products)))
    found = averaged(figures, named, open_, cell)
    assert np.array_equal(found, averaged(other, named, open_, cell))
    assert np.array_equal(found[named], np.where(open_, figures, 0.0)[named])
    assert (found[~open_] == 0).all()


def test_a_cell_without_named_shops_takes_the_mean_of_all() -> None:
    figures = np.array([[0.2], [0.4], [0.0]])
    named, cell = np.array([True, True, False]), np.array([0, 0, 1])
    found = averaged(figures, named, np.ones((3, 1), dtype=bool), cell)
    assert np.allclose(found.ravel(), [0.2, 0.4, 0.3])
