"""Runs held against each other: only over the same shops, and as kept to within half a step."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from smartreco.entities import ListName
from smartreco.evaluation.each_shop import MOST, EachShop, pack, unpack
from smartreco.evaluation.evaluate import evaluate
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS
from smartreco.evaluation.two_runs import flattery, paired
from smartreco.recommend.blend import DEFAULT_BLEND
from smartreco.recommend.engine import ModelSettings
from smartreco.recommend.history import History
from smartreco.recommend.recipe import Recipe
from tests.evaluation.conftest import frequency

ODD = Recipe(
    DEFAULT_BLEND.with_list(ListName.ALL, {"content": 1}), diversity={ListName.DISCOVER: 0.6}
)


def run(history: History, **options: object) -> Scoreboard:
    chosen = {"rng": np.random.default_rng(5), "baselines": {"frequency": frequency}, "k": 5,
              "settings": ModelSettings(learn=False)} | options  # fmt: skip
    return evaluate(history, **chosen)  # type: ignore[arg-type]


pytestmark = pytest.mark.usefixtures("few_calls")


@pytest.fixture(scope="module")
def learned(changing: History) -> Scoreboard:
    return run(changing)


@pytest.fixture(scope="module")
def odd(changing: History) -> Scoreboard:
    return run(changing, recipe=ODD)


@pytest.mark.parametrize("seed", range(5))
def test_kept_measures_come_back_to_within_half_a_step(seed: int) -> None:
    values = np.random.default_rng(seed).random(500)
    values[::7] = np.nan
    back = unpack(pack(values))
    np.testing.assert_allclose(back, values, atol=0.51 / MOST)
    assert (np.isnan(back) == np.isnan(values)).all()


def test_each_shops_measures_mean_what_the_run_says(learned: Scoreboard) -> None:
    for one in learned.lists:
        assert one.each is not None
        values = one.each.values("ndcg")
        assert len(values) == one.shops
        assert values.mean() == pytest.approx(one.of(OURS).ndcg, abs=1e-5)
    read = Scoreboard.from_dict(json.loads(json.dumps(learned.to_dict())))
    assert read == learned


def test_a_recipe_is_judged_instead_of_what_was_learned(
    learned: Scoreboard, odd: Scoreboard
) -> None:
    assert odd.recipe == ODD.to_dict()
    assert odd.of(ListName.REORDER).of(OURS) == learned.of(ListName.REORDER).of(OURS)
    assert odd.of(ListName.ALL).of(OURS).ndcg < learned.of(ListName.ALL).of(OURS).ndcg
    varied = odd.of(ListName.DISCOVER).of(OURS).diversity or 0.0
    assert varied > (learned.of(ListName.DISCOVER).of(OURS).diversity or 0.0)
    for name in (ListName.ALL, ListName.REORDER):
        assert odd.of(name).of("frequency") == learned.of(name).of("frequency")


def test_a_recipe_that_says_what_was_learned_changes_nothing(
    changing: History, learned: Scoreboard
) -> None:
    same = run(changing, recipe=Recipe(DEFAULT_BLEND))
    for one, other in zip(same.lists, learned.lists, strict=True):
        assert one.of(OURS) == other.of(OURS)
        assert one.calibration == other.calibration


def test_two_runs_over_the_same_shops_are_paired(learned: Scoreboard, odd: Scoreboard) -> None:
    found = paired(odd, learned, np.random.default_rng(0))
    assert found is not None
    by = {(one.list, one.measure): one for one in found}
    whole = by[ListName.ALL, "ndcg"]
    gap = odd.of(ListName.ALL).of(OURS).ndcg - learned.of(ListName.ALL).of(OURS).ndcg
    assert whole.mean == pytest.approx(gap, abs=2e-5)
    assert whole.low <= whole.mean <= whole.high
    assert whole.worse > whole.better
    same = by[ListName.REORDER, "ndcg"]
    assert (same.mean, same.low, same.high, same.better, same.worse) == (0.0, 0.0, 0.0, 0, 0)
    assert not same.told_apart


def test_other_orders_other_lengths_and_older_runs_are_not_paired(
    changing: History, learned: Scoreboard
) -> None:
    rows = changing.purchases
    fewer = replace(changing, purchases=rows.drop(index=rows.index[-1]))
    rng = np.random.default_rng(0)
    assert paired(run(fewer), learned, rng) is None
    assert paired(run(changing, k=4), learned, rng) is None
    old = replace(learned, lists=tuple(replace(one, each=None) for one in learned.lists))
    assert paired(old, learned, rng) is None
    assert EachShop.from_dict(None) is None


def test_flattery_is_the_random_figure_less_that_in_time(
    changing: History, learned: Scoreboard
) -> None:
    leaky = run(changing, split=Split.RANDOM)
    found = flattery(learned, leaky, ListName.REORDER)
    assert [one.model for one in found] == [OURS, "frequency"]
    gap = leaky.of(ListName.REORDER).of(OURS).ndcg - learned.of(ListName.REORDER).of(OURS).ndcg
    assert found[0].by == pytest.approx(gap)
