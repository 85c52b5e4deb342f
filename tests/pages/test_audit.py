"""The page "Audit log": acts as sentences, found again by time, person, kind and words."""

from __future__ import annotations

import ast
from datetime import datetime, timedelta
from typing import Any

import pytest

from pages.admin.audit import choices, kinds, page, sentences
from pages.admin.audit.choices import Choice
from pages.context import Context
from smartreco.config import PROJECT
from smartreco.entities import OPERATOR, Role
from smartreco.language import Language
from smartreco.store import audit
from smartreco.store.audit import Entry
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from tests.conftest import Cast
from tests.pages.conftest import Tab, keys, seen

WORDS = Language("en_IN", "INR")
MOMENT = datetime(2026, 5, 12, 9, 30)
WRITERS = ("audit.Entry", "_note", "_record", "_audit", "_publish", "_put", "_log")


def write(workspace: Workspace, *entries: Entry) -> None:
    def work(cursor: Cursor) -> None:
        for entry in entries:
            audit.record(cursor, entry)

    workspace.store.write(work)


def ago(hours: float) -> datetime:
    return datetime.now() - timedelta(hours=hours + 1)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (("adi", "account added", "mira", {"role": "product_manager", "vendor_id": None}),
         "adi added the account mira (product manager)"),
        (("smartreco", "blend published", "blend version 3", {"why": "better on held-out orders"}),
         "The program put blend version 3 in force: better on held-out orders"),
        (("operator", "signed in", "operator", {}), "The operator at the machine signed in"),
        (("asha", "order.placed", "SR-000007", {"lines": 1200, "value": 3.5}),
         "asha placed order SR-000007 with 1,200 lines"),
        (("adi", "weather.was_changed", "Pune", {}), "adi: weather was changed (Pune)"),
        (("adi", "something new", "adi", {"who": "else"}), "adi: something new"),
        (("adi", "account added", "mira", {}), "adi: account added (mira)"),
        (("a{0}", "signed in", "{x.y}", {}), "a{0} signed in"),
        (("adi", "order.placed", "{lines}", {"lines": "{0.__class__}"}),
         "adi placed order {lines} with {0.__class__} lines"),
    ],
)  # fmt: skip
def test_an_entry_is_a_sentence_even_if_its_act_is_not_known(entry: Any, said: str) -> None:
    assert sentences.sentence(Entry(MOMENT, *entry), WORDS) == said


def test_details_are_names_and_values_that_can_be_read() -> None:
    detail = {"role": "admin", "unit_price": [9.5, 10], "reason": "", "was": {"on": True, "n": 2},
              "vendor_id": None, "weeks": []}  # fmt: skip
    told = dict(sentences.details(Entry(MOMENT, "adi", "changed", "it", detail), WORDS))
    assert told == {"role": "administrator", "unit price": "9.5 → 10", "reason": "–",
                    "was": "on yes, n 2", "weeks": "–"}  # fmt: skip


def acts_in_the_program() -> set[str]:
    """Acts that are written out where an entry is made or noted."""
    found = set()
    for path in (PROJECT / "smartreco").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in text for name in WRITERS):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).removeprefix("self.")
                if name in WRITERS:
                    found |= {str(one.value) for one in node.args if isinstance(one, ast.Constant)}
    return {one for one in found if " " in one or "." in one}  # others are kinds of events


def test_each_act_that_the_program_writes_has_a_sentence_and_a_kind() -> None:
    acts = acts_in_the_program()
    assert {"signed in", "rule added", "order.placed"} <= acts
    assert acts - sentences.TEMPLATES.keys() == set()
    assert {act for act in sentences.TEMPLATES if kinds.kind_of(act) == kinds.OTHER} == set()


def test_the_page_says_how_much_was_done_and_each_act_with_its_details(
    own_tab: Tab, workspace: Workspace
) -> None:
    write(workspace, Entry(ago(1), "adi", "account disabled", "<b>mira</b>", {"why": "has left"}))
    at = own_tab("audit", Role.ADMIN)
    text = seen(at)
    assert "adi disabled the account <b>mira</b>" in text
    assert "&lt;b&gt;mira" in "".join(str(one.value) for one in at.html)
    assert "has left" in text
    total = workspace.people.audit_trail(OPERATOR)[1]
    assert at.title[0].value == f"{total} acts in the last 7 days"


