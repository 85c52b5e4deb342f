"""What an admin does with accounts."""

from __future__ import annotations

import pytest

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError, SignInError
from smartreco.workspace.accounts.people import People
from tests.accounts.conftest import PASSWORD, join

ADMIN_ACTS = ("accounts", "account", "audit_trail", "add_account", "change_account",
              "disable_account", "enable_account", "reset_account", "unlock_account",
              "end_sessions_of")  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
@pytest.mark.parametrize("act", ADMIN_ACTS)
def test_only_an_admin_may(people: People, role: Role, act: str) -> None:
    with pytest.raises(NotAllowedError):
        getattr(people, act)(Principal("x", "X", role, retailer_id="r1", vendor_id="v1"))


@pytest.mark.parametrize("username", ["", "a", "a b", "Zoë", "x" * 101 + "!", "-x", "a\nb", "<b>"])
def test_a_username_that_cannot_be_typed_plainly_is_refused(people: People, username: str) -> None:
    with pytest.raises(InputError):
        people.add_account(OPERATOR, username, Role.ANALYST)


@pytest.mark.parametrize("username", ["operator", "Unknown"])
def test_nobody_takes_a_name_that_means_somebody_else_in_the_audit_log(
    people: People, username: str
) -> None:
    with pytest.raises(InputError, match="person's own"):
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
    assert people.accounts(OPERATOR) == ((), 0)


def test_a_shop_or_vendor_outside_the_data_is_refused(people: People) -> None:
    with pytest.raises(NotFoundError):
        people.add_account(OPERATOR, "omar", Role.RETAILER, retailer_id="r9")
    with pytest.raises(NotFoundError):
        people.add_account(OPERATOR, "vik", Role.VENDOR, vendor_id="v9")


def test_a_weak_password_is_refused(people: People) -> None:
    with pytest.raises(InputError):
        people.add_account(OPERATOR, "ana", Role.ANALYST, password="short")


def test_a_password_that_an_admin_chose_opens_nothing_but_choosing_another(people: People) -> None:
    people.add_account(OPERATOR, "adi", Role.ADMIN, password=PASSWORD)
    who = people.sign_in("adi", PASSWORD)
    assert who.must_change
    assert people.must_change(who)
    with pytest.raises(NotAllowedError, match="only its owner knows"):
        people.accounts(who)
    people.change_password(who, PASSWORD, "violet-harbor-comet-17", None)
    again = people.sign_in("adi", "violet-harbor-comet-17")
    assert not people.must_change(again)
    assert people.accounts(again)[1] == 1


def test_another_role_falls_out_of_its_binding_and_acts_at_once(people: People) -> None:
    who = join(people, "vik", Role.VENDOR, vendor_id="v1")
    session = people.open_session(who).session_id
    people.change_account(OPERATOR, "vik", role=Role.RETAILER, retailer_id="r2", name="Vik N")
    holder = people.principal_of_session(session)
    assert holder == Principal("vik", "Vik N", Role.RETAILER, retailer_id="r2")


@pytest.mark.parametrize(
    "wrong",
    [{"role": Role.VENDOR}, {"role": Role.RETAILER, "retailer_id": "r9"}, {"vendor_id": "v1"}],
)
def test_a_change_keeps_to_the_same_rules(people: People, wrong: dict[str, object]) -> None:
    join(people, "ana")
    with pytest.raises(InputError):
        people.change_account(OPERATOR, "ana", **wrong)  # type: ignore[arg-type]
    assert people.account(OPERATOR, "ana").role is Role.ANALYST


def test_a_change_is_in_the_audit_log_with_what_was_before(people: People) -> None:
    join(people, "ana")
    people.change_account(OPERATOR, "ana", role=Role.PRODUCT_MANAGER)
    entries, _ = people.audit_trail(OPERATOR, action="account changed")
    assert [dict(entry.detail) for entry in entries] == [{"role": ["analyst", "product_manager"]}]


def test_acts_on_an_unknown_account_say_so(people: People) -> None:
    for act in (people.disable_account, people.enable_account, people.reset_account,
                people.unlock_account, people.end_sessions_of, people.change_account,
                people.account):  # fmt: skip
        with pytest.raises(NotFoundError):
            act(OPERATOR, "nobody")


def test_the_last_admin_is_neither_disabled_nor_demoted(people: People) -> None:
    join(people, "adi", Role.ADMIN)
    people.add_account(OPERATOR, "invited", Role.ADMIN)
    with pytest.raises(InputError, match="one admin stays"):
        people.disable_account(OPERATOR, "adi")
    with pytest.raises(InputError, match="one admin stays"):
        people.change_account(OPERATOR, "adi", role=Role.ANALYST)
    join(people, "bea", Role.ADMIN)
    people.change_account(OPERATOR, "adi", role=Role.ANALYST)
    people.disable_account(OPERATOR, "adi")


def test_nobody_shuts_himself_out(people: People) -> None:
    adi, _ = join(people, "adi", Role.ADMIN), join(people, "bea", Role.ADMIN)
    with pytest.raises(InputError, match="shuts himself out"):
        people.disable_account(adi, "adi")
    with pytest.raises(InputError, match="resets himself"):
        people.reset_account(adi, "ADI")
    assert people.sign_in("adi", PASSWORD) == adi


def test_an_admin_signs_somebody_out_everywhere(people: People) -> None:
    who = join(people, "ana")
    sessions = [people.open_session(who).session_id for _ in range(3)]
    assert people.end_sessions_of(OPERATOR, "ana") == 3
    assert not any(people.principal_of_session(one) for one in sessions)


def test_an_admin_opens_a_locked_name(people: People) -> None:
    join(people, "ana")
    for _ in range(5):
        with pytest.raises(SignInError):
            people.sign_in("ana", "wrong")
    assert people.account(OPERATOR, "ana").locked_until is not None
    people.unlock_account(OPERATOR, "ana")
    assert people.account(OPERATOR, "ana").locked_until is None
    assert people.sign_in("ana", PASSWORD).username == "ana"


def test_changes_are_in_the_audit_log_without_secrets(people: People) -> None:
    invited = people.add_account(OPERATOR, "ana", Role.ANALYST)
    link = people.reset_account(OPERATOR, "ana")
    people.unlock_account(OPERATOR, "ana")
    people.disable_account(OPERATOR, "ana")
    trail, _ = people.audit_trail(OPERATOR)
    acts = {"account added", "password reset", "account unlocked", "account disabled"}
    assert {entry.action for entry in trail} == acts
    assert all(entry.username == "operator" and entry.subject == "ana" for entry in trail)
    assert invited is not None
    assert invited.token not in str(trail)
    assert link.token not in str(trail)
