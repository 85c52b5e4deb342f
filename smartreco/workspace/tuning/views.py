"""What the analyst's page shows while recipes are tried, searched and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartreco.entities import ListName
from smartreco.evaluation.bench.checking import Verdict
from smartreco.evaluation.bench.gauges import Gauge, ListGauges, Measured, SegmentGauge
from smartreco.evaluation.bench.objectives import Objective
from smartreco.language import Sentence
from smartreco.recommend.recipe import Recipe

__all__ = [
    "Found", "Gauge", "ListGauges", "Measured", "Objective", "PlanePoint", "SearchState",
    "SegmentGauge", "TrialLine", "TrialList", "Verdict",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanePoint:
    """One recipe or baseline between coverage and NDCG.

    Attributes
    ----------
    kind
        current | published | learned | baseline | front | tried.
    label
        Name of a baseline; "" for others.
    recipe
        None for a baseline, which no weights lead to.
    list
        The list that the figures are of.
    """

    kind: str
    label: str
    coverage: float
    ndcg: float
    recipe: Recipe | None
    list: ListName | None = None


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A line of a list on trial.

    Attributes
    ----------
    rank, rank_before
        From 1; None where it is not on the list of that blend.
    why
        What moved it most (`tuning.words`); None where it did not move.
    """

    product_id: str
    name: str
    rank: int | None
    rank_before: int | None
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TrialList:
    """One list of one shop, by the blend in force and by a recipe."""

    retailer_id: str
    name: str
    list: ListName
    before: tuple[TrialLine, ...]
    after: tuple[TrialLine, ...]
    entered: tuple[TrialLine, ...]
    left: tuple[TrialLine, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How a search ended.

    Attributes
    ----------
    recipe
        The best found; the start itself where nothing beat it by more than noise.
    stopped
        Somebody stopped it, or its seconds ran out, before all trials were made.
    inner, held_out
        Of `recipe` against `start`: where it was searched, and on the untouched window.
    verdict, sentence
        What the held-out window says, and in words (`tuning.words`).
    tried
        Every trial, for the plane: one point a trial and list.
    gain
        The objective itself on the held-out window, the mean of both lists: what the verdict
        rests on.
    """

    recipe: Recipe
    objective: Objective
    trials: int
    seconds: float
    stopped: bool
    inner: Measured
    held_out: Measured
    start: Recipe
    verdict: Verdict
    sentence: Sentence
    tried: tuple[PlanePoint, ...] = ()
    gain: Gauge | None = None


@dataclass(frozen=True, slots=True)
class SearchState:
    """How far a search is.

    Attributes
    ----------
    best
        Objective of the best trial so far less that of the start; None before the first.
    message
        What it does now, or why it failed (`tuning.words`, or an error's own words).
    found
        None while it runs, and where it failed.
    """

    running: bool
    fraction: float
    trials: int
    best: float | None
    started_at: datetime
    message: Sentence | str
    found: Found | None
