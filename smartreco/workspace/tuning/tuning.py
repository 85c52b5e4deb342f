"""Use cases of the analyst's bench: measure, compare, search, check. Nothing here is served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smartreco.entities import ListName, Principal, Progress, Role
from smartreco.errors import InputError
from smartreco.evaluation.bench.gauges import Measured
from smartreco.language import Sentence
from smartreco.recommend.recipe import Recipe
from smartreco.workspace.blend.settling import learned_recipe
from smartreco.workspace.core import Core, permits
from smartreco.workspace.lists import check_length
from smartreco.workspace.models import Models
from smartreco.workspace.tuning.finding import Asked, carry_out
from smartreco.workspace.tuning.lists import TrialLists
from smartreco.workspace.tuning.planes import Point, front, point_of
from smartreco.workspace.tuning.searches import Job, Searches
from smartreco.workspace.tuning.views import Objective, PlanePoint, SearchState, TrialList
from smartreco.workspace.tuning.workshop import Workshop

MOST_SECONDS = 600.0
MOST_TRIALS = 1000


class Tuning:
    """Recipes tried on past windows and on today's lists."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models
        self._workshop = Workshop(core, models)
        self._searches = Searches()
        self._lists = TrialLists(core, models)

    @permits(Role.ANALYST, Role.ADMIN)
    def readiness(self, principal: Principal) -> Progress | None:
        """None once recipes can be measured; asking starts the work in the background.

        Raises
        ------
        NotEnoughDataError
            The history is too short for an inner split.
        """
        return self._workshop.readiness()

    @permits(Role.ANALYST, Role.ADMIN)
    def half_lives(self, principal: Principal) -> tuple[float, ...]:
        """Half-lives that can be measured by now; the others are being made."""
        return self._workshop.held().inner.half_lives

    @permits(Role.ANALYST, Role.ADMIN)
    def measure(self, principal: Principal, recipe: Recipe, rules: bool = True) -> Measured:
        """Every figure of a recipe on the inner split, against the version in force.

        Raises
        ------
        NotReadyError
            The bench, or the recipe's half-life, is still being made.
        """
        held, in_force = self._workshop.held(), self._models.current.recipe
        plans = self._workshop.plans(held) if rules else {}
        found = held.inner.measure(recipe, in_force, plans)
        self._workshop.used()
        return found

    @permits(Role.ANALYST, Role.ADMIN)
    def plane(
        self, principal: Principal, list_name: ListName, recipe: Recipe
    ) -> tuple[PlanePoint, ...]:
        """Coverage and NDCG of a recipe among others on the inner split, without rules.

        The points of the reader's last search are among them.
        """
        held, fitted = self._workshop.held(), self._models.current
        inner = held.inner
        named = {
            "current": recipe, "published": fitted.recipe,
            "learned": learned_recipe(fitted.learned),
        }  # fmt: skip
        points = {kind: point_of(inner, list_name, one) for kind, one in named.items()}
        found = self._searches.newest(principal.username)
        tried = [one for one in (found.tried if found else ()) if one.list is list_name]
        seen = [*points.values(), *held.swept.get(list_name, ())]
        known = [Point("", one.coverage, one.ndcg, one.recipe) for one in tried]
        return (
            *(_plane(kind, one, list_name) for kind, one in points.items()),
            *(_plane("baseline", one, list_name) for one in held.baselines.get(list_name, ())),
            *(_plane("front", one, list_name) for one in front([*seen, *known])),
            *tried,
        )

    @permits(Role.ANALYST, Role.ADMIN)
    def compare_lists(
        self,
        principal: Principal,
        retailer_ids: Sequence[str],
        recipe: Recipe,
        list_name: ListName,
        k: int = 10,
    ) -> tuple[TrialList, ...]:
        """Lists of today by the version in force and by a recipe, and why they differ.

        Published rules, today's stock and what each shop hid are on; nothing is in the order.
        A half-life that was not asked for before takes as long as a fit.

        Raises
        ------
        NotFoundError
            There is no such shop.
        """
        check_length(k)
        return self._lists.compared(retailer_ids, recipe, list_name, k)

    @permits(Role.ANALYST, Role.ADMIN)
    def suggested_shops(self, principal: Principal) -> tuple[tuple[str, str], ...]:
        """Id and name of three telling shops: a large, a small and a new one."""
        return self._lists.suggested()

    @permits(Role.ANALYST, Role.ADMIN)
    def search(
        self,
        principal: Principal,
        objective: Objective,
        seconds: float,
        trials: int = 200,
        start: Recipe | None = None,
    ) -> int:
        """Start a search in the background, without rules; the number of the job.

        Parameters
        ----------
        start
            Where it begins and what it must beat; None: the version in force.

        Raises
        ------
        InputError
            Seconds or trials are out of range, or the analyst has a search under way.
        NotEnoughDataError
            The data cannot answer the objective: unit costs are unknown, say.
        """
        if not 0 < seconds <= MOST_SECONDS or not 0 < trials <= MOST_TRIALS:
            raise InputError(
                f"a search takes up to {MOST_SECONDS:g} seconds and {MOST_TRIALS} trials",
                f"{seconds:g} seconds and {trials} trials", "choose less",
            )  # fmt: skip
        held, in_force = self._workshop.held(), self._models.current.recipe
        begin = in_force if start is None else start
        held.goods.check(objective, held.inner.window.cut.active)
        asked = Asked(objective, seconds, trials, begin)
        job = Job(principal.username, self.core.now())
        return self._searches.start(job, lambda own: carry_out(own, held, asked))

    @permits(Role.ANALYST, Role.ADMIN)
    def search_state(self, principal: Principal, job: int) -> SearchState:
        """How far a search is, and how it ended.

        Raises
        ------
        NotFoundError, NotAllowedError
            There is no such search in this process, or it is another analyst's.
        """
        return self._searches.read(principal, job).state

    @permits(Role.ANALYST, Role.ADMIN)
    def stop_search(self, principal: Principal, job: int) -> None:
        """End a search with what it has found so far."""
        self._searches.read(principal, job).stopping.set()

    @permits(Role.ANALYST, Role.ADMIN)
    def check(self, principal: Principal, recipe: Recipe, rules: bool = True) -> Measured:
        """A recipe against the version in force on the held-out window.

        The first call waits for the held-out bench, and each new half-life takes a fit. A note
        says where the version in force was learned from orders of this very window.
        """
        held, fitted = self._workshop.held(), self._models.current
        outer = held.outer(fitted.recipe.half_life)
        outer.prepare(recipe.half_life)
        plans = self._workshop.plans(held) if rules else {}
        found = outer.measure(recipe, fitted.recipe, plans)
        if fitted.recipe == learned_recipe(fitted.learned):
            found = replace(found, notes=(*found.notes, Sentence("note.seen")))
        return found

    def wait(self) -> None:
        """Wait until the benches are made, with all that follows; for the program itself."""
        self._workshop.readiness()
        self._workshop.join()

    def close(self) -> None:
        """Cancel searches and let background work end."""
        self._searches.close()
        self._workshop.close()


def _plane(kind: str, one: Point, name: ListName) -> PlanePoint:
    return PlanePoint(kind, one.label, one.coverage, one.ndcg, one.recipe, name)
