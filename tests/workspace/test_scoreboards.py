"""The scoreboard's use cases: runs of versions, work in the background, what has changed since."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from smartreco.entities import OPERATOR, ListName
from smartreco.errors import InputError, NotEnoughDataError, NotFoundError
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scores import OURS
from smartreco.workspace import Workspace
from smartreco.workspace import evaluations as module
from smartreco.workspace.scoreboard.jobs import Kind
from smartreco.workspace.status import Report
from tests.conftest import Cast
from tests.workspace.judged_world import quickly, two_versions


@pytest.fixture(scope="module")
def tried(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Versions 1 and 2 (in force), each measured once in time with lists of 5."""
    own = two_versions(small_store, tmp_path_factory.mktemp("judged"))
    with quickly():
        for version in (1, 2):
            own.scoreboard.measure(OPERATOR, version, k=5)
            own.scoreboard._jobs.join()
        yield own
    own.close()


def test_a_run_in_the_background_is_kept_under_its_version(tried: Workspace, cast: Cast) -> None:
    standing = tried.scoreboard.standing(cast.analyst, None, k=5)
    assert (standing.choice.version, standing.choice.in_force) == (2, True)
    assert standing.found.blend_version == 2
    assert standing.found.scoreboard.recipe is not None
    assert standing.found == tried.scoreboard.standing(cast.admin, 2, k=5).found
    assert not standing.data_changed
    assert tried.scoreboard.standing(cast.analyst, None, k=10).run is None
    assert tried.scoreboard.standing(cast.analyst, None, Split.RANDOM, 5).run is None
    job = tried.scoreboard.job(cast.analyst)
    assert job is not None
    assert (job.running, job.number, job.fraction) == (False, 2, 1.0)


def test_what_a_fit_learned_is_judged_as_learned_from_what_came_before(
    tried: Workspace, cast: Cast
) -> None:
    """Its own weights have seen the weeks that are asked for."""
    learned = tried.scoreboard.standing(cast.analyst, 1, k=5).found
    assert learned.blend_version == 1
    assert learned.scoreboard.recipe is None


def test_a_run_of_no_version_counts_as_one_of_what_was_learned(
    workspace: Workspace, cast: Cast
) -> None:
    with quickly():
        done = workspace.evaluations.evaluate(cast.analyst, k=5)
    assert done.blend_version is None
    assert workspace.scoreboard.standing(cast.analyst, None, k=5).found == done
    assert [one.number for one in workspace.scoreboard.shelf(cast.analyst).runs] == [1]
    workspace.store.write(
        lambda cursor: cursor.execute("UPDATE dataset_info SET data_version = data_version + 1")
    )
    assert workspace.scoreboard.standing(cast.analyst, None, k=5).data_changed


def test_two_versions_are_held_against_each_other_shop_by_shop(
    tried: Workspace, cast: Cast
) -> None:
    found = tried.scoreboard.against(cast.analyst, 2, 1)
    assert (found.one.version, found.other.version) == (2, 1)
    assert found.gains is not None
    by = {(one.list, one.measure): one for one in found.gains}
    gain = by[ListName.DISCOVER, "ndcg"]
    boards = [tried.scoreboard.standing(cast.analyst, v, k=5).found.scoreboard for v in (2, 1)]
    two, one = (board.of(ListName.DISCOVER).of(OURS).ndcg for board in boards)
    assert gain.mean == pytest.approx(two - one, abs=2e-5)
    with pytest.raises(NotFoundError):
        tried.scoreboard.against(cast.analyst, 2, 99)


def test_files_hold_every_figure(tried: Workspace, cast: Cast) -> None:
    table = tried.scoreboard.table(cast.analyst, 2)
    board = tried.scoreboard.standing(cast.analyst, 2, k=5).found.scoreboard
    ours = table[(table["model"] == OURS) & (table["list"] == "all") & (table["by"] == "")]
    kept = ours.set_index("measure")["value"]
    assert kept["ndcg"] == board.of(ListName.ALL).of(OURS).ndcg
    known = table.dropna(subset=["low", "value"])
    known = known[known["by"] != "less"]
    assert (known["low"] <= known["value"] + 1e-9).all()
    assert np.isin(["length", "segment", "category", "vendor", "less"], table["by"]).all()
    plain = json.loads(json.dumps(tried.scoreboard.document(cast.analyst, 2)))
    assert (plain["blend_version"], plain["split"]) == (2, "time")
    with pytest.raises(NotFoundError):
        tried.scoreboard.document(cast.analyst, 99)


