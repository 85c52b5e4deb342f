"""Automatic search of a recipe on one window.

Whoever searches gives the bench of the inner split; the held-out bench is only asked once, by
`checking`, when the search is over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.evaluation.bench.bench import Bench
from smartreco.evaluation.bench.gaining import below_start, less, together
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.evaluation.bench.objectives import Goods, Objective, objective_of
from smartreco.evaluation.bench.proposing import Proposals
from smartreco.evaluation.bench.snooping import LEVEL, chance_of_luck
from smartreco.evaluation.responding import Stopwatch, stopwatch
from smartreco.recommend.recipe import Recipe

Floats = npt.NDArray[np.float64]

WORSE: Final = -1.0  # worth of a list with less NDCG than the start's, less how much less


@dataclass(frozen=True)
class Tried:
    """One recipe of a search.

    Attributes
    ----------
    gain
        Objective over the start's, the mean of both lists.
    allowed
        NDCG is worse than the start's on neither list; asked of all objectives but accuracy.
        What is only not surely worse would be so on the next window: a search goes to the edge
        of what it may.
    influence
        How far each shop moves the gain.
    seen
        (coverage, NDCG) by list.
    """

    recipe: Recipe
    gain: float
    allowed: bool
    influence: npt.NDArray[np.float32]
    seen: Mapping[ListName, tuple[float, float]]


@dataclass(frozen=True)
class Outcome:
    """What a search found.

    Attributes
    ----------
    recipe
        The winner; the start itself where luck explains it.
    luck
        Chance that the best of as many tries looks as good without being better.
    stopped
        Somebody or the clock stopped it before all trials were made.
    """

    recipe: Recipe
    found: bool
    luck: float
    seconds: float
    stopped: bool
    tried: tuple[Tried, ...]


def search(
    bench: Bench,
    start: Recipe,
    objective: Objective,
    goods: Goods,
    *,
    seed: int,
    trials: int = 200,
    seconds: float = 60.0,
    watch: Stopwatch = stopwatch,
    go_on: Callable[[int, float | None], bool] = lambda made, best: True,
) -> Outcome:
    """Try recipes until trials or seconds run out, or `go_on` says no.

    Parameters
    ----------
    goods
        Margin and vendor of the window's products.
    go_on
        Told the trials made and the best gain so far.

    Raises
    ------
    NotEnoughDataError
        The data cannot answer the objective, or no list could hit anything.
    """
    goods.check(objective, bench.window.cut.active)
    began = watch()
    proposals = Proposals(start, bench.half_lives, seed)
    tried: list[Tried] = []
    best: float | None = None
    stopped = False
    while len(tried) < trials:
        if watch() - began >= seconds or not go_on(len(tried), best):
            stopped = True
            break
        recipe = proposals.ask()
        one, worth = try_one(bench, recipe, start, objective, goods)
        proposals.tell(worth)
        tried.append(one)
        if one.allowed:
            best = one.gain if best is None else max(best, one.gain)
    winner, luck = _winner(bench, tried)
    found = winner is not None and winner.gain > 0 and luck < LEVEL
    recipe = winner.recipe if found and winner is not None else start
    return Outcome(recipe, found, luck, watch() - began, stopped, tuple(tried))


def try_one(
    bench: Bench, recipe: Recipe, start: Recipe, objective: Objective, goods: Goods
) -> tuple[Tried, dict[ListName, float]]:
    """Measure one recipe; also what each of its lists is worth."""
    gains, worth, seen = [], {}, {}
    for name in LISTS:
        now, then = bench.figures(name, recipe), bench.figures(name, start)
        gain = less(objective_of(objective, now, goods), objective_of(objective, then, goods))
        ndcg = less(now.named["ndcg"], then.named["ndcg"])
        below = 0.0 if objective is Objective.ACCURACY else below_start(ndcg)
        scale = abs(objective_of(objective, then, goods).value) or 1.0
        worth[name] = gain.value / scale if not below else WORSE - below
        seen[name] = now.named["coverage"].value, now.named["ndcg"].value
        gains.append(gain)
    mean = together(gains)
    allowed = all(value > WORSE for value in worth.values())
    return Tried(recipe, mean.value, allowed, mean.influence.astype(np.float32), seen), worth


def _winner(bench: Bench, tried: list[Tried]) -> tuple[Tried | None, float]:
    allowed = [one for one in tried if one.allowed]
    if not allowed:
        return None, 1.0
    gain = np.array([one.gain for one in allowed])
    influence = np.stack([one.influence for one in allowed], axis=1).astype(np.float64)
    luck = chance_of_luck(gain, influence, bench.window.resampled)
    return allowed[int(np.argmax(gain))], luck
