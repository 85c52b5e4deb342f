"""The page "Scoreboard": the answer, every tab, every state, and what leads from one to another."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages import running
from pages.analyst.scoreboard.page import VIEWS
from smartreco.entities import OPERATOR, ListName, Role
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scores import OURS
from smartreco.workspace import Workspace
from smartreco.workspace import evaluations as module
from smartreco.workspace.status import Report
from tests.pages.conftest import open_tab, words
from tests.workspace.judged_world import quickly, two_versions

ANALYST = Role.ANALYST
URL = "scoreboard"


@pytest.fixture(scope="module")
def judged(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Version 2 in force with a run in time and one at random and a curve; version 1 in time."""
    own = two_versions(small_store, tmp_path_factory.mktemp("judged"))
    with quickly():
        for version, split in ((2, Split.TIME), (2, Split.RANDOM), (1, Split.TIME)):
            own.evaluations.evaluate(OPERATOR, version=version, split=split)
        own.evaluations.measure_curve("ana", 10, 2, lambda fraction, doing: None)
        yield own
    own.close()


@pytest.fixture(autouse=True)
def _shown(judged: Workspace) -> Iterator[None]:
    running.use(judged)
    st.cache_data.clear()
    yield
    judged.scoreboard._jobs.join()
    running.use(None)


def shown(workspace: Workspace, **query: str) -> AppTest:
    at = open_tab(workspace, URL, ANALYST, **query)
    assert not at.exception
    return at


def seen(at: AppTest) -> str:
    """What a reader reads."""
    assert not at.exception
    return html.unescape(words(at))


def answer(at: AppTest) -> str:
    return str(at.title[0].value).replace("\\", "")


def charts(at: AppTest) -> int:
    return len(at.get("vega_lite_chart")) + len(at.get("arrow_vega_lite_chart"))


def test_the_answer_is_what_the_run_measured(judged: Workspace) -> None:
    at = shown(judged)
    scores = judged.scoreboard.standing(OPERATOR, 2).found.scoreboard.of(ListName.ALL)
    said = answer(at)
    assert f"lists of 10 hit {10 * scores.of(OURS).precision:.1f} times" in said
    assert "Own frequency" in said or "Popularity" in said
    assert f"NDCG {scores.of(OURS).ndcg:.3f} (95%:" in seen(at)
    assert "The data are still the same." in seen(at)
    low, high = scores.of(OURS).bands["recall"]
    assert f"95%: {low:.1%} to {high:.1%}" in seen(at)


@pytest.mark.parametrize("view", VIEWS)
def test_every_tab_is_drawn_from_its_address(judged: Workspace, view: str) -> None:
    at = shown(judged, view=view)
    assert at.button_group(key="address-view").value == view
    assert 'class="finding"' in seen(at)
    assert len(at.title) == 1


@pytest.mark.parametrize("name", ListName)
def test_every_list_has_an_answer_of_its_own(judged: Workspace, name: ListName) -> None:
    at = shown(judged, list=name.value)
    scores = judged.scoreboard.standing(OPERATOR, 2).found.scoreboard.of(name)
    assert f"hit {10 * scores.of(OURS).precision:.1f} times" in answer(at)


@pytest.mark.parametrize("by", ["segment", "region", "size", "age", "category"])
def test_every_kind_of_shop_is_a_table(judged: Workspace, by: str) -> None:
    at = shown(judged, view="shops", by=by)
    assert at.button_group(key="address-by").value == by
    assert "<table" in seen(at)


def test_the_split_at_random_says_that_it_leaks_and_why_it_differs(judged: Workspace) -> None:
    at = shown(judged, split="random")
    assert "This split leaks the future" in seen(at)
    both = seen(shown(judged, view="splits"))
    assert "The random split leaks the future" in both
    time, random = (
        judged.scoreboard.standing(OPERATOR, 2, split).found.scoreboard.of(ListName.ALL)
        for split in Split
    )
    by = random.of(OURS).ndcg - time.of(OURS).ndcg
    assert f"Random less time: ours {'+' if by > 0 else '−'}{abs(by):.3f}" in both


def test_two_versions_are_compared_shop_by_shop(judged: Workspace) -> None:
    at = shown(judged)
    at.selectbox(key="address-with").set_value("1").run()
    said = seen(at)
    assert "version 1" in said
    found = judged.scoreboard.against(OPERATOR, 1, 3).gains
    assert found is not None
    assert f"{found[0].better}, {found[0].worse} of {found[0].shops}" in said
    assert at.query_params["with"] in ("1", ["1"])


