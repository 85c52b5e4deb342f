"""Ranking measures against plain loops, and at their borders."""

from __future__ import annotations

import math

import numpy as np
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.measures.ranking import (
    average_precision,
    coverage,
    hit_rate,
    hits_of,
    ndcg,
    precision,
    recall,
)

MEASURES = (precision, recall, hit_rate, ndcg, average_precision)


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(0, 8))
def test_measures_agree_with_their_definitions(hits: list[bool], unlisted: int) -> None:
    k, found = len(hits), sum(hits)
    relevant = found + unlisted
    row, count = np.array([hits]), np.array([relevant])
    if not relevant:
        assert all(np.isnan(measure(row, count)[0]) for measure in MEASURES)
        return
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(hits) if hit)
    best = sum(1 / math.log2(place + 2) for place in range(min(k, relevant)))
    at_hits = [sum(hits[: place + 1]) / (place + 1) for place, hit in enumerate(hits) if hit]
    expected = {
        precision: found / k,
        recall: found / relevant,
        hit_rate: float(found > 0),
        ndcg: gain / best,
        average_precision: sum(at_hits) / min(k, relevant),
    }
    for measure, value in expected.items():
        assert math.isclose(measure(row, count)[0], value, abs_tol=1e-12), measure.__name__


def test_a_perfect_list_scores_one_even_when_little_is_relevant() -> None:
    hits = np.array([[True, True, False, False]])
    for measure in (recall, hit_rate, ndcg, average_precision):
        assert measure(hits, np.array([2]))[0] == 1.0


def test_places_beyond_the_end_of_a_short_list_are_no_hits() -> None:
    truth = sp.csr_array(np.array([[1, 0]]))
    assert hits_of(np.array([[-1, 0]]), truth).tolist() == [[False, True]]


def test_coverage_of_no_products_is_zero() -> None:
    assert coverage(np.full((2, 3), -1), products=0) == 0.0