def test_a_learning_curve_is_made_and_kept(tried: Workspace, cast: Cast) -> None:
    assert tried.scoreboard.curve(cast.analyst, 2, 5) is None
    tried.scoreboard.measure_curve(cast.analyst, 2, 5)
    tried.scoreboard._jobs.join()
    kept = tried.scoreboard.curve(cast.analyst, 2, 5)
    assert kept is not None
    assert (kept.blend_version, kept.username, kept.curve.k) == (2, cast.analyst.username, 5)
    table = tried.scoreboard.curve_table(cast.analyst, kept.number)
    assert len(table) == len(kept.curve.points)
    assert tried.scoreboard.curve(cast.analyst, 1, 5) is None


class Slow:
    """An evaluation that goes on until it is told to end, reporting as it goes."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, *_: object, progress: Report, **__: object) -> None:
        progress(0.5, "Fitting")
        self.begun.set()
        assert self.go_on.wait(10)
        progress(0.6, "Still fitting")
        raise NotEnoughDataError("no orders", "none", "import some")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    one = Slow()
    monkeypatch.setattr(module, "evaluate", one)
    return one


def test_a_run_that_is_stopped_keeps_nothing(tried: Workspace, cast: Cast, slow: Slow) -> None:
    before = tried.scoreboard.shelf(cast.analyst).runs
    tried.scoreboard.measure(cast.analyst, 2, k=7)
    assert slow.begun.wait(10)
    job = tried.scoreboard.job(cast.admin)
    assert job is not None
    assert (job.running, job.doing, job.question.k) == (True, "Fitting", 7)
    assert job.question.kind is Kind.EVALUATION
    assert tried.scoreboard.measure(cast.admin, 2, k=7).username == cast.analyst.username
    with pytest.raises(InputError, match="one measurement runs at a time"):
        tried.scoreboard.measure(cast.analyst, 1, k=7)
    tried.scoreboard.stop(cast.analyst)
    slow.go_on.set()
    tried.scoreboard._jobs.join()
    job = tried.scoreboard.job(cast.analyst)
    assert job is not None
    assert (job.running, job.stopped, job.number, job.problem) == (False, True, None, None)
    assert tried.scoreboard.shelf(cast.analyst).runs == before


def test_a_run_that_fails_says_why(tried: Workspace, cast: Cast, slow: Slow) -> None:
    slow.go_on.set()
    tried.scoreboard.measure(cast.analyst, 2, k=7)
    tried.scoreboard._jobs.join()
    job = tried.scoreboard.job(cast.analyst)
    assert job is not None
    assert job.problem is not None
    assert job.problem.rule == "no orders"


def test_what_cannot_be_judged_is_refused_before_it_waits(tried: Workspace, cast: Cast) -> None:
    with pytest.raises(NotFoundError, match="no version 9"):
        tried.scoreboard.measure(cast.analyst, 9)
    with pytest.raises(InputError, match="between 1 and 500"):
        tried.scoreboard.measure(cast.analyst, 2, k=0)
    with pytest.raises(NotFoundError):
        tried.scoreboard.standing(cast.analyst, 9)


def test_an_altered_version_is_never_judged(workspace: Workspace, cast: Cast) -> None:
    workspace.store.write(
        lambda cursor: cursor.execute("UPDATE blends SET seal = 'x' WHERE version = 1")
    )
    with pytest.raises(InputError, match="altered"):
        workspace.evaluations.evaluate(cast.analyst, version=1)


def test_response_times_count_what_was_asked_for_just_now(tried: Workspace, cast: Cast) -> None:
    found = {one.name: one for one in tried.scoreboard.response(cast.analyst, days=1)}
    assert found["standing"].calls >= 1
    assert found["standing"].p50 <= found["standing"].p95 <= found["standing"].p99
    assert set(found) <= {one.name for one in tried.scoreboard.response(cast.analyst)}