def test_filters_leave_what_they_name_and_can_be_taken_back(
    own_tab: Tab, workspace: Workspace
) -> None:
    write(
        workspace,
        Entry(ago(1), "adi", "account disabled", "mira"),
        Entry(ago(2), "adi", "rule added", "rule 7"),
        Entry(ago(24 * 20), "ana", "rule removed", "rule 6"),
    )
    at = own_tab("audit", Role.ADMIN)
    assert "rule 6" not in seen(at)
    at.selectbox(key="address-kind").set_value("rules").run()
    assert at.title[0].value == "1 act in the last 7 days fits"
    assert "adi published rule 7" in seen(at)
    at.selectbox(key="address-when").set_value("30").run()
    assert "ana took rule 6 off" in seen(at)
    at.selectbox(key="address-who").set_value("adi").run()
    assert "rule 6" not in seen(at)
    at.text_input(key="audit-search").set_value("nothing like it").run()
    assert at.title[0].value == "Nothing in the last 30 days fits"
    at.button(key="empty-audit").click().run()
    assert "mira" in seen(at)
    assert at.selectbox(key="address-when").value == "30"


def test_two_days_are_asked_for_whole(own_tab: Tab, workspace: Workspace) -> None:
    day = datetime(2026, 1, 5)
    for moment in (day - timedelta(seconds=1), day, day + timedelta(hours=23, minutes=59),
                   day + timedelta(days=1)):  # fmt: skip
        write(workspace, Entry(moment, "adi", "rule added", f"rule of {moment:%d %H:%M}"))
    at = own_tab("audit", Role.ADMIN)
    at.query_params.update({"when": "between", "from": "2026-01-05", "to": "2026-01-05"})
    at.run()
    text = seen(at)
    assert at.title[0].value == "2 acts between these days"
    assert "rule of 05 00:00" in text
    assert "rule of 05 23:59" in text
    at.query_params.update({"from": "no day", "to": "0001-01-01"})
    at.run()
    assert not at.exception


def test_many_lines_are_shown_a_page_at_a_time(own_tab: Tab, workspace: Workspace) -> None:
    start = ago(1)
    write(workspace, *(
        Entry(start - timedelta(seconds=n), "adi", "rule added", f"rule no{n:03}")
        for n in range(page.SHOWN + 5)
    ))  # fmt: skip
    at = own_tab("audit", Role.ADMIN)
    at.selectbox(key="address-kind").set_value("rules").run()
    assert "no049" in seen(at)
    assert "no050" not in seen(at)
    turn = page._page_key(Choice("7", {"action": ("rule added",)}))
    at.session_state[turn] = 2
    at.run()
    assert "no049" not in seen(at)
    assert "no054" in seen(at)
    at.selectbox(key="address-who").set_value("adi").run()
    assert "no000" in seen(at)  # another question begins at its first page


def test_nothing_done_is_said_plainly(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("audit", Role.ADMIN)
    at.query_params.update({"when": "between", "from": "2001-01-01", "to": "2001-01-02"})
    at.run()
    assert at.title[0].value == "Nothing was done between these days"
    assert "Choose a longer time" in seen(at)
    assert "audit-csv" not in keys(at)


def test_the_file_holds_every_line_that_fits(workspace: Workspace, cast: Cast) -> None:
    write(workspace, Entry(ago(1), "adi", "rule added", "=cmd()", {"note": "ü"}))
    ctx = Context(workspace, WORDS, lambda: cast.admin)
    frame = page.as_file(ctx, Choice("all", {"action": ("rule added",)}))
    assert list(frame.columns) == page.FILE
    assert frame["sentence"].tolist() == ["adi published =cmd() on shops’ lists"]
    assert frame["detail"].tolist() == ['{"note": "ü"}']


def test_the_clock_alone_does_not_turn_the_page_back() -> None:
    first = Choice("7", {"since": MOMENT, "search": "x"})
    later = Choice("7", {"since": MOMENT + timedelta(minutes=1), "search": "x"})
    assert first.mark == later.mark
    assert first.mark != Choice("7", {"since": MOMENT, "search": "y"}).mark
    assert choices.DAYS.keys() == choices.WORDS.keys() == page.TIMES.keys()