def test_a_version_not_in_force_says_so(judged: Workspace) -> None:
    assert "This version is not in force" in seen(shown(judged, version="1"))


def test_a_version_that_was_never_measured_offers_to(judged: Workspace) -> None:
    at = shown(judged, version="1", split="random", view="shops")
    assert answer(at) == "Not measured yet"
    assert [one.key for one in at.button if str(one.key).startswith("empty-")] == [
        "empty-scoreboard"
    ]
    assert "finding" not in seen(at)


def test_one_click_measures_in_the_background_and_shows_the_run(judged: Workspace) -> None:
    at = shown(judged, k="20")
    at.button(key="empty-scoreboard").click().run()
    judged.scoreboard._jobs.join()
    at = shown(judged, k="20")
    assert "lists of 20 hit" in answer(at)


class Held:
    """An evaluation that waits until the test lets it go."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, *_: object, progress: Report, **__: object) -> None:
        progress(0.4, "Fitting tifu_knn")
        self.begun.set()
        assert self.go_on.wait(20)
        progress(0.5, "Fitting up_cf")
        raise NotEnoughDataError("an evaluation needs more weeks", "two", "import more orders")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    one = Held()
    monkeypatch.setattr(module, "evaluate", one)
    yield one
    one.go_on.set()


def test_work_under_way_shows_how_far_it_is_and_can_be_stopped(
    judged: Workspace, held: Held
) -> None:
    at = shown(judged)
    at.button(key="score-measure").click().run()
    assert held.begun.wait(10)
    at.run()
    assert "Measuring version 2 by the split in time" in seen(at)
    assert not [one for one in at.button if one.key == "score-measure"]
    at.button(key="score-stop").click().run()
    held.go_on.set()
    judged.scoreboard._jobs.join()
    at = shown(judged)
    assert at.button(key="score-measure")
    assert "lists of 10 hit" in answer(at)  # the run of before stays


def test_work_that_failed_says_why(judged: Workspace, held: Held) -> None:
    held.go_on.set()
    at = shown(judged)
    at.button(key="score-measure").click().run()
    judged.scoreboard._jobs.join()
    assert "an evaluation needs more weeks" in seen(shown(judged))


def test_changed_data_are_said_and_the_button_stands_out(judged: Workspace) -> None:
    def moved(by: int) -> None:
        judged.store.write(
            lambda cursor: cursor.execute(
                "UPDATE dataset_info SET data_version = data_version + ?", [by]
            )
        )

    moved(1)
    try:
        at = shown(judged)
        assert "The data have changed since" in seen(at)
        assert at.button(key="score-measure").proto.type == "primary"
    finally:
        moved(-1)


def test_a_run_of_an_older_program_shows_what_it_has(judged: Workspace) -> None:
    with judged.store.cursor() as cursor:
        found = cursor.execute("SELECT result FROM evaluations WHERE number = 1").fetchone()
    assert found is not None
    plain = json.loads(found[0])
    plain["k"] = 7
    for one in plain["lists"]:
        for name in ("lengths", "exposure", "each"):
            del one[name]
        for model in (*one["models"], *one["segments"]):
            del model["bands"]
    judged.store.write(
        lambda cursor: cursor.execute(
            "INSERT INTO evaluations VALUES (900, TIMESTAMP '2026-01-01', 1, NULL, 'time', 7, "
            "'ana', 1.0, ?, 2)", [json.dumps(plain)],
        )
    )  # fmt: skip
    assert "lists of 7 hit" in answer(shown(judged, k="7"))
    for view in ("lengths", "exposure"):
        assert "before these curves were" in seen(shown(judged, k="7", view=view))
    assert "<table" in seen(shown(judged, k="7", view="shops"))
    assert "measured on other shops or orders" not in seen(shown(judged, k="7"))


@pytest.mark.parametrize(
    "query", [{"k": "x"}, {"version": "99"}, {"split": "?"}, {"list": "z"}, {"view": "none"}]
)
def test_an_address_that_says_nonsense_shows_the_scoreboard(
    judged: Workspace, query: dict[str, str]
) -> None:
    assert "lists of 10 hit" in answer(shown(judged, **query))
