"""A search finds what is there, calls luck luck, and keeps to its budget."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.bench.checking import Verdict, checked
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.evaluation.bench.objectives import Goods, Objective
from smartreco.evaluation.bench.proposing import Proposals
from smartreco.evaluation.bench.searching import Outcome, search, try_one
from smartreco.evaluation.bench.snooping import chance_of_luck
from smartreco.recommend.blend import DEFAULT_BLEND, Blend
from smartreco.recommend.recipe import Recipe
from tests.evaluation.bench.conftest import Past

POOR = Recipe(Blend.of({name: {"content": 1.0} for name in ListName}), None, 0.5)
GOODS = Goods(np.full(60, np.nan), np.arange(60) % 4)


def tried(past: Past, start: Recipe, objective: Objective, trials: int = 60) -> Outcome:
    return search(past.bench, start, objective, GOODS, seed=3, trials=trials, seconds=1e9)


@pytest.fixture(scope="module")
def from_poor(past: Past) -> Outcome:
    return tried(past, POOR, Objective.ACCURACY)


def test_a_poor_start_is_beaten_by_more_than_luck(past: Past, from_poor: Outcome) -> None:
    assert from_poor.found
    assert from_poor.luck < 0.05
    found = checked(past.bench, from_poor.recipe, POOR, Objective.ACCURACY, GOODS)
    assert found.verdict is Verdict.BETTER
    assert found.gain.change_low is not None
    assert found.gain.change_low > 0
    back = checked(past.bench, POOR, from_poor.recipe, Objective.ACCURACY, GOODS)
    assert back.verdict is Verdict.NO_BETTER


def test_a_gain_that_costs_accuracy_is_no_better(past: Past) -> None:
    wide = Recipe(DEFAULT_BLEND, None, 0.5, dict.fromkeys(LISTS, 0.9))
    found = checked(past.bench, wide, Recipe(DEFAULT_BLEND, None, 0.0), Objective.FAIRNESS, GOODS)
    change = past.bench.measure(wide, Recipe(DEFAULT_BLEND, None, 0.0))
    assert any(one.gauge("ndcg").told_apart for one in change.lists)
    assert found.verdict is Verdict.NO_BETTER


def test_where_nothing_beats_the_start_the_start_is_returned(
    past: Past, from_poor: Outcome
) -> None:
    again = tried(past, from_poor.recipe, Objective.ACCURACY, trials=30)
    assert not again.found
    assert again.recipe == from_poor.recipe
    same = checked(past.bench, POOR, POOR, Objective.ACCURACY, GOODS)
    assert same.verdict is Verdict.NO_BETTER
    assert same.gain.change == 0.0


def test_the_same_seed_finds_the_same(past: Past, from_poor: Outcome) -> None:
    again = tried(past, POOR, Objective.ACCURACY)
    assert again.recipe == from_poor.recipe
    assert [one.gain for one in again.tried] == [one.gain for one in from_poor.tried]


@pytest.mark.parametrize("objective", [Objective.COVERAGE, Objective.FAIRNESS])
def test_no_list_loses_accuracy_for_another_objective(past: Past, objective: Objective) -> None:
    start = Recipe(DEFAULT_BLEND)
    found = tried(past, start, objective, trials=40)
    measured = past.bench.measure(found.recipe, start)
    for name in LISTS:
        change = measured.of(name).gauge("ndcg").change
        assert change is not None
        assert change >= 0
    if found.found:
        assert max(one.gain for one in found.tried if one.allowed) > 0


def test_what_loses_accuracy_is_worth_less_than_anything_that_does_not(past: Past) -> None:
    good, poor = past.bench.learned, POOR
    lost, worth = try_one(past.bench, poor, good, Objective.COVERAGE, GOODS)
    assert not lost.allowed
    assert min(worth.values()) < -1
    kept, worth = try_one(past.bench, good, poor, Objective.COVERAGE, GOODS)
    assert kept.allowed
    assert min(worth.values()) > -1
    asked_for, _ = try_one(past.bench, poor, good, Objective.ACCURACY, GOODS)
    assert asked_for.allowed
    assert asked_for.gain < 0


def test_margin_needs_costs_and_fairness_vendors(past: Past) -> None:
    with pytest.raises(NotEnoughDataError, match="unit cost"):
        tried(past, POOR, Objective.MARGIN)
    alone = Goods(np.full(60, np.nan), np.zeros(60, dtype=np.int64))
    with pytest.raises(NotEnoughDataError, match="vendors"):
        search(past.bench, POOR, Objective.FAIRNESS, alone, seed=1)


def test_it_ends_when_its_seconds_are_up_or_somebody_stops_it(past: Past) -> None:
    clock = iter(range(100))
    timed = search(
        past.bench, POOR, Objective.ACCURACY, GOODS, seed=1, seconds=5,
        watch=lambda: float(next(clock)),
    )  # fmt: skip
    assert timed.stopped
    assert len(timed.tried) == 4
    seen: list[int] = []

    def go_on(made: int, best: float | None) -> bool:
        seen.append(made)
        return made < 3

    halted = search(past.bench, POOR, Objective.ACCURACY, GOODS, seed=1, go_on=go_on)
    assert halted.stopped
    assert seen == [0, 1, 2, 3]
    assert len(halted.tried) == 3


def test_the_first_try_is_the_start_and_what_cannot_be_judged_keeps_its_share() -> None:
    start = Recipe(DEFAULT_BLEND, 60.0, 0.15, {ListName.DISCOVER: 0.2})
    proposals = Proposals(start, (60.0,), seed=1)
    for at in range(20):
        one = proposals.ask()
        if not at:
            for name in LISTS:
                assert one.blend.weights[name] == pytest.approx(dict(start.blend.weights[name]))
                assert one.varied(name) == start.varied(name)
            assert (one.half_life, one.damping) == (60.0, 0.15)
        for name in LISTS:
            kept = DEFAULT_BLEND.weights[name]["affinity"]
            assert one.blend.weights[name]["affinity"] == pytest.approx(kept)
            assert sum(one.blend.weights[name].values()) == pytest.approx(1.0)
        assert one.half_life in (60.0,)
        proposals.tell(dict.fromkeys(LISTS, float(at)))


def test_the_best_of_many_lucky_tries_is_called_luck_and_a_gain_is_not() -> None:
    rng = np.random.default_rng(0)
    shops, tries = 200, 100
    drawn = rng.multinomial(shops, np.full(shops, 1 / shops), size=500)
    resampled = ((drawn - 1) / shops).astype(np.float32)

    def luck(lift: float) -> float:
        gains = rng.normal(size=(shops, tries)) + np.where(np.arange(tries) == 5, lift, 0.0)
        mean = gains.mean(axis=0)
        return chance_of_luck(mean, gains - mean, resampled)

    by_luck = [luck(0.0) for _ in range(40)]
    assert np.mean([one < 0.05 for one in by_luck]) <= 0.15
    assert luck(0.5) < 0.05
    assert chance_of_luck(np.zeros(0), np.zeros((shops, 0)), resampled) == 1.0
    assert chance_of_luck(np.zeros(3), np.zeros((shops, 3)), resampled) == 1.0
