"""Signing in, staying signed in, and being signed out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import bcrypt
import pytest

from smartreco.accounts import passwords
from smartreco.accounts.lockout import LockedOutError
from smartreco.accounts.sessions import digest
from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import SignInError
from smartreco.workspace.core import Core
from smartreco.workspace.people import People
from tests.accounts.conftest import PASSWORD, Clock, rows


@pytest.fixture(autouse=True)
def _asha(people: People) -> None:
    people.add_account(
        OPERATOR, "asha", Role.RETAILER, name="Asha", retailer_id="r1", password=PASSWORD
    )


def wrong(people: People, name: str = "asha", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SignInError) as caught:
            people.sign_in(name, "not the password")
        assert not isinstance(caught.value, LockedOutError)


def test_the_right_pair_names_the_account(people: People) -> None:
    principal = people.sign_in(" Asha ", PASSWORD)
    assert principal == Principal("asha", "Asha", Role.RETAILER, retailer_id="r1")


def test_unknown_name_and_wrong_password_have_the_same_words(people: People) -> None:
    words = set()
    for name, password in (("asha", "wrong"), ("nobody", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(SignInError) as caught:
            people.sign_in(name, password)
        words.add(str(caught.value))
    assert len(words) == 1
    assert "asha" not in words.pop()


@pytest.mark.parametrize("name", ["asha", "nobody"])
def test_every_attempt_costs_one_hash_check(
    people: People, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    checked: list[bytes] = []
    real = bcrypt.checkpw
    monkeypatch.setattr(passwords.bcrypt, "checkpw", lambda a, b: checked.append(b) or real(a, b))
    wrong(people, name)
    assert len(checked) == 1


@pytest.mark.parametrize("name", ["asha", "nobody"])
def test_five_wrong_passwords_lock_a_name_that_exists_and_one_that_does_not(
    people: People, clock: Clock, name: str
) -> None:
    wrong(people, name, times=5)
    clock.forward(seconds=60)
    with pytest.raises(LockedOutError) as caught:
        people.sign_in(name, PASSWORD)
    assert caught.value.seconds == 240


def test_a_lock_opens_by_itself_and_trying_meanwhile_does_not_prolong_it(
    people: People, clock: Clock
) -> None:
    wrong(people, times=5)
    for _ in range(4):
        clock.forward(seconds=70)
        with pytest.raises(LockedOutError):
            people.sign_in("asha", "again")
    clock.forward(seconds=20)
    assert people.sign_in("asha", PASSWORD).username == "asha"


def test_the_right_password_wipes_the_slate(people: People, clock: Clock) -> None:
    wrong(people, times=4)
    clock.forward(seconds=1)
    people.sign_in("asha", PASSWORD)
    clock.forward(seconds=1)
    wrong(people, times=4)
    clock.forward(seconds=1)
    assert people.sign_in("asha", PASSWORD).username == "asha"


def test_one_name_locked_leaves_others_open(people: People) -> None:
    wrong(people, "nobody", times=5)
    assert people.sign_in("asha", PASSWORD).username == "asha"


def test_spelling_a_name_otherwise_does_not_buy_more_guesses(people: People) -> None:
    for name in ("asha", "ASHA", " asha", "Asha ", "aSHA"):
        wrong(people, name)
    with pytest.raises(LockedOutError):
        people.sign_in("asha", PASSWORD)


def test_guesses_made_at_once_get_no_more_than_five_answers(people: People) -> None:
    def guess(n: int) -> type[Exception] | None:
        try:
            people.sign_in("asha", f"guess {n}")
        except SignInError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(guess, range(20)))
    assert answers.count(SignInError) == 5
    assert answers.count(LockedOutError) == 15


def test_nothing_typed_is_refused_and_not_counted(people: People, core: Core) -> None:
    for name, password in (("", ""), ("asha", ""), ("", "x"), ("  ", "x")):
        with pytest.raises(SignInError):
            people.sign_in(name, password)
    assert rows(core, "SELECT count(*) FROM login_attempts") == [(0,)]


def test_a_very_long_name_is_looked_at_in_part(people: People, core: Core) -> None:
    wrong(people, "x" * 100_000)
    assert rows(core, "SELECT max(length(username)) FROM login_attempts") == [(100,)]


def test_a_disabled_account_is_refused_in_the_same_words(people: People) -> None:
    with pytest.raises(SignInError) as unknown:
        people.sign_in("nobody", PASSWORD)
    people.disable_account(OPERATOR, "asha")
    with pytest.raises(SignInError) as disabled:
        people.sign_in("asha", PASSWORD)
    assert str(unknown.value) == str(disabled.value)


def test_a_ticket_buys_the_cookie_of_the_session_once(people: People) -> None:
    principal = people.sign_in("asha", PASSWORD)
    opened = people.open_session(principal)
    token = people.redeem(opened.ticket)
    assert token is not None
    assert digest(token) == opened.session_id
    assert people.principal_of_session(digest(token)) == principal
    assert people.redeem(opened.ticket) is None


def test_the_cookie_is_nowhere_in_the_store(people: People, core: Core) -> None:
    opened = people.open_session(people.sign_in("asha", PASSWORD))
    token = people.redeem(opened.ticket)
    kept = str(rows(core, "SELECT * FROM sessions")) + str(rows(core, "SELECT * FROM audit_log"))
    assert token is not None
    assert token not in kept
    assert opened.ticket not in kept
    assert opened.session_id in kept


def test_a_cookie_kept_from_before_signing_out_is_refused(people: People) -> None:
    opened = people.open_session(people.sign_in("asha", PASSWORD))
    token = people.redeem(opened.ticket)
    assert token is not None
    people.sign_out(opened.session_id)
    assert people.principal_of_session(digest(token)) is None


def test_signing_out_leaves_other_sessions_alone(people: People) -> None:
    principal = people.sign_in("asha", PASSWORD)
    here, there = people.open_session(principal), people.open_session(principal)
    people.sign_out(here.session_id)
    assert people.principal_of_session(there.session_id) == principal


def test_a_session_ends_by_itself(people: People, clock: Clock) -> None:
    opened = people.open_session(people.sign_in("asha", PASSWORD))
    clock.forward(days=14, seconds=-1)
    assert people.principal_of_session(opened.session_id) is not None
    clock.forward(seconds=1)
    assert people.principal_of_session(opened.session_id) is None


def test_a_guessed_session_is_nobody(people: People) -> None:
    people.open_session(people.sign_in("asha", PASSWORD))
    for guess in ("", "x", digest(""), "' OR 1=1 --"):
        assert people.principal_of_session(guess) is None


def test_disabling_an_account_ends_its_sessions_at_once(people: People) -> None:
    opened = people.open_session(people.sign_in("asha", PASSWORD))
    people.disable_account(OPERATOR, "asha")
    assert people.principal_of_session(opened.session_id) is None
    people.enable_account(OPERATOR, "asha")
    assert people.principal_of_session(opened.session_id) is None


def test_a_disabled_account_has_no_session_even_if_none_was_revoked(
    people: People, core: Core
) -> None:
    opened = people.open_session(people.sign_in("asha", PASSWORD))
    core.store.write(lambda cursor: cursor.execute("UPDATE accounts SET disabled = true"))
    assert people.principal_of_session(opened.session_id) is None


def test_a_changed_role_acts_at_the_next_request(people: People, core: Core) -> None:
    opened = people.open_session(people.sign_in("asha", PASSWORD))
    core.store.write(lambda cursor: cursor.execute("UPDATE accounts SET role = 'analyst'"))
    holder = people.principal_of_session(opened.session_id)
    assert holder is not None
    assert holder.role is Role.ANALYST


def test_signing_in_and_out_is_in_the_audit_log(people: People, clock: Clock) -> None:
    clock.forward(seconds=1)
    opened = people.open_session(people.sign_in("asha", PASSWORD))
    clock.forward(seconds=1)
    people.sign_out(opened.session_id)
    newest = [(entry.username, entry.action) for entry in people.audit_trail(OPERATOR)][:2]
    assert newest == [("asha", "signed out"), ("asha", "signed in")]
