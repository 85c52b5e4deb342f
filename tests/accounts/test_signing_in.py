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
from smartreco.store.login_attempts import attempted
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core
from tests.accounts.conftest import PASSWORD, Clock, join, rows


@pytest.fixture(autouse=True)
def _asha(people: People) -> None:
    people.add_account(
        OPERATOR, "asha", Role.RETAILER, name="Asha", retailer_id="r1", password=PASSWORD,
        must_change=False,
    )  # fmt: skip


#: Names that a wrong password does not open, each for a reason of its own.
REFUSED = ("asha", "nobody", "shut", "invited")


def add_refused(people: People) -> None:
    """A disabled account, and one whose owner has not chosen a password yet."""
    join(people, "shut")
    people.disable_account(OPERATOR, "shut")
    people.add_account(OPERATOR, "invited", Role.ANALYST)


def wrong(people: People, name: str = "asha", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SignInError) as caught:
            people.sign_in(name, "not the password")
        assert not isinstance(caught.value, LockedOutError)


def test_the_right_pair_names_the_account(people: People) -> None:
    principal = people.sign_in(" Asha ", PASSWORD)
    assert principal == Principal("asha", "Asha", Role.RETAILER, retailer_id="r1")


def test_every_refusal_has_the_same_words_whatever_is_the_matter(people: People) -> None:
    add_refused(people)
    words = set()
    for name, password in ((name, password) for name in REFUSED for password in ("?", PASSWORD)):
        if (name, password) == ("asha", PASSWORD):
            continue
        with pytest.raises(SignInError) as caught:
            people.sign_in(name, password)
        words.add(str(caught.value))
    assert len(words) == 1
    assert not any(name in str(words) for name in REFUSED)


def test_every_refusal_costs_one_hash_of_the_same_strength_and_the_same_rows(
    people: People, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_refused(people)
    checked: list[bytes] = []
    real = bcrypt.checkpw
    monkeypatch.setattr(passwords.bcrypt, "checkpw", lambda a, b: checked.append(b) or real(a, b))

    def written() -> tuple[int, ...]:
        tables = ("login_attempts", "audit_log", "sessions", "accounts")
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        return rows(core, f"SELECT {counts}")[0]  # type: ignore[return-value]

    work = set()
    for name in REFUSED:
        checked.clear()
        before = written()
        wrong(people, name)
        grown = tuple(now - then for now, then in zip(written(), before, strict=True))
        work.add((*(one.split(b"$")[2] for one in checked), *grown))
    assert work == {(b"04", 1, 1, 0, 0)}


def test_no_password_is_hashed_for_a_locked_name_whether_it_exists_or_not(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_refused(people)
    for name in REFUSED:
        wrong(people, name, times=5)
    monkeypatch.setattr(passwords, "verify_password", lambda *_: pytest.fail("hashed"))
    words = set()
    for name in REFUSED:
        with pytest.raises(LockedOutError) as caught:
            people.sign_in(name, PASSWORD)
        words.add(str(caught.value))
    assert len(words) == 1


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
    assert rows(core, "SELECT username FROM login_attempts") == [(attempted("x" * 100),)]


def test_a_password_typed_where_the_name_belongs_is_kept_nowhere(
    people: People, core: Core
) -> None:
    wrong(people, PASSWORD, times=5)
    with pytest.raises(LockedOutError):
        people.sign_in(PASSWORD, PASSWORD)
    kept = str(rows(core, "SELECT * FROM audit_log")) + str(rows(core, "FROM login_attempts"))
    assert PASSWORD not in kept


@pytest.mark.parametrize(("name", "who"), [("asha", "asha"), ("nobody", "unknown")])
def test_every_refused_sign_in_is_in_the_audit_log(people: People, name: str, who: str) -> None:
    wrong(people, name, times=5)
    with pytest.raises(LockedOutError):
        people.sign_in(name, PASSWORD)
    entries, _ = people.audit_trail(OPERATOR)
    acts = [entry.action for entry in entries if entry.username == who]
    assert acts.count("sign-in failed") == 5
    assert acts.count("sign-in locked") == 1
    assert PASSWORD not in str(entries)
    assert "not the password" not in str(entries)


@pytest.mark.parametrize("name", REFUSED)
def test_each_refusal_says_how_many_tries_are_left(people: People, name: str) -> None:
    add_refused(people)
    left = []
    for _ in range(5):
        with pytest.raises(SignInError) as caught:
            people.sign_in(name, "wrong")
        left.append(caught.value.tries_left)
    assert left == [4, 3, 2, 1, 0]


def test_a_lock_names_the_moment_at_which_it_opens(people: People, clock: Clock) -> None:
    wrong(people, times=5)
    with pytest.raises(LockedOutError) as caught:
        people.sign_in("asha", PASSWORD)
    clock.now = caught.value.opens_at
    assert people.sign_in("asha", PASSWORD).username == "asha"


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
    for _ in range(13):
        clock.forward(days=1)
        assert people.principal_of_session(opened.session_id) is not None
    clock.forward(days=1, seconds=-1)
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
    newest = [(entry.username, entry.action) for entry in people.audit_trail(OPERATOR)[0]][:2]
    assert newest == [("asha", "signed out"), ("asha", "signed in")]
