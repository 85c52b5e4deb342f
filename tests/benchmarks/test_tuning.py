"""The benchmark of tuning draws recipes as sliders could stand, and times what it is given."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.tuning import USUAL, drawn, timed
from smartreco.entities import ListName
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.recommend.recipe import HALF_LIFE_CHOICES, Recipe


def test_drawn_recipes_are_whole_and_a_third_of_them_varies_lists() -> None:
    recipes = drawn(30, np.random.default_rng(0))
    assert recipes == drawn(30, np.random.default_rng(0))
    for one in recipes:
        assert Recipe.from_dict(one.to_dict()).to_dict() == one.to_dict()
        assert one.half_life in (None, *HALF_LIFE_CHOICES)
        for name in ListName:
            assert sum(one.blend.weights[name].values()) == pytest.approx(1.0)
    assert sum(any(one.varied(name) for name in LISTS) for one in recipes) == 10


def test_every_recipe_is_timed_once() -> None:
    seen: list[Recipe] = []
    found = timed(seen.append, [USUAL] * 3)
    assert len(seen) == 3
    assert 0 <= found["p50_ms"] <= found["p95_ms"]
