"""What everybody does with the own account."""

from __future__ import annotations

import pytest

from smartreco.accounts.lockout import LockedOutError
from smartreco.accounts.password_rules import WeakPasswordError
from smartreco.accounts.sessions import digest
from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotFoundError, SignInError
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core
from tests.accounts.conftest import PASSWORD, Clock, join, rows

CHOSEN = "violet-harbor-comet-17"
CHROME = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/126.0.0.0 Safari/537.36")  # fmt: skip


@pytest.fixture
def ana(people: People) -> Principal:
    return join(people, "ana")


def test_a_changed_password_ends_every_session_and_renews_the_one_that_asks(
    people: People, ana: Principal
) -> None:
    here, there = (people.open_session(ana, CHROME).session_id for _ in range(2))
    opened = people.change_password(ana, PASSWORD, CHOSEN, here)
    assert opened is not None
    assert [people.principal_of_session(one) for one in (here, there)] == [None, None]
    token = people.redeem(opened.ticket)
    assert token is not None
    assert digest(token) == opened.session_id
    assert people.principal_of_session(digest(token)) == ana
    (view,) = people.own_sessions(ana, opened.session_id)
    assert (view.here, view.device) == (True, "Chrome on Windows")
    with pytest.raises(SignInError):
        people.sign_in("ana", PASSWORD)
    assert people.sign_in("ana", CHOSEN) == ana


@pytest.mark.parametrize("held", ["none", "a guess", "another's", "one that has ended"])
def test_a_changed_password_opens_a_session_only_in_place_of_an_open_one(
    people: People, ana: Principal, held: str
) -> None:
    theirs = people.open_session(join(people, "bo")).session_id
    ended = people.open_session(ana).session_id
    people.sign_out(ended)
    given = {"none": None, "a guess": "guess", "another's": theirs, "one that has ended": ended}
    assert people.change_password(ana, PASSWORD, CHOSEN, given[held]) is None
    assert people.own_sessions(ana) == ()
    assert people.principal_of_session(theirs) is not None


def test_a_refused_change_leaves_the_session_as_it_is(people: People, ana: Principal) -> None:
    here = people.open_session(ana).session_id
    with pytest.raises(SignInError):
        people.change_password(ana, "guess", CHOSEN, here)
    assert people.principal_of_session(here) == ana


def test_sessions_that_were_idle_too_long_are_not_counted_as_ended(
    people: People, ana: Principal, clock: Clock
) -> None:
    people.open_session(ana)
    clock.forward(hours=72)
    here, _ = (people.open_session(ana).session_id for _ in range(2))
    people.change_password(ana, PASSWORD, CHOSEN, here)
    (entry,), _ = people.audit_trail(OPERATOR, action="password changed")
    assert dict(entry.detail) == {"sessions ended": 1}


def test_the_current_password_is_needed_and_guessing_it_locks_the_name(
    people: People, ana: Principal
) -> None:
    left = []
    for _ in range(5):
        with pytest.raises(SignInError, match="current password") as caught:
            people.change_password(ana, "guess", CHOSEN)
        left.append(caught.value.tries_left)
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(LockedOutError):
        people.change_password(ana, PASSWORD, CHOSEN)
    with pytest.raises(LockedOutError):
        people.sign_in("ana", PASSWORD)


@pytest.mark.parametrize("new", ["short", "password123", "ana-likes-cherries", PASSWORD])
def test_a_weak_or_the_same_password_changes_nothing(
    people: People, ana: Principal, new: str
) -> None:
    with pytest.raises(WeakPasswordError):
        people.change_password(ana, PASSWORD, new)
    assert people.sign_in("ana", PASSWORD) == ana


def test_a_change_and_a_failed_one_are_in_the_audit_log_without_passwords(
    people: People, ana: Principal
) -> None:
    with pytest.raises(SignInError):
        people.change_password(ana, "guess-guess", CHOSEN)
    people.change_password(ana, PASSWORD, CHOSEN)
    entries, _ = people.audit_trail(OPERATOR, username="ana")
    acts = {entry.action for entry in entries}
    assert {"password change failed", "password changed"} <= acts
    assert not any(secret in str(entries) for secret in ("guess-guess", PASSWORD, CHOSEN))


def test_sessions_are_listed_with_their_device_and_the_one_that_asks_first(
    people: People, ana: Principal, clock: Clock
) -> None:
    here = people.open_session(ana, CHROME).session_id
    clock.forward(hours=1)
    people.open_session(ana)
    first, second = people.own_sessions(ana, here)
    assert (first.session_id, first.here, first.device) == (here, True, "Chrome on Windows")
    assert (second.here, second.device) == (False, "")
    assert (first.ends_at - first.began_at).days == 14


