"""The audit log is read by time, person, kind of act and words, a stretch at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from smartreco.entities import Role
from smartreco.errors import InputError
from smartreco.store import audit
from smartreco.store.audit import Entry
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from tests.conftest import Cast

NOON = datetime(2030, 5, 1, 12)
LINES = (
    Entry(NOON, "adi", "account added", "mira", {"role": "analyst"}),
    Entry(NOON + timedelta(hours=1), "adi", "account disabled", "mira"),
    Entry(NOON + timedelta(hours=2), "mira", "signed in", "mira"),
    Entry(NOON + timedelta(days=1), "ana", "rule added", "rule 7", {"note": "50% off, 'calmer'"}),
)


@pytest.fixture
def told(workspace: Workspace) -> Workspace:
    """A store whose newest lines are known."""

    def work(cursor: Cursor) -> None:
        for line in LINES:
            audit.record(cursor, line)

    workspace.store.write(work)
    return workspace


def test_all_lines_come_newest_first_and_are_counted(told: Workspace, cast: Cast) -> None:
    found, total = told.people.audit_trail(cast.admin, since=NOON)
    assert found == LINES[::-1]
    assert total == 4
    whole, everything = told.people.audit_trail(cast.admin, limit=1)
    assert whole == LINES[:-2:-1]
    assert everything > total


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ({"username": "adi"}, (1, 0)),
        ({"action": "account added"}, (0,)),
        ({"action": ("account added", "signed in")}, (2, 0)),
        ({"action": ()}, (3, 2, 1, 0)),
        ({"search": "MIRA account"}, (1, 0)),
        ({"search": "analyst"}, (0,)),
        ({"search": "50% off"}, (3,)),
        ({"search": "5_%"}, ()),
        ({"search": "'calmer'"}, (3,)),
        ({"search": "   "}, (3, 2, 1, 0)),
        ({"until": NOON + timedelta(hours=2)}, (1, 0)),
        ({"username": "mira", "search": "account"}, ()),
    ],
)
def test_each_filter_leaves_what_it_names(
    told: Workspace, cast: Cast, asked: dict[str, object], lines: tuple[int, ...]
) -> None:
    found, total = told.people.audit_trail(cast.admin, **{"since": NOON, **asked})  # type: ignore[arg-type]
    assert found == tuple(LINES[at] for at in lines)
    assert total == len(lines)


def test_stretches_follow_one_another_without_gap_or_repeat(told: Workspace, cast: Cast) -> None:
    pages = [
        told.people.audit_trail(cast.admin, since=NOON, limit=3, offset=at)[0] for at in (0, 3, 6)
    ]
    assert [line for page in pages for line in page] == list(LINES[::-1])
    assert pages[2] == ()


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 10**9}, {"offset": -1}])
def test_a_stretch_that_cannot_be_is_refused(
    shared_workspace: Workspace, cast: Cast, asked: dict[str, int]
) -> None:
    with pytest.raises(InputError, match="an answer has"):
        shared_workspace.people.audit_trail(cast.admin, **asked)  # type: ignore[arg-type]


def test_what_can_be_filtered_by_is_what_the_log_holds(told: Workspace, cast: Cast) -> None:
    names = told.people.audit_names(cast.admin)
    assert {"adi", "mira", "ana"} <= set(names.people)
    assert {"account added", "rule added"} <= set(names.actions)
    assert list(names.actions) == sorted(set(names.actions))


def test_shops_and_vendors_are_found_by_words_of_their_names(
    shared_workspace: Workspace, cast: Cast
) -> None:
    people = shared_workspace.people
    shops, total = people.bindable(cast.admin, Role.RETAILER, limit=5)
    assert total == 40
    assert len(shops) == 5
    wanted = shops[3]
    found, count = people.bindable(cast.admin, Role.RETAILER, wanted.name.upper())
    assert wanted in found
    assert count < total
    by_id, _ = people.bindable(cast.admin, Role.RETAILER, f"{wanted.id} {wanted.place}")
    assert by_id == (wanted,)
    assert people.bindable(cast.admin, Role.VENDOR, "no such vendor")[0] == ()
    ids = [wanted.id, "gone"]
    assert people.bound_to(cast.admin, Role.RETAILER, ids) == {wanted.id: wanted}


def test_an_analysts_account_is_bound_to_nothing(shared_workspace: Workspace, cast: Cast) -> None:
    with pytest.raises(InputError, match="retailers and vendors"):
        shared_workspace.people.bindable(cast.admin, Role.ANALYST)
