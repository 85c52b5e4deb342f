"""The benchmark of scenarios moves the same weeks in the generator as in the question."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from benchmarks.scenario import HORIZON, QUESTIONS, SIZE, Asked, Make, festival, new_shops, table
from smartreco.dataset.synthetic import SyntheticData, SyntheticSettings, generate
from smartreco.evaluation.scenario_grading import Case, Grading, Guess, grades
from smartreco.evaluation.scenario_world import realised
from smartreco.scenario.levers.choosing import InWeeks
from tests.scenario.markets import learned

SETTINGS = SyntheticSettings(retailers=40, products=80, vendors=8, months=16, seed=3)


@pytest.fixture(scope="module")
def asked() -> Asked:
    data: SyntheticData = generate(SETTINGS)
    known = data.truth.timeline.weeks - HORIZON
    start = data.truth.timeline.start + timedelta(weeks=known)
    return Asked(data, learned(), start, np.zeros((1, 2)))


WHOLE_WINDOW = (festival, new_shops)  # moved from a day on, or by days: they name no weeks


@pytest.mark.parametrize("make", [one for one in QUESTIONS if one not in WHOLE_WINDOW])
def test_the_generator_is_moved_in_the_weeks_of_the_question(make: Make, asked: Asked) -> None:
    timeline = asked.data.truth.timeline
    for seed in range(6):
        question = make(asked, np.random.default_rng(seed))
        assert question is not None
        assert isinstance(question.lever, InWeeks)
        question.lever.check(asked.market)
        truth = question.truth
        first = getattr(truth, "starts", None) or getattr(truth, "on", None)
        weeks = timeline.covering(first, getattr(truth, "ends", None))
        known = timeline.weeks - HORIZON
        assert weeks[known : timeline.weeks].tolist() == question.lever.when(HORIZON).tolist()
        assert not weeks[:known].any()


def test_a_festival_that_moves_leaves_what_is_known(asked: Asked) -> None:
    known = asked.data.truth.timeline.weeks - HORIZON
    question = festival(asked, np.random.default_rng(0))
    assert question is not None
    moved = generate(SETTINGS, [question.truth])
    before, after = (realised(one, 0)[0] - realised(one, known)[0] for one in (asked.data, moved))
    assert before == after


def test_a_lever_truly_moved_differs_in_the_weeks_after_only(asked: Asked) -> None:
    question = QUESTIONS[2](asked, np.random.default_rng(1))
    moved = generate(SETTINGS, [question.truth])
    known = asked.data.truth.timeline.weeks - HORIZON
    before, after = (realised(one, 0)[0] - realised(one, known)[0] for one in (asked.data, moved))
    assert before == after
    assert realised(moved, known)[0] < realised(asked.data, known)[0]


def test_the_table_has_a_row_a_kind_and_measure() -> None:
    guess = Guess(1.0, 0.0, 2.0, 1.5, 1.4, 0.1)
    found = grades([Case("price", "one", 1, guess, guess)])
    text = table(Grading("2026-01-05", (1,), SIZE, 8, found))
    assert text.count("| price |") == 2
    assert text.count("| all |") == 2
