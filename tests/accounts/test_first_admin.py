"""The first admin's one-time link."""

from __future__ import annotations

import pytest

from smartreco.entities import OPERATOR, Role
from smartreco.errors import InputError, NotAllowedError
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core
from tests.accounts.conftest import PASSWORD, Clock, rows


def test_the_link_makes_an_admin_once(people: People) -> None:
    token = people.offer_setup()
    assert people.setup_is_open(token)
    assert people.set_up_admin(token, "Bea", "Bea", PASSWORD).role is Role.ADMIN
    assert people.sign_in("bea", PASSWORD).role is Role.ADMIN
    assert not people.setup_is_open(token)
    with pytest.raises(NotAllowedError):
        people.set_up_admin(token, "mallory", "M", PASSWORD)


def test_a_used_link_stays_used_when_the_admin_is_gone(people: People, core: Core) -> None:
    token = people.offer_setup()
    people.set_up_admin(token, "bea", "Bea", PASSWORD)
    core.store.write(lambda cursor: cursor.execute("DELETE FROM accounts"))
    assert people.needs_first_admin()
    assert not people.setup_is_open(token)


def test_a_link_is_good_for_a_day(people: People, clock: Clock) -> None:
    token = people.offer_setup()
    clock.forward(hours=24)
    assert not people.setup_is_open(token)
    with pytest.raises(NotAllowedError):
        people.set_up_admin(token, "bea", "Bea", PASSWORD)


def test_a_new_link_ends_the_one_before(people: People) -> None:
    first = people.offer_setup()
    second = people.offer_setup()
    assert not people.setup_is_open(first)
    assert people.setup_is_open(second)


def test_a_guessed_token_opens_nothing(people: People) -> None:
    for guess in ("", "x"):
        assert not people.setup_is_open(guess)
    people.offer_setup()
    for guess in ("", "x"):
        assert not people.setup_is_open(guess)
        with pytest.raises(NotAllowedError):
            people.set_up_admin(guess, "mallory", "M", PASSWORD)


def test_an_admin_added_otherwise_closes_the_link(people: People) -> None:
    token = people.offer_setup()
    people.add_account(OPERATOR, "adi", Role.ADMIN)
    assert not people.needs_first_admin()
    assert not people.setup_is_open(token)


def test_a_weak_password_does_not_use_the_link_up(people: People) -> None:
    token = people.offer_setup()
    with pytest.raises(InputError):
        people.set_up_admin(token, "bea", "Bea", "short")
    assert people.setup_is_open(token)


def test_the_token_is_nowhere_in_the_store(people: People, core: Core) -> None:
    token = people.offer_setup()
    assert token not in str(rows(core, "SELECT * FROM settings"))


def test_a_link_is_announced_where_no_demo_account_may_exist(people: People) -> None:
    announced: list[str] = []
    people.announce_setup = announced.append
    people.data_changed(True, "r1", "v1")
    assert announced == []
    people.data_changed(False, None, None)
    assert len(announced) == 1
    assert people.setup_is_open(announced[0])


def test_no_link_is_announced_while_an_admin_can_sign_in(people: People) -> None:
    announced: list[str] = []
    people.announce_setup = announced.append
    people.add_account(OPERATOR, "adi", Role.ADMIN)
    people.data_changed(False, None, None)
    assert announced == []


def test_the_command_line_announces_nothing(people: People, core: Core) -> None:
    people.data_changed(False, None, None)
    assert rows(core, "SELECT * FROM settings") == []