def test_only_good_sessions_of_ones_own_are_listed(
    people: People, ana: Principal, clock: Clock
) -> None:
    join(people, "bo")
    people.open_session(people.sign_in("bo", PASSWORD))
    people.sign_out(people.open_session(ana).session_id)
    people.open_session(ana)
    clock.forward(hours=72)
    kept = people.open_session(ana).session_id
    assert [view.session_id for view in people.own_sessions(ana)] == [kept]


def test_one_session_is_ended_and_the_others_stay(people: People, ana: Principal) -> None:
    here, there = (people.open_session(ana).session_id for _ in range(2))
    people.end_session(ana, there)
    assert people.principal_of_session(there) is None
    assert people.principal_of_session(here) == ana
    with pytest.raises(NotFoundError):
        people.end_session(ana, there)


def test_nobody_ends_anothers_session_or_learns_whether_it_is_there(
    people: People, ana: Principal
) -> None:
    theirs = people.open_session(join(people, "bo")).session_id
    words = set()
    for session_id in (theirs, "made up"):
        with pytest.raises(NotFoundError) as caught:
            people.end_session(ana, session_id)
        words.add(str(caught.value))
    assert len(words) == 1
    assert people.principal_of_session(theirs) is not None


def test_signing_out_everywhere_spares_the_one_that_asks_if_told(
    people: People, ana: Principal
) -> None:
    here, *others = [people.open_session(ana).session_id for _ in range(3)]
    bo = people.open_session(join(people, "bo")).session_id
    assert people.sign_out_everywhere(ana, here) == 2
    assert [people.principal_of_session(one) for one in others] == [None, None]
    assert people.principal_of_session(here) == ana
    assert people.sign_out_everywhere(ana) == 1
    assert people.principal_of_session(here) is None
    assert people.principal_of_session(bo) is not None


def test_a_session_that_nobody_uses_ends_after_three_days(
    people: People, ana: Principal, clock: Clock
) -> None:
    session = people.open_session(ana).session_id
    clock.forward(hours=71)
    assert people.principal_of_session(session) == ana
    clock.forward(hours=71)
    assert people.principal_of_session(session) == ana
    clock.forward(hours=72)
    assert people.principal_of_session(session) is None


def test_use_is_written_once_a_minute_and_not_with_every_click(
    people: People, ana: Principal, clock: Clock, core: Core
) -> None:
    session = people.open_session(ana).session_id
    began = clock.now

    def kept() -> object:
        people._seen.flush()
        return rows(core, "SELECT last_seen_at FROM sessions")[0][0]

    clock.forward(seconds=59)
    people.principal_of_session(session)
    assert kept() == began
    clock.forward(seconds=1)
    people.principal_of_session(session)
    assert kept() == clock.now


def test_a_demo_account_is_everybodys_so_nobody_touches_it(people: People) -> None:
    password = people.ensure_demo_accounts("r1", "v1")
    who = people.sign_in("analyst", password)
    here, there = (people.open_session(who).session_id for _ in range(2))
    assert [view.session_id for view in people.own_sessions(who, here)] == [here]
    for act in (
        lambda: people.change_password(who, password, CHOSEN, here),
        lambda: people.end_session(who, there),
        lambda: people.sign_out_everywhere(who, here),
    ):
        with pytest.raises(InputError, match="shared"):
            act()
    assert people.principal_of_session(there) == who


def test_a_demo_account_that_outlives_the_demo_comes_back_without_its_known_password(
    people: People,
) -> None:
    password = people.ensure_demo_accounts("r1", "v1")
    people.data_changed(False, None, None)
    people.enable_account(OPERATOR, "admin")
    with pytest.raises(SignInError):
        people.sign_in("admin", password)
    view = people.account(OPERATOR, "admin")
    assert (view.demo, view.invited, view.disabled) == (False, True, False)
    link = people.reset_account(OPERATOR, "admin")
    assert people.use_reset(link.token, CHOSEN).role is Role.ADMIN


def test_an_account_that_must_choose_a_password_still_sees_and_ends_its_sessions(
    people: People,
) -> None:
    people.add_account(OPERATOR, "ana", Role.ANALYST, password=PASSWORD)
    who = people.sign_in("ana", PASSWORD)
    session = people.open_session(who).session_id
    holder = people.principal_of_session(session)
    assert holder is not None
    assert holder.must_change
    assert len(people.own_sessions(holder, session)) == 1
    assert people.sign_out_everywhere(holder) == 1
