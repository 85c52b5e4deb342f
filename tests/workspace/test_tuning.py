"""The analyst's bench in the workspace: readiness, figures, lists on trial, searches, checks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from smartreco.config import Settings
from smartreco.entities import ListName, Principal, Role
from smartreco.errors import (
    InputError,
    NotAllowedError,
    NotEnoughDataError,
    NotFoundError,
    NotReadyError,
)
from smartreco.language import Language, Sentence
from smartreco.recommend.blend import DEFAULT_BLEND, Blend
from smartreco.recommend.history import History
from smartreco.recommend.recipe import Recipe
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.core import Core
from smartreco.workspace.fits import read_all
from smartreco.workspace.status import Report
from smartreco.workspace.tuning.finding import Asked, carry_out
from smartreco.workspace.tuning.searches import Job, Searches
from smartreco.workspace.tuning.views import Objective, SearchState, Verdict
from smartreco.workspace.tuning.words import TEMPLATES, say
from smartreco.workspace.tuning.workshop import Workshop
from tests.conftest import Cast, opened_copy

OTHER = Recipe(
    Blend.of({name: {"content": 1.0, "peers": 1.0} for name in ListName}),
    None, 0.3, {ListName.DISCOVER: 0.4},
)  # fmt: skip
BEN = Principal("ben", "Ben", Role.ANALYST)


@pytest.fixture(scope="module")
def made(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace of this module's own whose benches are made."""
    workspace = opened_copy(small_store, tmp_path_factory.mktemp("tuning"))
    workspace.tuning.wait()
    yield workspace
    workspace.close()


def ended(workspace: Workspace, principal: Principal, job: int) -> SearchState:
    for _ in range(600):
        state = workspace.tuning.search_state(principal, job)
        if not state.running:
            return state
        time.sleep(0.05)
    raise AssertionError("the search did not end")


def test_the_first_question_starts_the_work_and_closing_ends_it(made: Workspace) -> None:
    workshop = Workshop(made.core, made.models)
    progress = workshop.readiness()
    assert progress is not None
    assert 0 <= progress.fraction < 1
    with pytest.raises(NotReadyError, match="bench"):
        workshop.held()
    workshop.close()
    assert "bench" not in {one.name for one in threading.enumerate()}


