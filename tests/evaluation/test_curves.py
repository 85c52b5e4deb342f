"""Figures by length of the list and the spread of places: against brute force, and their laws."""

from __future__ import annotations

import json

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.evaluation.curves import LENGTHS, exposure
from smartreco.evaluation.evaluate import evaluate
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS, ListScores
from smartreco.recommend.engine import ModelSettings
from smartreco.recommend.history import History
from tests.evaluation.conftest import frequency

MEANS = ("ndcg", "precision", "recall", "map", "hit_rate")


pytestmark = pytest.mark.usefixtures("few_calls")


@pytest.fixture(scope="module")
def board(changing: History) -> Scoreboard:
    return evaluate(
        changing, rng=np.random.default_rng(5), baselines={"frequency": frequency}, k=5,
        settings=ModelSettings(learn=False),
    )  # fmt: skip


def at(scores: ListScores, model: str) -> list[tuple[float, float, float]]:
    return [(one.precision, one.recall, one.coverage) for one in scores.lengths
            if one.model == model]  # fmt: skip


def test_longer_lists_find_more_and_show_more(board: Scoreboard) -> None:
    for one in board.lists:
        for model in one.models:
            found = np.array(at(one, model.model))
            assert len(found) == len(LENGTHS)
            assert (np.diff(found[:, 1:], axis=0) >= 0).all()


def test_the_judged_length_is_one_of_them_and_says_the_same(board: Scoreboard) -> None:
    for one in board.lists:
        for model in one.models:
            (five,) = [x for x in one.lengths if (x.model, x.k) == (model.model, 5)]
            assert five.precision == pytest.approx(model.precision)
            assert five.recall == pytest.approx(model.recall)
            assert five.coverage == pytest.approx(model.coverage)
            assert five.precision_band == model.bands["precision"]


def test_figures_lie_within_their_intervals(board: Scoreboard) -> None:
    for one in board.lists:
        for model in one.models:
            for name in MEANS:
                low, high = model.bands[name]
                assert low - 1e-9 <= getattr(model, name) <= high + 1e-9
        for part in one.segments:
            if part.enough:
                low, high = part.bands[OURS]
                assert low - 1e-9 <= part.ndcg[OURS] <= high + 1e-9
        for goods in one.categories:
            if goods.recall is not None and goods.recall_band is not None:
                assert goods.recall_band[0] - 1e-9 <= goods.recall <= goods.recall_band[1] + 1e-9


def test_categories_hold_the_strongest_peers_hits(board: Scoreboard) -> None:
    one = board.of(ListName.REORDER)
    assert one.strongest_peer == "frequency"
    theirs = sum(goods.peer_hits or 0 for goods in one.categories)
    assert theirs == round(one.of("frequency").precision * board.k * one.shops)
    ours = sum(goods.hits for goods in one.categories)
    assert ours == round(one.of(OURS).precision * board.k * one.shops)


def test_the_spread_of_places_ends_at_all_of_them(board: Scoreboard) -> None:
    for one in board.lists:
        for curve in one.exposure:
            assert (curve.curve[0], curve.curve[-1]) == (0.0, 1.0)
            assert all(np.diff(curve.curve) >= -1e-6)
            assert curve.most_shown(1.0) == 1.0
            assert curve.most_shown(0.1) >= 0.1
        (goods,) = [x for x in one.exposure if (x.model, x.over) == (OURS, "products")]
        assert goods.holders == board.products


def test_a_spread_by_hand() -> None:
    found = exposure("m", "products", np.array([0, 0, 1, 9]))
    assert found is not None
    assert found.most_shown(0.25) == pytest.approx(0.9)
    assert found.curve[20] == 0.0  # the half that nobody sees
    assert exposure("m", "products", np.zeros(3)) is None


def test_what_an_older_version_kept_is_still_read(board: Scoreboard) -> None:
    plain = json.loads(json.dumps(board.to_dict()))
    del plain["recipe"]
    for one in plain["lists"]:
        for name in ("lengths", "exposure", "each"):
            del one[name]
        for model in (*one["models"], *one["segments"]):
            del model["bands"]
        for goods in one["categories"]:
            for name in ("peer_hits", "recall_band", "gain_band"):
                del goods[name]
    read = Scoreboard.from_dict(plain)
    assert read.recipe is None
    for one, known in zip(read.lists, board.lists, strict=True):
        assert (one.lengths, one.exposure, one.each) == ((), (), None)
        assert one.of(OURS).ndcg == known.of(OURS).ndcg
        assert one.of(OURS).bands == {}
