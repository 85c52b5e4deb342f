"""What a window that a recipe was not searched on says of it: asked once, when a search is over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from smartreco.evaluation.bench.bench import Bench
from smartreco.evaluation.bench.gaining import below_start, less, together
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.evaluation.bench.gauges import Gauge
from smartreco.evaluation.bench.objectives import Goods, Objective, objective_of
from smartreco.recommend.recipe import Recipe

SURE: Final = 1.96  # standard errors: a list is surely worse than the start beyond them


class Verdict(StrEnum):
    """What the held-out window says of a recipe against the start."""

    BETTER = "better"
    NOT_SURE = "not_sure"
    NO_BETTER = "no_better"


@dataclass(frozen=True)
class Checked:
    """A recipe on a window that it was not searched on."""

    verdict: Verdict
    gain: Gauge


def checked(
    bench: Bench, recipe: Recipe, start: Recipe, objective: Objective, goods: Goods
) -> Checked:
    """What a window says of a recipe against the start: the gain with its interval, computed."""
    gains, values, below = [], [], False
    for name in LISTS:
        now, then = bench.figures(name, recipe), bench.figures(name, start)
        own = objective_of(objective, now, goods)
        values.append(own)
        gains.append(less(own, objective_of(objective, then, goods)))
        below |= below_start(less(now.named["ndcg"], then.named["ndcg"])) > SURE
    value, gain = together(values), together(gains)
    ends = bench.window.bounds(np.stack([value.influence, gain.influence], axis=1))
    low, high = ends.tolist()
    gauge = Gauge(
        objective.value, value.value, value.value + low[0], value.value + high[0],
        gain.value, gain.value + low[1], gain.value + high[1],
    )  # fmt: skip
    if gain.value + low[1] > 0 and not below:
        return Checked(Verdict.BETTER, gauge)
    worse = gain.value + high[1] < 0 or below or not gain.influence.any()
    return Checked(Verdict.NO_BETTER if worse else Verdict.NOT_SURE, gauge)
