"""The shipped sample of real orders, by the protocol that papers use (products of 5 buyers)."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.evaluation import responding
from smartreco.evaluation.baselines.ranker import Ranker
from smartreco.evaluation.baselines.registry import BASELINES
from smartreco.evaluation.evaluate import evaluate
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS
from smartreco.recommend.history import History
from tests.evaluation.conftest import counts


def frequency(history: History) -> Ranker:
    """Own frequency; the number of shops that buy a product settles ties."""
    found = counts(history)
    found += 1e-6 * (found > 0).sum(axis=0)
    return lambda shops: found[shops]


@pytest.fixture(scope="module")
def board(iowa: History) -> Scoreboard:
    baselines = {
        "frequency": frequency,
        **{name: BASELINES[name] for name in ("popularity", "ease")},
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(responding, "MOST_CALLS", 10)  # nothing here is about response times
        return evaluate(iowa, rng=np.random.default_rng(1), baselines=baselines, min_buyers=5)


def test_figures_known_from_other_programs_come_out(board: Scoreboard) -> None:
    """Worked out apart from this package, on the same cut."""
    assert board.of(ListName.ALL).of("frequency").ndcg == pytest.approx(0.941, abs=0.001)
    assert board.of(ListName.DISCOVER).of("ease").ndcg == pytest.approx(0.186, abs=0.001)
    assert board.of(ListName.ALL).shops == 169


def test_ours_is_ahead_of_own_frequency_and_popularity_beyond_noise(board: Scoreboard) -> None:
    for one in board.lists:
        for gain in one.differences:
            if gain.peer in ("frequency", "popularity"):
                assert gain.low > 0, (one.list, gain)


def test_what_is_said_of_probabilities_is_close_to_what_happened(board: Scoreboard) -> None:
    for one in board.lists:
        assert one.calibration is not None
        assert one.calibration.error < 0.06
        assert sum(part.cases for part in one.calibration.bins) == one.calibration.cases


def test_segments_of_one_kind_hold_every_shop_once(board: Scoreboard) -> None:
    for one in board.lists:
        for kind in ("size", "age"):
            assert sum(part.shops for part in one.segments if part.by == kind) == one.shops


def test_places_and_hits_agree_with_precision(board: Scoreboard) -> None:
    for one in board.lists:
        hits = sum(part.hits for part in one.categories)
        most = one.of(OURS).precision * one.shops * board.k
        assert 0.9 * most <= hits <= most + 1e-6  # the board names the largest categories only
