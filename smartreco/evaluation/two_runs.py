"""Two kept runs beside each other: two versions over the same shops, or two ways to split."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartreco.entities import ListName
from smartreco.evaluation.each_shop import EachShop
from smartreco.evaluation.measuring import KEPT
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS
from smartreco.measures.bootstrap import paired_difference


@dataclass(frozen=True, slots=True)
class Between:
    """A measure of one run less that of another, with its paired 95 % interval over shops."""

    list: ListName
    measure: str
    one: float
    other: float
    mean: float
    low: float
    high: float
    shops: int
    better: int  # shops at which the one run is better
    worse: int

    @property
    def told_apart(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def paired(
    one: Scoreboard, other: Scoreboard, rng: np.random.Generator
) -> tuple[Between, ...] | None:
    """What the one run gains on the other, list by list.

    None where they did not judge the same shops by the same orders and lengths, or where one
    was kept by a version that did not keep figures of each shop: then nothing is paired.
    """
    found: list[Between] = []
    if (one.k, one.split) != (other.k, other.split):
        return None
    for name in ListName:
        ours, theirs = one.of(name).each, other.of(name).each
        if not one.of(name).models and not other.of(name).models:
            continue  # neither had anything to find
        if ours is None or theirs is None or ours.judged != theirs.judged:
            return None
        found += _between(name, ours, theirs, rng)
    return tuple(found)


def _between(
    name: ListName, ours: EachShop, theirs: EachShop, rng: np.random.Generator
) -> list[Between]:
    made = []
    for measure in KEPT:
        here, there = ours.values(measure), theirs.values(measure)
        gain = paired_difference(here, there, rng)
        made.append(Between(
            name, measure, float(np.nanmean(here)), float(np.nanmean(there)),
            gain.mean, gain.low, gain.high, gain.shops,
            int((here > there).sum()), int((here < there).sum()),
        ))  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class Flattery:
    """By how much a model's NDCG reads higher where the split leaks the future."""

    model: str
    time: float
    random: float

    @property
    def by(self) -> float:
        """Above 0: the random split flatters it."""
        return self.random - self.time


def flattery(time: Scoreboard, random: Scoreboard, name: ListName) -> tuple[Flattery, ...]:
    """Ours and every baseline that both runs have, ours first.

    The two ask other questions (what comes next; what lay between known orders), so their
    difference has no interval over shops.
    """
    theirs = {one.model: one.ndcg for one in random.of(name).models}
    found = [
        Flattery(one.model, one.ndcg, theirs[one.model])
        for one in time.of(name).models
        if one.model in theirs
    ]
    return tuple(sorted(found, key=lambda one: one.model != OURS))
