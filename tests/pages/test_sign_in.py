"""Signing in and out on the page."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.account import authenticator as authenticator_module
from smartreco.accounts.sessions import digest
from smartreco.entities import Role
from smartreco.workspace import Workspace
from tests.pages.conftest import SESSION_KEY, Tab, go, is_sign_in_page, words

DEMO_PASSWORD = "demo-for-tests"

WRONG = "This username and password match no account. Check both and try again."


def sign_in(at: AppTest, username: str, password: str) -> AppTest:
    at.text_input[0].set_value(username)
    at.text_input[1].set_value(password)
    return next(b for b in at.button if b.label == "Sign in").click().run()


def test_the_right_pair_opens_the_page_that_was_asked_for(tab: Tab) -> None:
    at = sign_in(tab("account"), "retailer", DEMO_PASSWORD)
    assert not at.exception
    assert at.title[0].value == "Your account"


def test_a_page_of_another_role_is_refused_after_signing_in(tab: Tab) -> None:
    at = sign_in(tab("system"), "retailer", DEMO_PASSWORD)
    assert "This page is for administrators." in words(at)


@pytest.mark.parametrize(
    ("username", "password"),
    [("retailer", "wrong"), ("nobody", "wrong"), ("", ""), ("retailer", "")],
)
def test_a_wrong_pair_says_the_same_whatever_was_wrong(
    own_tab: Tab, username: str, password: str
) -> None:
    at = sign_in(own_tab("account"), username, password)
    assert is_sign_in_page(at)
    assert [str(e.value) for e in at.error] == [WRONG]


@pytest.mark.parametrize("username", ["retailer", "nobody"])
def test_the_sixth_try_says_how_long_the_name_is_locked(own_tab: Tab, username: str) -> None:
    at = own_tab()
    for _ in range(5):
        at = sign_in(at, username, "wrong")
    at = sign_in(at, username, DEMO_PASSWORD)
    assert is_sign_in_page(at)
    said = "Too many wrong passwords for this username. Try again in 5 minutes."
    assert [str(e.value) for e in at.error] == [said]


def test_a_password_is_taken_as_typed(own_tab: Tab) -> None:
    assert is_sign_in_page(sign_in(own_tab(), "retailer", f" {DEMO_PASSWORD} "))


@pytest.mark.parametrize("role", Role)
def test_one_click_is_a_demo_account(tab: Tab, role: Role) -> None:
    at = tab("account")
    username = {"product_manager": "manager"}.get(role.value, role.value)
    at = at.button(key=f"use_{username}").click().run()
    assert at.title[0].value == "Your account"
    assert f"\n{username}" in words(at).replace("\\", "")


def test_demo_accounts_are_shown_with_what_they_are_bound_to(
    tab: Tab, shared_workspace: Workspace
) -> None:
    shown = words(tab()).replace("\\", "")
    assert f"`{DEMO_PASSWORD}`" in shown
    for account in shared_workspace.people.demo_accounts():
        assert f"`{account.username}`" in shown
        assert account.bound_to is None or account.bound_to in shown


def test_nothing_of_the_demo_is_shown_once_it_is_over(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("account", Role.RETAILER)
    workspace.people.data_changed(False, None, None)
    at.run()
    assert is_sign_in_page(at)
    assert "Demo" not in words(at)
    assert DEMO_PASSWORD not in words(at)


def test_signing_out_ends_the_session_and_forgets_the_tab(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = own_tab("account", Role.RETAILER)
    session_id = at.session_state[SESSION_KEY]
    at.session_state["ForYouState.private"] = "what the last person looked at"
    at.button(key="sign_out").click().run()
    assert is_sign_in_page(at)
    assert workspace.people.principal_of_session(session_id) is None
    assert "ForYouState.private" not in at.session_state
    assert is_sign_in_page(go(at, "account"))


def test_the_next_person_in_the_tab_is_somebody_else(own_tab: Tab) -> None:
    at = own_tab("account", Role.RETAILER)
    at.button(key="sign_out").click().run()
    at = go(sign_in(at, "analyst", DEMO_PASSWORD), "account")
    assert "analyst" in words(at)
    assert "retailer" not in words(at)


def cookie_of(workspace: Workspace, username: str = "retailer") -> tuple[str, str]:
    opened = workspace.people.open_session(workspace.people.sign_in(username, DEMO_PASSWORD))
    token = workspace.people.redeem(opened.ticket)
    assert token is not None
    return token, opened.session_id


def bring(monkeypatch: pytest.MonkeyPatch, cookie: str | None) -> None:
    monkeypatch.setattr(authenticator_module, "browser_cookie", lambda: cookie)


def test_a_good_cookie_signs_a_new_tab_in(
    own_tab: Tab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(monkeypatch, cookie_of(workspace)[0])
    assert own_tab("account").title[0].value == "Your account"


def test_a_copied_cookie_is_refused_after_signing_out(
    own_tab: Tab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, session_id = cookie_of(workspace)
    bring(monkeypatch, token)
    at = own_tab("account")
    at.button(key="sign_out").click().run()
    assert is_sign_in_page(at)
    assert is_sign_in_page(own_tab("account"))
    assert workspace.people.principal_of_session(session_id) is None


@pytest.mark.parametrize("cookie", ["", "guess", "x" * 10_000, "' OR 1=1 --"])
def test_a_made_up_cookie_is_nobody(
    own_tab: Tab, monkeypatch: pytest.MonkeyPatch, cookie: str
) -> None:
    bring(monkeypatch, cookie)
    assert is_sign_in_page(own_tab("account"))


def test_the_session_id_of_the_store_is_not_a_cookie(
    own_tab: Tab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, session_id = cookie_of(workspace)
    assert session_id == digest(token)
    bring(monkeypatch, session_id)
    assert is_sign_in_page(own_tab("account"))


def tickets_on(at: AppTest) -> list[str]:
    found = (re.search(r"/session/open\?ticket=([\w-]+)", str(h.value)) for h in at.html)
    return [match.group(1) for match in found if match]


def test_the_ticket_is_drawn_once_and_buys_the_cookie(own_tab: Tab, workspace: Workspace) -> None:
    at = sign_in(own_tab("account"), "retailer", DEMO_PASSWORD)
    (ticket,) = tickets_on(at)
    token = workspace.people.redeem(ticket)
    assert token is not None
    assert digest(token) == at.session_state[SESSION_KEY]
    assert tickets_on(at.run()) == []


def test_the_ticket_survives_the_way_to_the_home_page(own_tab: Tab) -> None:
    assert len(tickets_on(sign_in(own_tab(""), "admin", DEMO_PASSWORD))) == 1
