"""Novelty, diversity and exposure against plain loops, and at their borders."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.measures.variety import diversity, gini, novelty, places

PRODUCTS = 6
LISTS = st.lists(
    st.lists(st.integers(0, PRODUCTS - 1), max_size=4, unique=True), min_size=1, max_size=5
)


def padded(lists: list[list[int]]) -> np.ndarray:
    return np.array([one + [-1] * (4 - len(one)) for one in lists])


@settings(deadline=None)
@given(LISTS, st.integers(0, 10**6))
def test_diversity_is_the_mean_over_all_pairs(lists: list[list[int]], seed: int) -> None:
    kinds = np.random.default_rng(seed).integers(0, 3, (PRODUCTS, 4)).astype(float)

    def unlike(a: np.ndarray, b: np.ndarray) -> float:
        length = math.sqrt(a @ a) * math.sqrt(b @ b)
        return 1.0 - (a @ b / length if length else 0.0)

    found = diversity(padded(lists), sp.csr_array(kinds))
    for one, value in zip(lists, found, strict=True):
        pairs = [unlike(kinds[a], kinds[b]) for a, b in combinations(one, 2)]
        assert math.isnan(value) if not pairs else value == pytest.approx(np.mean(pairs))


@settings(deadline=None)
@given(LISTS, st.lists(st.integers(0, 9), min_size=PRODUCTS, max_size=PRODUCTS))
def test_novelty_is_the_mean_surprise_of_a_list(lists: list[list[int]], buyers: list[int]) -> None:
    found = novelty(padded(lists), np.array(buyers), shops=9)
    for one, value in zip(lists, found, strict=True):
        bits = [-math.log2(max(buyers[product], 1) / 9) for product in one]
        assert math.isnan(value) if not bits else value == pytest.approx(np.mean(bits))


def test_a_product_of_no_group_takes_no_place() -> None:
    found = places(np.array([[0, 1, 2], [2, 2, -1]]), group=np.array([-1, 0, 1]), groups=2)
    assert found.tolist() == [1, 3]


def test_gini_does_not_depend_on_order_or_size() -> None:
    amounts = np.array([5, 1, 0, 2])
    mean_gap = np.mean([abs(a - b) for a in amounts for b in amounts])
    assert gini(amounts) == pytest.approx(mean_gap / (2 * amounts.mean()))
    assert gini(amounts[::-1] * 7) == pytest.approx(gini(amounts))
    assert math.isnan(gini(np.zeros(3)))
    assert math.isnan(gini(np.zeros(0)))
