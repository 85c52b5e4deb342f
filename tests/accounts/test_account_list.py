"""Accounts as an admin looks through them."""

from __future__ import annotations

import pytest

from smartreco.entities import OPERATOR, Role
from smartreco.errors import InputError, SignInError
from smartreco.workspace.accounts.people import People
from smartreco.workspace.accounts.views import AccountState
from tests.accounts.conftest import Clock, join


@pytest.fixture(autouse=True)
def _everybody(people: People) -> None:
    join(people, "ana")
    join(people, "omar", Role.RETAILER, retailer_id="r2", name="Omar & Sons")
    join(people, "shut")
    people.disable_account(OPERATOR, "shut")
    join(people, "tried")
    people.add_account(OPERATOR, "new", Role.ADMIN, password="violet-harbor-comet-17")
    people.add_account(OPERATOR, "waiting", Role.ANALYST)
    for _ in range(5):
        with pytest.raises(SignInError):
            people.sign_in("tried", "wrong")


def names(people: People, **wanted: object) -> list[str]:
    found, total = people.accounts(OPERATOR, **wanted)  # type: ignore[arg-type]
    assert total == len(found)
    return [one.username for one in found]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AccountState.OPEN, ["ana", "omar"]),
        (AccountState.DISABLED, ["shut"]),
        (AccountState.LOCKED, ["tried"]),
        (AccountState.MUST_CHANGE, ["new"]),
        ("invited", ["waiting"]),
        (None, ["ana", "new", "omar", "shut", "tried", "waiting"]),
    ],
)
def test_accounts_are_found_by_state(
    people: People, state: AccountState | str | None, expected: list[str]
) -> None:
    assert names(people, state=state) == expected


@pytest.mark.parametrize("search", ["OMA", "sons", "r2", "omar & r2"])
def test_accounts_are_found_by_words(people: People, search: str) -> None:
    assert names(people, search=search) == ["omar"]


def test_what_looks_like_a_pattern_is_only_words(people: People) -> None:
    assert names(people, search="%") == names(people, search="' OR 1=1") == []


def test_accounts_are_found_by_role_and_come_in_pages(people: People) -> None:
    assert names(people, role=Role.ADMIN) == ["new"]
    found, total = people.accounts(OPERATOR, limit=2, offset=2)
    assert ([one.username for one in found], total) == (["omar", "shut"], 6)


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 501}, {"offset": -1}, {"state": "x"}])
def test_what_cannot_be_asked_is_refused(people: People, wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        people.accounts(OPERATOR, **wrong)  # type: ignore[arg-type]


def test_an_account_tells_its_sessions_and_when_it_was_used_but_no_hash(
    people: People, clock: Clock
) -> None:
    session = people.open_session(people.sign_in("ana", "amber-kettle-river-42")).session_id
    people.open_session(people.sign_in("ana", "amber-kettle-river-42"))
    view = people.account(OPERATOR, "Ana ")
    assert (view.sessions, view.last_signed_in_at) == (2, clock.now)
    assert "$2b$" not in str(view)
    people.sign_out(session)
    assert people.account(OPERATOR, "ana").sessions == 1
    clock.forward(hours=73)
    assert people.account(OPERATOR, "ana").sessions == 0
    assert people.account(OPERATOR, "waiting").invited
