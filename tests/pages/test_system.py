"""The admin's page about the program itself: all is well or not, and what that rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pages.admin.system import errors, words
from smartreco import logs
from smartreco.entities import OPERATOR, Role
from smartreco.language import Language
from smartreco.logs import LogLine
from smartreco.workspace import Workspace
from smartreco.workspace.core import Core
from tests.conftest import Cast
from tests.pages.conftest import Tab, seen

VIEWS = ("now", "times", "errors", "tables", "program")
MOMENT = datetime(2030, 5, 1, 12)


def line(message: str, level: str = "ERROR", reference: str | None = None) -> LogLine:
    return LogLine(Core.now(), level, "smartreco.pages", message, reference)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests wrote is not this page's."""
    monkeypatch.setattr(logs, "recent", lambda: ())


def test_figures_on_the_page_are_the_stores(
    tab: Tab, shared_workspace: Workspace, cast: Cast
) -> None:
    text = seen(tab("system", Role.ADMIN))
    overview = shared_workspace.system.overview(cast.admin)
    assert overview.info is not None
    assert overview.last_import is not None
    shown = Language(overview.info.locale)
    batch = overview.last_import
    assert f'<p class="number">{shown.number(overview.info.lines)}</p>' in text
    assert f"{shown.number(batch.read)} rows read" in text
    assert batch.kept + batch.fixed + batch.quarantined == batch.read
    assert "knows the newest data" in text


def test_nothing_urgent_is_all_well_and_notes_say_what_to_do(tab: Tab) -> None:
    at = tab("system", Role.ADMIN)
    assert at.title[0].value == "All is well"
    assert "Demo accounts can sign in" in seen(at)
    assert "No backup can be made" in seen(at)


def test_an_error_needs_attention_and_is_found_by_its_reference(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (line("the sky fell <b>", reference="ab12cd34"), line("a cloud", "WARNING"))
    monkeypatch.setattr(logs, "recent", lambda: told)
    at = tab("system", Role.ADMIN)
    assert at.title[0].value == "1 thing needs attention"
    assert "1 error in the last 24 hours" in seen(at)
    at.query_params["view"] = "errors"
    at.run()
    assert "the sky fell &lt;b&gt;" in "".join(str(one.value) for one in at.html)
    assert "a cloud" in seen(at)
    at.text_input(key="error-search").set_value("AB12cd34").run()
    assert "a cloud" not in seen(at)
    assert "the sky fell" in seen(at)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_drawn(tab: Tab, view: str) -> None:
    at = tab("system", Role.ADMIN)
    at.query_params["view"] = view
    at.run()
    text = seen(at)
    told = {"now": "Browsers signed in", "times": "95 of 100", "errors": "Nothing went wrong",
            "tables": "order_lines", "program": "Streamlit"}  # fmt: skip
    assert told[view].lower() in text.lower()


def test_times_are_of_the_use_cases_that_were_asked_for(
    own_tab: Tab, workspace: Workspace, cast: Cast
) -> None:
    shop = str(cast.retailer.retailer_id)
    for _ in range(3):
        workspace.lists.for_you(cast.retailer, shop)
    at = own_tab("system", Role.ADMIN)
    at.query_params["view"] = "times"
    at.run()
    assert "for you" in seen(at)
    assert [button for button in at.get("download_button") if "CSV" in button.proto.label]


def test_a_use_case_that_failed_is_named_and_a_refusal_is_not(
    own_tab: Tab, workspace: Workspace
) -> None:
    workspace.core.requests.note(Core.now(), "asha", "for_you", 3.0, "NotAllowedError")
    assert own_tab("system", Role.ADMIN).title[0].value == "All is well"
    workspace.core.requests.note(Core.now(), "asha", "place_it", 3.0, "KeyError")
    at = own_tab("system", Role.ADMIN)
    assert "1 call failed in the last 24 hours: “place it”" in seen(at)
    at.query_params["view"] = "errors"
    at.run()
    assert "KeyError" in seen(at)
    assert "NotAllowedError" not in seen(at)


def test_a_backup_is_made_by_one_click_and_listed(
    own_tab: Tab, workspace: Workspace, tmp_path: Path
) -> None:
    settings = replace(workspace.settings, backup_dir=tmp_path / "store" / "backups")
    # the folder that SQL may write to is fixed when a store is opened: take a store of its own
    workspace.close()
    again = Workspace.open(settings)
    again.prepare()
    from pages import running

    running.use(again)
    try:
        at = own_tab_of(again)
        assert "There is no backup yet" in seen(at)
        at.button(key="backup-now").click().run()
        text = seen(at)
        (made,) = again.keeping.backups(OPERATOR)
        assert made.name in text
        assert "There is no backup yet" not in text
    finally:
        running.use(None)
        again.close()


def own_tab_of(workspace: Workspace):  # type: ignore[no-untyped-def]
    from tests.pages.conftest import open_tab

    return open_tab(workspace, "system", Role.ADMIN)


def test_words_are_found_whatever_their_case() -> None:
    lines = [line("Boom in the Night", reference="x1"), line("calm")]
    assert errors.fitting(lines, "night X1") == lines[:1]
    assert errors.fitting(lines, "") == lines
    assert errors.fitting(lines, "night calm") == []


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 KB"), (512_000, "512 KB"), (1_400_000, "1.4 MB"), (3e9, "3.0 GB")]
)
def test_sizes_are_short(count: float, said: str) -> None:
    assert words.size(count, Language("en_US")) == said


def test_no_table_of_the_store_is_left_out(shared_workspace: Workspace, cast: Cast) -> None:
    found = {one.name: one for one in shared_workspace.system.tables(cast.admin)}
    with shared_workspace.store.cursor() as cursor:
        lines = cursor.execute("SELECT count(*) FROM order_lines").fetchone()
    assert {"accounts", "audit_log", "order_lines", "schema_migrations"} <= found.keys()
    assert lines is not None
    assert found["order_lines"].rows == lines[0]
    assert found["order_lines"].bytes > 0


def test_versions_name_the_schema_that_the_files_end_with(
    shared_workspace: Workspace, cast: Cast
) -> None:
    overview = shared_workspace.system.overview(cast.admin)
    folder = Path(logs.__file__).parent / "store" / "schema"
    assert overview.schema == max(int(path.name[:3]) for path in folder.glob("[0-9]*.sql"))
    assert overview.packages["duckdb"]
    assert overview.started_at < Core.now() + timedelta(seconds=1)
    assert overview.sessions >= overview.people
