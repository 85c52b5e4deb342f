"""The whole evaluation: honest about time, repeatable, and plain enough for JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.baselines.ranker import Fit, Ranker
from smartreco.evaluation.evaluate import RANDOM_NOTE, SHORT_NOTE, evaluate
from smartreco.evaluation.listing import list_ours
from smartreco.evaluation.protocol import Split, cut
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS
from smartreco.recommend.engine import ModelSettings, fit_model
from smartreco.recommend.history import History
from tests.evaluation.conftest import frequency, knowing, make_history

QUICK = ModelSettings(learn=False)
BASELINES: dict[str, Fit] = {"frequency": frequency}


def run(history: History, **options: object) -> Scoreboard:
    """An evaluation whose stopwatch ticks a second a look."""
    ticks = count()
    chosen = {"rng": np.random.default_rng(5), "baselines": BASELINES, "k": 5} | options
    return evaluate(history, watch=lambda: float(next(ticks)), **chosen)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def board(changing: History) -> Scoreboard:
    return run(changing)


def other_future(history: History) -> History:
    """The same days and shops after the cut, with other products and quantities."""
    known = cut(history, Split.TIME, np.random.default_rng(0)).training.as_of_day
    rows = history.purchases.copy()
    after = (rows["day"] >= known).to_numpy()
    rows["product"] = np.where(after, np.arange(len(rows)) % 5, rows["product"]).astype(np.int32)
    rows["quantity"] = np.where(after, 99.0, rows["quantity"]).astype(np.float32)
    return replace(history, purchases=rows)


def test_what_is_ordered_after_the_cut_changes_no_list(changing: History) -> None:
    def lists(history: History) -> list[np.ndarray]:
        parted = cut(history, Split.TIME, np.random.default_rng(0))
        model = fit_model(parted.training, rng=np.random.default_rng(0))
        found = list_ours(model, parted, 10)
        chances = [one.chances for one in found.values() if one.chances is not None]
        assert len(chances) == len(found)
        return [one.ranked for one in found.values()] + chances

    altered = other_future(changing)
    assert not altered.purchases.equals(changing.purchases)
    for one, other in zip(lists(changing), lists(altered), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_model_is_fitted_on_nothing_after_the_cut(changing: History) -> None:
    seen: list[History] = []

    def spy(history: History) -> Ranker:
        seen.append(history)
        return frequency(history)

    found = run(changing, baselines={"spy": spy}, settings=QUICK)
    (known,) = seen
    assert known.as_of == found.known_until
    assert known.purchases["day"].max() < known.as_of_day
    assert len(known.purchases) == found.train_purchases
    assert found.train_purchases + found.test_purchases == len(changing.purchases)


def test_ours_comes_first_with_every_baseline_beside_it(board: Scoreboard) -> None:
    reorder, discover = board.of(ListName.REORDER), board.of(ListName.DISCOVER)
    assert [one.model for one in reorder.models] == [OURS, "frequency"]
    assert [one.peer for one in reorder.differences] == ["frequency"]
    gap = reorder.of(OURS).ndcg - reorder.of("frequency").ndcg
    assert reorder.differences[0].mean == pytest.approx(gap)
    assert [one.model for one in discover.models] == [OURS]  # frequency is silent there
    assert all(one.calibration is not None for one in board.lists)


def test_who_knows_the_future_is_found_to_be_perfect(changing: History) -> None:
    found = run(changing, baselines={"seer": knowing(changing)}, settings=QUICK)
    for one in found.lists:
        seer = one.of("seer")
        assert seer.ndcg == pytest.approx(1.0)
        assert seer.hit_rate == 1.0
        assert one.differences[0].high <= 0
    assert found.of(ListName.DISCOVER).differences[0].beyond_noise


def test_the_same_draws_give_the_same_board(changing: History, board: Scoreboard) -> None:
    assert run(changing) == board


def test_another_baseline_changes_nothing_of_ours(changing: History, board: Scoreboard) -> None:
    more = run(changing, baselines={**BASELINES, "seer": knowing(changing)})
    for one, other in zip(board.lists, more.lists, strict=True):
        assert one.of(OURS) == other.of(OURS)
        assert one.calibration == other.calibration


def test_a_board_survives_a_trip_through_json(board: Scoreboard) -> None:
    words = json.dumps(board.to_dict(), allow_nan=False)
    assert Scoreboard.from_dict(json.loads(words)) == board


def test_response_times_are_read_from_the_watch(board: Scoreboard) -> None:
    for one in board.lists:
        assert (one.response.calls, one.response.p50, one.response.p99) == (39, 1000.0, 1000.0)
    assert board.fit_seconds == {OURS: 1.0, "frequency": 1.0}


def test_a_random_split_is_marked_and_judges_no_probability(changing: History) -> None:
    found = run(changing, split=Split.RANDOM, settings=QUICK)
    assert found.leaks
    assert found.known_until == found.ends_on == changing.as_of
    for one in found.lists:
        assert (one.calibration, one.calibration_note) == (None, RANDOM_NOTE)


def test_a_short_window_judges_no_probability_and_says_so(changing: History) -> None:
    rows = changing.purchases
    recent = replace(changing, purchases=rows[rows["day"] >= changing.as_of_day - 100])
    found = run(recent, settings=QUICK)
    assert (found.ends_on - found.known_until).days < 28
    assert {one.calibration_note for one in found.lists} == {SHORT_NOTE}


def test_a_list_on_which_nothing_came_true_has_no_figures() -> None:
    """Both shops only ever buy again what they buy: there is nothing to discover."""
    rows = [(shop, shop, ago, 1.0) for shop in (0, 1) for ago in range(1, 200, 5)]
    found = run(make_history(rows))
    discover = found.of(ListName.DISCOVER)
    assert (discover.shops, discover.models, discover.differences) == (0, (), ())
    assert found.of(ListName.REORDER).of(OURS).ndcg == 1.0
    json.dumps(found.to_dict(), allow_nan=False)


def test_progress_only_rises_and_ends_at_one(changing: History) -> None:
    told: list[float] = []
    run(changing, settings=QUICK, progress=lambda fraction, _: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_an_empty_history_says_what_is_missing() -> None:
    with pytest.raises(NotEnoughDataError, match="no orders"):
        run(make_history([]))
