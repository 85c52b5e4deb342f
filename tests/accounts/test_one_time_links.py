"""Links by which an account's owner chooses its password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from smartreco.entities import OPERATOR, Role
from smartreco.errors import InputError, NotAllowedError, SignInError
from smartreco.workspace.accounts.people import People
from smartreco.workspace.accounts.views import OneTimeLink
from smartreco.workspace.core import Core
from tests.accounts.conftest import PASSWORD, Clock, join, rows

CHOSEN = "violet-harbor-comet-17"


def invite(people: People) -> OneTimeLink:
    link = people.add_account(OPERATOR, "ana", Role.ANALYST, name="Ana")
    assert link is not None
    return link


def test_an_invitation_lets_its_reader_choose_a_password_once(people: People) -> None:
    link = invite(people)
    assert link.path == f"/?reset={link.token}"
    assert people.username_of_reset(link.token) == "ana"
    who = people.use_reset(link.token, CHOSEN)
    assert (who.username, who.must_change) == ("ana", False)
    assert people.sign_in("ana", CHOSEN) == who
    assert not people.reset_is_open(link.token)
    with pytest.raises(NotAllowedError):
        people.use_reset(link.token, PASSWORD)


@pytest.mark.parametrize("password", ["", "x", PASSWORD])
def test_nobody_signs_in_before_the_link_is_used(people: People, password: str) -> None:
    invite(people)
    with pytest.raises(SignInError):
        people.sign_in("ana", password)


def test_a_link_is_good_for_a_day(people: People, clock: Clock) -> None:
    link = invite(people)
    clock.forward(hours=24, seconds=-1)
    assert people.reset_is_open(link.token)
    clock.forward(seconds=1)
    assert not people.reset_is_open(link.token)
    with pytest.raises(NotAllowedError):
        people.use_reset(link.token, CHOSEN)


def test_a_reset_ends_the_old_password_and_its_sessions_at_once(people: People) -> None:
    session = people.open_session(join(people, "ana")).session_id
    link = people.reset_account(OPERATOR, "ana")
    assert people.principal_of_session(session) is None
    with pytest.raises(SignInError):
        people.sign_in("ana", PASSWORD)
    assert people.account(OPERATOR, "ana").invited
    people.use_reset(link.token, CHOSEN)
    assert people.sign_in("ana", CHOSEN).username == "ana"


def test_a_new_link_voids_the_one_before_and_nobody_elses(people: People) -> None:
    first = invite(people)
    other = people.add_account(OPERATOR, "bo", Role.ANALYST)
    second = people.reset_account(OPERATOR, "ana")
    assert not people.reset_is_open(first.token)
    assert people.reset_is_open(second.token)
    assert other is not None
    assert people.reset_is_open(other.token)


def test_a_disabled_account_has_no_link(people: People) -> None:
    link = invite(people)
    people.disable_account(OPERATOR, "ana")
    assert not people.reset_is_open(link.token)
    with pytest.raises(InputError, match="disabled"):
        people.reset_account(OPERATOR, "ana")
    people.enable_account(OPERATOR, "ana")
    assert not people.reset_is_open(link.token)


def test_changing_the_password_oneself_voids_a_link(people: People) -> None:
    link = people.reset_account(OPERATOR, join(people, "ana").username)
    who = people.use_reset(link.token, CHOSEN)
    people.reset_account(OPERATOR, "ana")
    with pytest.raises(SignInError):
        people.change_password(who, CHOSEN, PASSWORD, None)


def test_a_weak_password_does_not_use_the_link_up(people: People) -> None:
    link = invite(people)
    with pytest.raises(InputError):
        people.use_reset(link.token, "password123")
    assert people.reset_is_open(link.token)


def test_a_link_lifts_the_lock_of_its_name(people: People) -> None:
    link = invite(people)
    for _ in range(5):
        with pytest.raises(SignInError):
            people.sign_in("ana", "guess")
    people.use_reset(link.token, CHOSEN)
    assert people.sign_in("ana", CHOSEN).username == "ana"


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\0", "x" * 10_000])
def test_a_guess_opens_nothing(people: People, token: str) -> None:
    invite(people)
    assert not people.reset_is_open(token)
    with pytest.raises(NotAllowedError):
        people.use_reset(token, CHOSEN)


def test_a_link_used_from_many_places_at_once_works_once(people: People) -> None:
    link = invite(people)

    def use(n: int) -> bool:
        try:
            people.use_reset(link.token, f"{CHOSEN}-{n}")
        except NotAllowedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 1


def test_the_token_is_nowhere_but_in_the_link(people: People, core: Core) -> None:
    link = invite(people)
    tables = ("reset_tokens", "audit_log", "accounts", "settings")
    kept = "".join(str(rows(core, f"FROM {table}")) for table in tables)
    assert link.token not in kept
    assert link.token not in repr(link)
    people.use_reset(link.token, CHOSEN)
    assert rows(core, "FROM reset_tokens") == []
    assert CHOSEN not in "".join(str(rows(core, f"FROM {table}")) for table in tables)
