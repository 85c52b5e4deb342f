"""``accounts``: what the operator does about who may sign in, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from smartreco.accounts import passwords
from smartreco.config import Settings
from smartreco.entities import OPERATOR, Principal
from smartreco.errors import SignInError
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.people import People
from tests.cli.conftest import Run
from tests.cli.test_mistakes import one_sentence

CHOSEN = "violet-harbor-comet-17"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


@contextmanager
def people_of(db: Path) -> Iterator[People]:
    """Between two commands, what the application sees."""
    workspace = Workspace.open(Settings(db=db))
    try:
        yield workspace.people
    finally:
        workspace.close()


def token(said: str) -> str:
    """Of the link that a command printed."""
    found = re.search(r"/\?reset=([\w-]+)", said)
    assert found is not None, said
    return found[1]


def joined(run: Run, db: Path, username: str = "ana", role: str = "analyst") -> Principal:
    """Somebody who was added and has chosen `CHOSEN` by the link."""
    link = token(run("accounts", "add", username, "--role", role).out)
    with people_of(db) as people:
        return people.use_reset(link, CHOSEN)


def state(run: Run, username: str) -> str:
    """The line of an account in the list."""
    return next(one for one in run("accounts", "list").out.splitlines() if f" {username} " in one)


def test_an_account_is_added_with_a_link_for_its_first_password(run: Run, db: Path) -> None:
    answer = run("accounts", "add", "Ana", "--role", "analyst", "--name", "Ana Rao")
    assert answer.code == 0
    assert "works once, for 24 hours" in answer.out
    assert "invited" in state(run, "ana")
    with people_of(db) as people:
        people.use_reset(token(answer.out), CHOSEN)
        assert people.sign_in("ana", CHOSEN).name == "Ana Rao"
    assert " open " in state(run, "ana")


def test_a_first_password_is_printed_once_and_has_to_be_changed(run: Run, db: Path) -> None:
    answer = run("accounts", "add", "ana", "--role", "admin", "--password")
    assert answer.code == 0
    first = answer.out.strip().rpartition("first password: ")[2]
    assert "reset=" not in answer.out
    assert "must change" in state(run, "ana")
    assert first not in run("accounts", "list").out
    with people_of(db) as people:
        assert people.sign_in("ana", first).must_change
        assert first not in str(people.audit_trail(OPERATOR))


def test_a_reset_voids_the_password_and_prints_a_link(run: Run, db: Path) -> None:
    who = joined(run, db)
    with people_of(db) as people:
        session = people.open_session(who).session_id
    answer = run("accounts", "reset", "ANA")
    assert answer.code == 0
    with people_of(db) as people:
        assert people.principal_of_session(session) is None
        with pytest.raises(SignInError):
            people.sign_in("ana", CHOSEN)
        people.use_reset(token(answer.out), f"{CHOSEN}-2")
        assert people.sign_in("ana", f"{CHOSEN}-2").username == "ana"
        assert not people.reset_is_open(token(answer.out))


def test_a_disabled_account_is_out_and_an_enabled_one_may_sign_in_again(run: Run, db: Path) -> None:
    joined(run, db)
    assert run("accounts", "disable", "ana").out == "ana can no longer sign in\n"
    assert "disabled" in state(run, "ana")
    with people_of(db) as people, pytest.raises(SignInError):
        people.sign_in("ana", CHOSEN)
    assert run("accounts", "enable", "ana").out == "ana may sign in again\n"
    with people_of(db) as people:
        assert people.sign_in("ana", CHOSEN).username == "ana"


def test_enabling_an_account_without_a_password_says_how_it_gets_one(run: Run) -> None:
    run("accounts", "add", "ana", "--role", "analyst")
    run("accounts", "disable", "ana")
    assert "accounts reset ana makes a link" in run("accounts", "enable", "ana").out


def test_a_locked_name_is_opened(run: Run, db: Path) -> None:
    joined(run, db)
    with people_of(db) as people:
        for _ in range(5):
            with pytest.raises(SignInError):
                people.sign_in("ana", "wrong")
    assert "locked" in state(run, "ana")
    assert run("accounts", "unlock", "ana").out == "ana may try again\n"
    assert "locked" not in state(run, "ana")
    with people_of(db) as people:
        assert people.sign_in("ana", CHOSEN).username == "ana"


def test_a_store_without_accounts_says_so(run: Run) -> None:
    assert run("accounts", "list").out == "No accounts yet\n"


def test_an_account_is_bound_to_a_shop_of_the_data(filled: Run) -> None:
    add = ("accounts", "add", "asha", "--role", "retailer")
    assert filled(*add, "--retailer", "shop-1").code == 0
    assert "shop-1" in state(filled, "asha")


MISTAKES: Final = (
    ("add root --role analyst", "used once"),
    ("add -x --role analyst", "required"),
    ("add Zoë --role analyst", "username"),
    ("add operator --role admin", "person's own"),
    ("add asha --role retailer", "names its shop"),
    ("add asha --role retailer --retailer no-shop", "no-shop"),
    ("add vik --role vendor --vendor nobody", "nobody"),
    ("add ana --role analyst --retailer shop-1", "no other names one"),
    ("disable nobody", "'nobody'"),
    ("enable nobody", "'nobody'"),
    ("reset nobody", "'nobody'"),
    ("unlock nobody", "'nobody'"),
    ("disable root", "one admin stays"),
    ("reset shut", "enable it first"),
)


def test_a_mistake_is_one_sentence_and_changes_nothing(run: Run, db: Path) -> None:
    joined(run, db, "root", "admin")
    joined(run, db, "shut")
    run("accounts", "disable", "shut")
    before = run("accounts", "list").out
    for words, said in MISTAKES:
        answer = run("accounts", *words.split())
        assert (answer.code, answer.out) == (2, ""), words
        assert one_sentence(answer.err), words
        assert said in answer.err, words
    assert run("accounts", "list").out == before


@pytest.mark.parametrize(
    "words",
    [(), ("add",), ("add", "ana"), ("add", "ana", "--role", "king"), ("unlock",), ("delete", "a")],
)
def test_what_is_no_command_is_refused_with_how_to_say_it(run: Run, words: tuple[str, ...]) -> None:
    answer = run("accounts", *words)
    assert answer.code == 2
    assert one_sentence(answer.err)
    assert "--help)" in answer.err
