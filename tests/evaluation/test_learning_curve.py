"""Learning curves: one question, less and less history before it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.evaluate import evaluate
from smartreco.evaluation.learning_curve import FEWEST_DAYS, LearningCurve, learning_curve
from smartreco.evaluation.protocol import Split, cut, knowing_only
from smartreco.evaluation.scores import OURS
from smartreco.recommend.engine import ModelSettings
from smartreco.recommend.history import History
from tests.evaluation.conftest import make_history

QUICK = ModelSettings(learn=False)


@pytest.fixture(scope="module")
def curve(changing: History) -> LearningCurve:
    return learning_curve(
        changing, k=5, rng=np.random.default_rng(5), shares=(0.05, 0.4, 1.0), settings=QUICK
    )


def test_each_point_knows_more_and_judges_the_same_shops(curve: LearningCurve) -> None:
    ours = curve.of(ListName.ALL)
    assert [one.share for one in ours] == [0.4, 1.0]  # a twentieth is under four weeks
    assert all(one.days >= FEWEST_DAYS for one in ours)
    assert ours[0].purchases < ours[1].purchases
    assert all(one.low <= one.ndcg <= one.high for one in curve.points)


def test_the_gain_of_a_step_is_the_difference_of_its_ends(curve: LearningCurve) -> None:
    for name in ListName:
        for model in curve.models(name):
            *early, last = curve.of(name, model)
            assert last.more is None
            for one, after in zip(early, [*early[1:], last], strict=True):
                assert one.more is not None
                assert one.more[0] == pytest.approx(after.ndcg - one.ndcg)
                assert one.more[1] <= one.more[0] <= one.more[2]


def test_the_whole_history_is_the_evaluation_itself(
    changing: History, curve: LearningCurve
) -> None:
    board = evaluate(changing, rng=np.random.default_rng(5), baselines={}, k=5, settings=QUICK)
    for name in ListName:
        assert curve.of(name)[-1].ndcg == pytest.approx(board.of(name).of(OURS).ndcg)
        assert curve.shops[name] == board.of(name).shops


def test_models_that_know_less_are_shown_nothing_else(changing: History) -> None:
    whole = cut(changing, Split.TIME, np.random.default_rng(0))
    late = whole.training.before(whole.training.as_of)
    kept = late.purchases[late.purchases["day"] >= late.as_of_day - 3]
    known = knowing_only(whole, History(late.retailers, late.products, kept, late.as_of))
    assert known.bought.sum() < whole.bought.sum()
    assert (known.shops == whole.shops).all()
    assert (known.later != whole.later).nnz == 0


def test_a_curve_survives_a_trip_through_json(curve: LearningCurve) -> None:
    words = json.dumps(curve.to_dict(), allow_nan=False)
    assert LearningCurve.from_dict(json.loads(words)) == curve


def test_a_short_history_has_no_curve() -> None:
    rows = [(shop, shop, ago, 1.0) for shop in (0, 1) for ago in range(1, 40, 3)]
    with pytest.raises(NotEnoughDataError, match="two lengths"):
        learning_curve(make_history(rows), rng=np.random.default_rng(0), settings=QUICK)
