"""A bench that answers at once, with figures that follow from the weights; nothing is fitted.

Pages are tried against it where the real one would take its time (a bench that is being made,
a search that runs) or where a state is hard to come by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from smartreco.entities import ListName, Principal, Progress
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.language import Sentence
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.recipe import Recipe
from smartreco.workspace.tuning.views import (
    Found,
    Gauge,
    ListGauges,
    Measured,
    Objective,
    PlanePoint,
    SearchState,
    SegmentGauge,
    TrialLine,
    TrialList,
    Verdict,
)

VALUES = {
    "precision": 0.12, "recall": 0.31, "ndcg": 0.28, "coverage": 0.44, "novelty": 6.2,
    "diversity": 0.71, "calibration": 0.03,
}  # fmt: skip
NOISE = 0.02  # half of every interval, as a share of the figure
SHOPS = 37
STARTED = datetime(2026, 11, 2, 9, 30)


def pull(recipe: Recipe, name: ListName) -> float:
    """What the fake's figures follow: weights but the collaborative one's, and the settings."""
    weights = recipe.blend.weights[name]
    return 1.0 - weights.get("collaborative", 0.0) + (recipe.damping or 0.0) + recipe.varied(name)


@dataclass
class FakeTuning:
    """The use cases of `smartreco.workspace.tuning.tuning.Tuning`."""

    published: Recipe
    progress: Progress | None = None
    refused: bool = False
    ready: tuple[float, ...] = (20.0, 60.0, 180.0, FOREVER)
    state: SearchState | None = None
    asked: list[tuple[str, object]] = field(default_factory=list)

    def readiness(self, principal: Principal) -> Progress | None:
        if self.refused:
            raise NotEnoughDataError(
                "lists are judged on shops that came back", "3 shops", "import more orders"
            )
        return self.progress

    def half_lives(self, principal: Principal) -> tuple[float, ...]:
        return self.ready

    def measure(self, principal: Principal, recipe: Recipe, rules: bool = True) -> Measured:
        self.asked.append(("measure", rules))
        return self.measured(recipe)

    def measured(self, recipe: Recipe, start: Recipe | None = None) -> Measured:
        found = []
        for name in (ListName.REORDER, ListName.DISCOVER):
            moved = pull(recipe, name) - pull(start or self.published, name)
            found.append(
                ListGauges(name, SHOPS, tuple(gauge(one, moved) for one in VALUES), segments(moved))
            )
        return Measured(recipe, tuple(found), (Sentence("note.stock", {}),))

    def plane(
        self, principal: Principal, list_name: ListName, recipe: Recipe
    ) -> tuple[PlanePoint, ...]:
        here = self.measured(recipe).of(list_name)
        coverage, ndcg = here.gauge("coverage").value or 0.0, here.gauge("ndcg").value or 0.0
        wider = replace(self.published, damping=0.4)
        return (
            PlanePoint("baseline", "Popularity", 0.05, 0.19, None, list_name),
            PlanePoint("baseline", "ItemKNN", 0.38, 0.25, None, list_name),
            PlanePoint("front", "", 0.46, 0.31, self.published, list_name),
            PlanePoint("front", "", 0.58, 0.27, wider, list_name),
            PlanePoint("learned", "", 0.42, 0.275, self.published, list_name),
            PlanePoint("published", "", 0.44, 0.28, self.published, list_name),
            PlanePoint("current", "", coverage, ndcg, recipe, list_name),
        )

    def compare_lists(
        self, principal: Principal, retailer_ids: Sequence[str], recipe: Recipe,
        list_name: ListName, k: int = 10,
    ) -> tuple[TrialList, ...]:  # fmt: skip
        changed = recipe.to_dict() != self.published.to_dict()
        return tuple(trial(one, list_name, changed) for one in retailer_ids)

    def suggested_shops(self, principal: Principal) -> tuple[tuple[str, str], ...]:
        return (("R1", "LARGE STORES"), ("R2", "Small & Sons"), ("R3", "Newcomer"))

    def search(
        self, principal: Principal, objective: Objective, seconds: float, trials: int = 200,
        start: Recipe | None = None,
    ) -> int:  # fmt: skip
        self.asked.append(("search", (objective, seconds, trials, start)))
        self.state = running()
        return 7

    def search_state(self, principal: Principal, job: int) -> SearchState:
        if job != 7 or self.state is None:
            raise NotFoundError("a search is named by its number", str(job), "start one")
        return self.state

    def stop_search(self, principal: Principal, job: int) -> None:
        self.asked.append(("stop", job))

    def check(self, principal: Principal, recipe: Recipe, rules: bool = True) -> Measured:
        self.asked.append(("check", rules))
        return self.measured(recipe)

    def found(self, recipe: Recipe, verdict: Verdict = Verdict.BETTER) -> SearchState:
        """A search that has ended with a recipe."""
        measured = self.measured(recipe)
        tried = tuple(
            PlanePoint("tried", "", 0.4 + at / 100, 0.2 + at / 100, self.published, name)
            for at in range(5)
            for name in (ListName.REORDER, ListName.DISCOVER)
        )
        end = Found(
            recipe, Objective.ACCURACY, 120, 31.4, False, measured, measured, self.published,
            verdict, Sentence("found.better", {}), tried,
        )  # fmt: skip
        self.state = SearchState(False, 1.0, 120, 0.01, STARTED, "", end)
        return self.state

    def close(self) -> None:
        """Nothing runs."""


def running() -> SearchState:
    """A search under way."""
    return SearchState(True, 0.4, 48, 0.0123, STARTED, Sentence("search.trying"), None)


def gauge(name: str, moved: float) -> Gauge:
    """Breadth grows and hits fall with what the fake follows."""
    base = VALUES[name]
    way = 1.0 if name in ("coverage", "novelty", "diversity") else -0.4
    change = 0.0 if not moved else base * way * moved * 0.5
    half = base * NOISE if change else 0.0
    value = base + change
    return Gauge(name, value, value * (1 - NOISE), value * (1 + NOISE), change, change - half,
                 change + half)  # fmt: skip


def segments(moved: float) -> tuple[SegmentGauge, ...]:
    change = 0.1 * moved
    wide = 0.004 if moved else 0.0
    rows = [("segment", "Supermarket", 14), ("segment", "Kirana", 19), ("region", "West", 21)]
    found = [
        SegmentGauge(by, name, shops, 0.28 + change, change, change - wide, change + wide)
        for by, name, shops in rows
    ]
    return (*found, SegmentGauge("region", "East", 3, None, None, None, None))


def trial(retailer_id: str, name: ListName, changed: bool) -> TrialList:
    before = tuple(TrialLine(f"P{at}", f"PRODUCT {at}", at, at) for at in range(1, 6))
    if not changed:
        return TrialList(retailer_id, f"Shop {retailer_id}", name, before, before, (), ())
    why = Sentence("why.up", {"component": "peers", "points": 21})
    entered = TrialLine("P9", "Product 9", 2, None, why)
    after = (replace(before[0]), entered, replace(before[2], rank=3),
             replace(before[4], rank=4, why=why), replace(before[3], rank=5, why=why))  # fmt: skip
    left = TrialLine("P2", "PRODUCT 2", None, 2, why)
    return TrialList(retailer_id, f"Shop {retailer_id}", name, before, after, (entered,), (left,))
