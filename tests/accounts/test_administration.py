"""What an admin does with accounts."""

from __future__ import annotations

import pytest

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError, SignInError
from smartreco.workspace.people import People
from tests.accounts.conftest import PASSWORD

ADMIN_ACTS = ("list_accounts", "audit_trail", "add_account", "disable_account", "enable_account",
              "reset_password")  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
@pytest.mark.parametrize("act", ADMIN_ACTS)
def test_only_an_admin_may(people: People, role: Role, act: str) -> None:
    with pytest.raises(NotAllowedError):
        getattr(people, act)(Principal("x", "X", role, retailer_id="r1", vendor_id="v1"))


def test_an_account_added_signs_in_with_the_password_returned(people: People) -> None:
    password = people.add_account(OPERATOR, "Vik", Role.VENDOR, name="Vik", vendor_id="v1")
    assert people.sign_in("vik", password) == Principal("vik", "Vik", Role.VENDOR, vendor_id="v1")


def test_the_list_shows_accounts_and_no_hash(people: People) -> None:
    people.add_account(OPERATOR, "ana", Role.ANALYST)
    listed = people.list_accounts(OPERATOR)
    assert list(listed["username"]) == ["ana"]
    assert not any("$2b$" in str(value) for value in listed.to_numpy().ravel())
    assert "password_hash" not in listed.columns


def test_a_list_without_accounts_has_its_columns(people: People) -> None:
    assert "username" in people.list_accounts(OPERATOR).columns


@pytest.mark.parametrize("username", ["", "a", "a b", "Zoë", "x" * 101 + "!", "-x", "a\nb", "<b>"])
def test_a_username_that_cannot_be_typed_plainly_is_refused(people: People, username: str) -> None:
    with pytest.raises(InputError):
        people.add_account(OPERATOR, username, Role.ANALYST)


def test_a_username_is_used_once_however_it_is_spelled(people: People) -> None:
    people.add_account(OPERATOR, "ana", Role.ANALYST)
    with pytest.raises(InputError, match="once"):
        people.add_account(OPERATOR, " ANA", Role.ADMIN)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.RETAILER, {}),
        (Role.RETAILER, {"vendor_id": "v1"}),
        (Role.RETAILER, {"retailer_id": "r1", "vendor_id": "v1"}),
        (Role.VENDOR, {"retailer_id": "r1"}),
        (Role.ADMIN, {"retailer_id": "r1"}),
        (Role.ANALYST, {"vendor_id": "v1"}),
    ],
)
def test_row_scope_fits_the_role(people: People, role: Role, scope: dict[str, str]) -> None:
    with pytest.raises(InputError):
        people.add_account(OPERATOR, "someone", role, **scope)
    assert people.list_accounts(OPERATOR).empty


def test_a_shop_or_vendor_outside_the_data_is_refused(people: People) -> None:
    with pytest.raises(NotFoundError):
        people.add_account(OPERATOR, "omar", Role.RETAILER, retailer_id="r9")
    with pytest.raises(NotFoundError):
        people.add_account(OPERATOR, "vik", Role.VENDOR, vendor_id="v9")


def test_a_weak_password_is_refused(people: People) -> None:
    with pytest.raises(InputError):
        people.add_account(OPERATOR, "ana", Role.ANALYST, password="short")


def test_a_reset_ends_sessions_and_the_old_password(people: People) -> None:
    people.add_account(OPERATOR, "ana", Role.ANALYST, password=PASSWORD)
    opened = people.open_session(people.sign_in("ana", PASSWORD))
    fresh = people.reset_password(OPERATOR, "ana")
    assert people.principal_of_session(opened.session_id) is None
    with pytest.raises(SignInError):
        people.sign_in("ana", PASSWORD)
    assert people.sign_in("ana", fresh).username == "ana"


def test_acts_on_an_unknown_account_say_so(people: People) -> None:
    for act in (people.disable_account, people.enable_account, people.reset_password):
        with pytest.raises(NotFoundError):
            act(OPERATOR, "nobody")


def test_the_last_admin_stays(people: People) -> None:
    people.add_account(OPERATOR, "adi", Role.ADMIN)
    with pytest.raises(InputError, match="one admin stays"):
        people.disable_account(OPERATOR, "adi")
    people.add_account(OPERATOR, "bea", Role.ADMIN)
    people.disable_account(OPERATOR, "adi")


def test_changes_are_in_the_audit_log_without_secrets(people: People) -> None:
    password = people.add_account(OPERATOR, "ana", Role.ANALYST)
    fresh = people.reset_password(OPERATOR, "ana")
    people.disable_account(OPERATOR, "ana")
    trail = people.audit_trail(OPERATOR)
    acts = {"account added", "password reset", "account disabled"}
    assert {entry.action for entry in trail} == acts
    assert all(entry.username == "operator" and entry.subject == "ana" for entry in trail)
    assert password not in str(trail)
    assert fresh not in str(trail)
