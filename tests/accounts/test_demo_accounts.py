"""Demo accounts: there while anyone may look, gone at once when not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smartreco.entities import OPERATOR, Role
from smartreco.errors import InputError, SignInError
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core
from tests.accounts.conftest import PASSWORD, rows


def test_there_is_one_account_a_role_bound_to_the_shop_and_the_vendor(people: People) -> None:
    password = people.ensure_demo_accounts("r1", "v1")
    shown = people.demo_accounts()
    assert [account.role for account in shown] == list(Role)
    assert [a.bound_to for a in shown] == ["Asha Stores", "Himal", None, None, None]
    for account in shown:
        principal = people.sign_in(account.username, account.password)
        assert principal.role is account.role
        assert account.password == password
    assert people.sign_in("retailer", password).retailer_id == "r1"
    assert people.sign_in("vendor", password).vendor_id == "v1"


def test_the_password_is_the_stores_own_and_stays(people: People, core: Core) -> None:
    first = people.ensure_demo_accounts("r1", "v1")
    assert People(core).ensure_demo_accounts("r1", "v1") == first


def test_two_stores_have_two_passwords(people: People) -> None:
    first = people.ensure_demo_accounts("r1", "v1")
    people.remove_demo_accounts()
    assert people.ensure_demo_accounts("r1", "v1") != first


def test_the_environment_overrides_the_password(people: People, core: Core) -> None:
    before = people.ensure_demo_accounts("r1", "v1")
    told = People(replace(core, settings=replace(core.settings, demo_password="from outside")))
    assert told.ensure_demo_accounts("r1", "v1") == "from outside"
    assert people.sign_in("admin", "from outside").role is Role.ADMIN
    with pytest.raises(SignInError):
        people.sign_in("admin", before)


def test_ensuring_again_ends_nobodys_session(people: People) -> None:
    password = people.ensure_demo_accounts("r1", "v1")
    opened = people.open_session(people.sign_in("retailer", password))
    people.ensure_demo_accounts("r1", "v1")
    assert people.principal_of_session(opened.session_id) is not None


def test_another_shop_rebinds_the_retailer_and_ends_its_sessions(people: People) -> None:
    password = people.ensure_demo_accounts("r1", "v1")
    opened = people.open_session(people.sign_in("retailer", password))
    people.ensure_demo_accounts("r2", "v1")
    assert people.principal_of_session(opened.session_id) is None
    assert people.sign_in("retailer", password).retailer_id == "r2"


def test_a_role_whose_shop_is_missing_gets_no_account(people: People) -> None:
    people.ensure_demo_accounts("r1", None)
    assert [a.role for a in people.demo_accounts() if a.role in (Role.RETAILER, Role.VENDOR)] == [
        Role.RETAILER
    ]


def test_removing_them_ends_sessions_at_once_and_forgets_the_password(
    people: People, core: Core
) -> None:
    password = people.ensure_demo_accounts("r1", "v1")
    opened = people.open_session(people.sign_in("admin", password))
    assert people.remove_demo_accounts() == 5
    assert people.principal_of_session(opened.session_id) is None
    assert people.demo_accounts() == []
    assert rows(core, "SELECT * FROM settings") == []
    for role in ("retailer", "vendor", "manager", "analyst", "admin"):
        with pytest.raises(SignInError):
            people.sign_in(role, password)


def test_removing_them_leaves_other_accounts_alone(people: People) -> None:
    people.add_account(OPERATOR, "ana", Role.ANALYST, password=PASSWORD)
    people.ensure_demo_accounts("r1", "v1")
    people.data_changed(False, None, None)
    assert people.sign_in("ana", PASSWORD).username == "ana"


def test_somebodys_own_account_is_never_made_a_demo(people: People) -> None:
    people.add_account(OPERATOR, "admin", Role.ADMIN, password=PASSWORD)
    password = people.ensure_demo_accounts("r1", "v1")
    assert "admin" not in [account.username for account in people.demo_accounts()]
    assert people.sign_in("admin", PASSWORD).username == "admin"
    with pytest.raises(SignInError):
        people.sign_in("admin", password)


def test_a_demo_password_is_not_reset_by_hand(people: People) -> None:
    people.ensure_demo_accounts("r1", "v1")
    with pytest.raises(InputError):
        people.reset_account(OPERATOR, "analyst")
