"""Points between coverage and NDCG: baselines, a small sweep, and the front of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from smartreco.entities import ListName
from smartreco.evaluation.baselines.registry import BASELINES
from smartreco.evaluation.bench.bench import Bench, K
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.evaluation.listing import list_baseline
from smartreco.evaluation.measuring import Judge, mean
from smartreco.evaluation.protocol import Cut
from smartreco.measures.ranking import coverage
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.blend import DEFAULT_BLEND
from smartreco.recommend.recipe import Recipe

DAMPINGS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
VARIETIES: Final = (0.0, 0.2, 0.4)


class Point(NamedTuple):
    """One recipe or baseline on one list."""

    label: str
    coverage: float
    ndcg: float
    recipe: Recipe | None = None


def point_of(bench: Bench, name: ListName, recipe: Recipe, label: str = "") -> Point:
    """Where a recipe stands, without rules."""
    named = bench.figures(name, recipe).named
    return Point(label, named["coverage"].value, named["ndcg"].value, recipe)


def swept(bench: Bench, start: Recipe) -> dict[ListName, tuple[Point, ...]]:
    """The start with best-sellers held back and lists varied step by step."""
    tried = [
        replace(one, damping=damping, diversity=dict.fromkeys(LISTS, variety))
        for one in (start, replace(start, blend=DEFAULT_BLEND))
        for damping in DAMPINGS
        for variety in VARIETIES
    ]
    return {name: tuple(point_of(bench, name, one) for one in tried) for name in LISTS}


def baseline_points(cut: Cut, go_on: Callable[[], None]) -> dict[ListName, tuple[Point, ...]]:
    """Every baseline on the same cut and shops; those that say nothing of a list are left out."""
    attributes = Attributes.of_products(cut.training.products).matrix
    judges = {name: Judge.of(cut, name, attributes) for name in LISTS}
    found: dict[ListName, list[Point]] = {name: [] for name in LISTS}
    for label, fit in BASELINES.items():
        go_on()
        listed = list_baseline(fit(cut.training), cut, K)
        for name, judge in judges.items():
            if name in listed and judge.measured.any():
                shown = listed[name].ranked[judge.measured]
                seen = coverage(shown, int(cut.active.sum()))
                found[name].append(Point(label, seen, mean(judge.ndcg(listed[name]))))
    return {name: tuple(points) for name, points in found.items()}


def front(points: Iterable[Point]) -> Sequence[Point]:
    """Those that no other one beats in both, the widest first."""
    known = [one for one in points if np.isfinite(one.coverage) and np.isfinite(one.ndcg)]
    kept: list[Point] = []
    for one in sorted(known, key=lambda point: (-point.coverage, -point.ndcg)):
        if not kept or one.ndcg > kept[-1].ndcg:
            kept.append(one)
    return kept
