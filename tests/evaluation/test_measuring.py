"""Figures of small lists, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.evaluation.comparing import by_segment, differences
from smartreco.evaluation.listing import Listed
from smartreco.evaluation.measuring import Judge, calibration
from smartreco.evaluation.protocol import Split, cut
from smartreco.evaluation.scores import OURS
from smartreco.evaluation.segments import Segment
from tests.evaluation.conftest import make_history


@pytest.fixture
def judge() -> Judge:
    """Shop 0 buys products 0 and 1 and then 0, 2 and 3; shop 1 buys 0 and stays away."""
    before = [(0, 0, 100 + at, 1.0) for at in range(10)] + [(0, 1, 99, 1.0), (1, 0, 98, 1.0)]
    after = [(0, 0, 9, 1.0), (0, 2, 8, 1.0), (0, 3, 7, 1.0)]
    history = make_history(
        before + after, shops=2, products=5,
        category=["Tea", "Tea", "Rice", "Dal", "Dal"],
        vendor=["Asha", "Asha", "Bala", "Bala", None],
    )  # fmt: skip
    kinds = sp.csr_array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 0]])
    return Judge.of(cut(history, Split.TIME, np.random.default_rng(0)), ListName.ALL, kinds)


LISTED = Listed(np.array([[0, 4, 2], [3, 3, 3]]))  # shop 1 asks for nothing: its list is not judged


def test_every_measure_of_a_list_worked_out_by_hand(judge: Judge) -> None:
    found = judge.scores("hand", LISTED)
    ideal = 1 + 1 / math.log2(3) + 0.5
    assert found.ndcg == pytest.approx(1.5 / ideal)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)
    assert found.map == pytest.approx((1 + 2 / 3) / 3)
    assert found.hit_rate == 1.0
    assert found.coverage == pytest.approx(3 / 5)
    # two of two shops buy product 0, nobody 2 or 4 (as if one did): 0, 1 and 1 bit
    assert found.novelty == pytest.approx(2 / 3)
    # 0 and 4 are alike, both unlike 2
    assert found.diversity == pytest.approx(2 / 3)
    assert found.vendor_gini == 0.0  # one place each, product 4 is nobody's


def test_exposure_is_beside_what_is_offered_and_ordered(judge: Judge) -> None:
    bala, asha = judge.vendors(Listed(np.array([[2, 3, 0], [1, 1, 1]])))
    assert (bala.vendor, asha.vendor) == ("Bala", "Asha")
    assert (bala.places, asha.places) == pytest.approx((2 / 3, 1 / 3))
    assert (bala.products, asha.products) == (0.5, 0.5)
    assert (bala.ordered, asha.ordered) == pytest.approx((2 / 3, 1 / 3))


def test_categories_count_places_hits_and_what_could_have_hit(judge: Judge) -> None:
    found = {one.category: one for one in judge.categories(LISTED)}
    assert {name: (one.places, one.hits, one.relevant) for name, one in found.items()} == {
        "Tea": (1, 1, 1), "Rice": (1, 1, 1), "Dal": (1, 0, 1),
    }  # fmt: skip
    assert (found["Dal"].precision, found["Dal"].recall) == (0.0, 0.0)


def test_data_without_vendors_name_none() -> None:
    rows = [(0, 0, 100 + at, 1.0) for at in range(8)] + [(0, 0, 9, 1.0), (0, 1, 8, 1.0)]
    parted = cut(make_history(rows), Split.TIME, np.random.default_rng(0))
    judge = Judge.of(parted, ListName.ALL, sp.csr_array(np.ones((6, 1))))
    assert judge.vendors(Listed(np.array([[0, 1]]))) == ()
    assert judge.scores("hand", Listed(np.array([[0, 1]]))).vendor_gini is None


def test_chances_are_held_against_what_came_soon_also_of_shops_that_stayed_away() -> None:
    listed = Listed(
        np.array([[0, 1], [2, -1], [1, 0]]),
        np.array([[0.95, 0.15], [0.95, 0.0], [np.nan, np.nan]]),
    )
    soon = sp.csr_array(np.array([[1, 0, 0], [0, 0, 0], [1, 1, 1]]))
    found = calibration(listed, soon)
    assert found is not None
    assert found.cases == 3
    assert [(one.said, one.happened, one.cases) for one in found.bins] == [
        (0.15, 0.0, 1), (0.95, 0.5, 2),
    ]  # fmt: skip
    assert found.error == pytest.approx((0.15 + 2 * 0.45) / 3)
    assert calibration(Listed(listed.ranked), soon) is None


def test_a_difference_is_ours_minus_the_peer_and_says_if_it_is_beyond_noise() -> None:
    rng = np.random.default_rng(0)
    base = rng.uniform(0, 1, 200)
    ndcg = {OURS: base, "weaker": base - 0.1, "alike": rng.permutation(base)}
    weaker, alike = differences(ndcg, rng)
    assert (weaker.peer, round(weaker.mean, 6), weaker.beyond_noise) == ("weaker", 0.1, True)
    assert alike.low < 0 < alike.high
    assert not alike.beyond_noise


def test_a_segment_of_few_shops_is_not_spoken_of() -> None:
    ndcg = {
        OURS: np.array([0.5] * 5 + [0.9] * 4 + [np.nan] * 3),
        "low": np.array([0.1] * 9 + [np.nan] * 3),
        "high": np.array([0.4] * 9 + [np.nan] * 3),
    }
    at = np.arange(12)
    rows = by_segment(
        [Segment("size", "small", at < 5), Segment("size", "large", at >= 5)],
        ndcg,
        np.random.default_rng(0),
        lambda: np.random.default_rng(1),
    )
    small, large = rows
    assert (small.shops, small.enough) == (5, True)
    assert dict(small.ndcg) == pytest.approx({OURS: 0.5, "low": 0.1, "high": 0.4})
    assert small.gain is not None
    assert (small.gain.peer, round(small.gain.mean, 6)) == ("high", 0.1)
    assert (large.shops, large.enough, dict(large.ndcg), large.gain) == (4, False, {}, None)
