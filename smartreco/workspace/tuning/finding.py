"""Carry out one search: try on the inner split, then ask the held-out window once."""

from __future__ import annotations

from dataclasses import dataclass

from smartreco.evaluation.bench.checking import checked
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.evaluation.bench.searching import Outcome, search
from smartreco.evaluation.responding import stopwatch
from smartreco.language import Sentence
from smartreco.recommend.recipe import Recipe
from smartreco.workspace.tuning.held import SEED, Held
from smartreco.workspace.tuning.searches import Job
from smartreco.workspace.tuning.views import Found, Objective, PlanePoint, Verdict

TRYING = 0.9  # of a search; the rest is the held-out check


@dataclass(frozen=True)
class Asked:
    """What an analyst asked for."""

    objective: Objective
    seconds: float
    trials: int
    start: Recipe


def carry_out(job: Job, held: Held, asked: Asked) -> Found:
    """The whole search; told step by step to its job."""
    held.inner.prepare(asked.start.half_life)
    began = stopwatch()

    def go_on(made: int, best: float | None) -> bool:
        job.go_on()
        spent = max(made / asked.trials, (stopwatch() - began) / asked.seconds)
        job.tell(TRYING * min(spent, 1.0), made, best, "search.trying")
        return not job.stopping.is_set()

    outcome = search(
        held.inner, asked.start, asked.objective, held.goods, seed=SEED,
        trials=asked.trials, seconds=asked.seconds, go_on=go_on,
    )  # fmt: skip
    best = max((one.gain for one in outcome.tried if one.allowed), default=None)
    job.tell(TRYING, len(outcome.tried), best, "search.checking")
    return _found(job, held, asked, outcome)


def _found(job: Job, held: Held, asked: Asked, outcome: Outcome) -> Found:
    """What the inner split and the held-out window say of the winner."""
    recipe, start = outcome.recipe, asked.start
    outer = held.outer(start.half_life, lambda *_: job.go_on())
    job.go_on()
    outer.prepare(recipe.half_life)
    told = checked(outer, recipe, start, asked.objective, held.goods)
    sentence = Sentence(f"found.{told.verdict.value}")
    verdict = told.verdict
    if not outcome.found:
        verdict = Verdict.NO_BETTER
        sentence = Sentence("found.nothing", {"trials": len(outcome.tried)})
    return Found(
        recipe, asked.objective, len(outcome.tried), outcome.seconds, outcome.stopped,
        held.inner.measure(recipe, start), outer.measure(recipe, start), start,
        verdict, sentence,
        tuple(
            PlanePoint("tried", "", *one.seen[name], one.recipe, name)
            for one in outcome.tried
            for name in LISTS
        ),
        told.gain,
    )  # fmt: skip