def test_what_is_still_to_be_made_waits_while_sliders_move_but_not_for_ever(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop, slept = Workshop(made.core, made.models), list[float]()
    clock = iter(range(1000, 2000))
    ticking = SimpleNamespace(monotonic=lambda: next(clock) / 2)
    monkeypatch.setattr(f"{Workshop.__module__}.time", ticking)
    monkeypatch.setattr(workshop._closing, "wait", slept.append)
    workshop._when_quiet()
    assert slept == []  # nobody is there
    workshop.used()
    workshop._when_quiet()
    assert 0 < sum(slept) <= 2
    monkeypatch.setattr(workshop, "_used_at", 5000.0)  # moves without an end
    workshop._when_quiet()
    assert 3 < len(slept) < 30


def test_every_half_life_is_made_in_the_end(made: Workspace, cast: Cast) -> None:
    assert made.tuning.readiness(cast.analyst) is None
    assert made.tuning.half_lives(cast.analyst) == (20.0, 60.0, 180.0, float("inf"))
    found = made.tuning.measure(cast.analyst, replace(OTHER, half_life=180.0))
    assert [one.list for one in found.lists] == [ListName.REORDER, ListName.DISCOVER]


def test_changes_are_counted_from_the_version_in_force(made: Workspace, cast: Cast) -> None:
    in_force = made.models.current.recipe
    still = made.tuning.measure(cast.analyst, in_force)
    assert all(gauge.change in (None, 0.0) for one in still.lists for gauge in one.gauges)
    moved = made.tuning.measure(cast.analyst, OTHER)
    assert any(gauge.change for one in moved.lists for gauge in one.gauges)
    assert moved == made.tuning.measure(cast.analyst, OTHER)


def test_published_rules_are_on_unless_they_are_left_out(made: Workspace, cast: Cast) -> None:
    category = next(iter(made.rules.choices(cast.analyst).categories))
    rule = made.rules.add(cast.analyst, RuleSpec("leave_out", "category", category))
    with_rules = made.tuning.measure(cast.analyst, OTHER)
    without = made.tuning.measure(cast.analyst, OTHER, rules=False)
    made.rules.remove(cast.analyst, rule)
    assert made.tuning.measure(cast.analyst, OTHER) == without
    assert with_rules.of(ListName.DISCOVER).gauges != without.of(ListName.DISCOVER).gauges
    assert {one.template for one in with_rules.notes} >= {"note.stock"}
    assert not without.notes


def test_lists_on_trial_are_those_served_and_those_of_the_recipe(
    made: Workspace, cast: Cast
) -> None:
    shops = [shop for shop, _ in made.tuning.suggested_shops(cast.analyst)]
    assert len(set(shops)) == 3
    words = Language()
    for name in (ListName.REORDER, ListName.DISCOVER):
        for one in made.tuning.compare_lists(cast.analyst, shops, OTHER, name):
            served = made.lists.recommend(cast.analyst, one.retailer_id, name)
            assert [line.product_id for line in one.before] == [x.product_id for x in served]
            before = {line.product_id for line in one.before}
            after = {line.product_id for line in one.after}
            assert {line.product_id for line in one.entered} == after - before
            assert {line.product_id for line in one.left} == before - after
            assert [line.rank for line in one.after] == list(range(1, len(one.after) + 1))
            for line in (*one.after, *one.left):
                assert (line.why is None) == (line.rank == line.rank_before)
                if line.why is not None:
                    assert say(line.why, words)


def test_the_same_recipe_moves_no_line(made: Workspace, cast: Cast) -> None:
    shops = [shop for shop, _ in made.tuning.suggested_shops(cast.analyst)]
    same = made.models.current.recipe
    for one in made.tuning.compare_lists(cast.analyst, shops, same, ListName.DISCOVER):
        assert one.before == one.after
        assert not one.entered
        assert not one.left
    with pytest.raises(NotFoundError):
        made.tuning.compare_lists(cast.analyst, ["no such shop"], same, ListName.DISCOVER)


def test_the_plane_holds_the_front_the_baselines_and_the_three_recipes(
    made: Workspace, cast: Cast
) -> None:
    for name in (ListName.REORDER, ListName.DISCOVER):
        points = made.tuning.plane(cast.analyst, name, OTHER)
        kinds = {one.kind for one in points}
        assert kinds >= {"current", "published", "learned", "baseline", "front"}
        front = [one for one in points if one.kind == "front"]
        assert all(one.recipe is not None for one in front)
        for one in front:
            assert not any(
                other.coverage > one.coverage and other.ndcg > one.ndcg
                for other in points
                if other.recipe is not None
            )


def test_a_search_ends_with_a_verdict_and_its_tries_on_the_plane(
    made: Workspace, cast: Cast
) -> None:
    job = made.tuning.search(cast.analyst, Objective.ACCURACY, 60.0, 30, OTHER)
    with pytest.raises(InputError, match="one search at a time"):
        made.tuning.search(cast.analyst, Objective.ACCURACY, 60.0, 30)
    state = ended(made, cast.analyst, job)
    found = state.found
    assert found is not None
    assert found.trials == 30
    assert not found.stopped
    assert found.verdict in Verdict
    assert say(found.sentence, Language())
    assert (found.recipe == OTHER) == (found.sentence.template == "found.nothing")
    assert found.held_out.recipe == found.inner.recipe == found.recipe
    tried = [
        one
        for one in made.tuning.plane(cast.analyst, ListName.DISCOVER, OTHER)
        if one.kind == "tried"
    ]
    assert len(tried) == 30


def test_a_search_is_stopped_and_read_by_who_started_it(made: Workspace, cast: Cast) -> None:
    job = made.tuning.search(BEN, Objective.COVERAGE, 60.0, 1000)
    for ask in (made.tuning.search_state, made.tuning.stop_search):
        with pytest.raises(NotAllowedError, match="who started it"):
            ask(cast.analyst, job)
        with pytest.raises(NotFoundError):
            ask(BEN, 999)
    made.tuning.stop_search(cast.admin, job)
    found = ended(made, BEN, job).found
    assert found is not None
    assert found.stopped
    assert found.trials < 1000


def test_a_search_out_of_range_or_without_data_is_refused(
    made: Workspace, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seconds, trials in ((0.0, 10), (1e6, 10), (10.0, 0), (10.0, 10_000)):
        with pytest.raises(InputError, match="a search takes"):
            made.tuning.search(cast.analyst, Objective.ACCURACY, seconds, trials)
    held = made.tuning._workshop.held()
    unknown = replace(held.goods, margin=np.full(len(held.goods.margin), np.nan))
    monkeypatch.setattr(held, "goods", unknown)
    with pytest.raises(NotEnoughDataError, match="unit cost"):
        made.tuning.search(cast.analyst, Objective.MARGIN, 10.0)


def test_the_held_out_check_says_where_the_version_in_force_has_seen_it(
    made: Workspace, cast: Cast
) -> None:
    learned = made.tuning.check(cast.analyst, Recipe(DEFAULT_BLEND))
    assert [one.template for one in learned.notes] == ["note.seen"]
    assert learned.of(ListName.REORDER).shops > 0
    assert learned != made.tuning.measure(cast.analyst, Recipe(DEFAULT_BLEND))


def test_data_too_short_for_an_inner_split_say_so(
    made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_day(core: Core, progress: Report) -> tuple[int, History, Catalogue]:
        version, history, catalogue = read_all(core, progress)
        few = history.purchases[history.purchases["day"] == history.as_of_day - 1]
        return version, replace(history, purchases=few), catalogue

    monkeypatch.setattr("smartreco.workspace.tuning.workshop.read_all", one_day)
    workshop = Workshop(made.core, made.models)
    workshop.readiness()
    workshop.join()
    with pytest.raises(NotEnoughDataError, match="before and after a cut"):
        workshop.readiness()


def test_without_a_model_there_is_nothing_to_measure_yet(tmp_path: Path, cast: Cast) -> None:
    settings = Settings(db=tmp_path / "few.duckdb", first_data="none", refit_after=None)
    workspace = Workspace.open(settings)
    with pytest.raises(NotReadyError):
        workspace.tuning.readiness(cast.analyst)
    workspace.close()


def test_closing_cancels_a_search_at_its_next_step(made: Workspace, cast: Cast) -> None:
    searches = Searches()
    held = made.tuning._workshop.held()
    asked = Asked(Objective.ACCURACY, 60.0, 100_000, OTHER)
    job = Job("ana", made.core.now())
    searches.start(job, lambda own: carry_out(own, held, asked))
    searches.close()
    assert not job.state.running
    assert job.state.found is None
    assert job.state.message == Sentence("search.closed")


def test_every_sentence_of_a_search_has_words() -> None:
    for template in TEMPLATES:
        values = {"component": "peers", "points": 3, "trials": 200}
        assert say(Sentence(template, values), Language())
