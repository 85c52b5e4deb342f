"""Signing in and out on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.account import authenticator as authenticator_module
from pages.admin.data_import import running
from pages.context import Context, nobody
from smartreco.accounts.sessions import digest
from smartreco.entities import OPERATOR, Role
from smartreco.workspace import Workspace
from tests.accounts.endings import ENDINGS, OLD
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
    [
        ("retailer", "wrong"), ("nobody", "wrong"), ("", ""), ("retailer", ""),
        ("shut", "wrong"), ("shut", OLD), ("invited", "wrong"),
    ],
)  # fmt: skip
def test_a_wrong_pair_says_the_same_whatever_was_wrong(
    tab: Tab, refused_people: None, username: str, password: str
) -> None:
    at = sign_in(tab("account"), username, password)
    assert is_sign_in_page(at)
    assert [str(e.value) for e in at.error] == [WRONG]


@pytest.fixture
def refused_people(shared_workspace: Workspace) -> Iterator[None]:
    """An account that is disabled and one without a password; nobody is locked afterwards."""
    people = shared_workspace.people
    if people.accounts(OPERATOR, search="shut")[1] == 0:
        people.add_account(OPERATOR, "shut", Role.ANALYST, password=OLD, must_change=False)
        people.disable_account(OPERATOR, "shut")
        people.add_account(OPERATOR, "invited", Role.ANALYST)
    yield
    people.core.store.write(lambda cursor: cursor.execute("DELETE FROM login_attempts"))


@pytest.mark.parametrize("username", ["retailer", "nobody"])
def test_the_sixth_try_says_how_long_the_name_is_locked(own_tab: Tab, username: str) -> None:
    at = own_tab()
    for _ in range(5):
        at = sign_in(at, username, "wrong")
    at = sign_in(at, username, DEMO_PASSWORD)
    assert is_sign_in_page(at)
    said = r"Too many wrong passwords for this username\. Try again in 5 minutes, at \d\d:\d\d"
    (shown,) = [str(e.value) for e in at.error]
    assert re.match(said, shown)


@pytest.mark.parametrize("username", ["retailer", "nobody"])
def test_the_last_tries_before_a_lock_are_counted(own_tab: Tab, username: str) -> None:
    at = own_tab()
    shown = []
    for _ in range(5):
        at = sign_in(at, username, "wrong")
        shown.append(str(at.error[0].value).removeprefix(WRONG).strip())
    assert shown == [
        "",
        "",
        "2 more tries, then this username is locked for a while.",
        "1 more try, then this username is locked for a while.",
        "This username is now locked for up to 5 minutes.",
    ]


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


def test_a_copied_cookie_opens_no_page_after_its_session_has_ended(
    own_tab: Tab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = workspace.people
    for at, (ending, act) in enumerate(ENDINGS.items()):
        name = f"ana-{at}"
        people.add_account(OPERATOR, name, Role.ANALYST, password=OLD, must_change=False)
        opened = people.open_session(people.sign_in(name, OLD))
        bring(monkeypatch, people.redeem(opened.ticket))
        open_one = own_tab("account")
        assert open_one.title[0].value == "Your account"
        act(people, people.sign_in(name, OLD), opened.session_id)
        assert is_sign_in_page(own_tab("account")), ending
        assert is_sign_in_page(open_one.run()), ending
        assert "Your session has ended. Sign in to go on." in words(open_one), ending


def test_the_end_of_a_session_is_said_until_somebody_signs_in(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = own_tab("account", Role.RETAILER)
    workspace.people.end_sessions_of(OPERATOR, "retailer")
    assert [str(one.value) for one in at.run().info] == [
        "Your session has ended. Sign in to go on."
    ]
    at = sign_in(at, "retailer", DEMO_PASSWORD)
    assert at.title[0].value == "Your account"
    assert not at.info
    at.button(key="sign_out").click().run()
    assert is_sign_in_page(at)
    assert not at.info


def test_the_demo_admin_who_brought_in_other_data_is_told_how_to_go_on(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = own_tab("import", Role.ADMIN)
    workspace.people.data_changed(False, None, None)
    at.run()
    assert is_sign_in_page(at)
    (said,) = [str(one.value) for one in at.info]
    assert said.startswith("The demo is over, and the account you used went with it.")
    assert "sets up the first administrator" in said
    assert not at.warning
    assert not at.error


def test_progress_that_outlives_the_demo_leads_to_the_sign_in_page(
    shared_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class RunsAnewError(Exception):
        """Streamlit's own ends the run in the same way."""

    def anew() -> None:
        raise RunsAnewError

    monkeypatch.setattr(running.st, "rerun", anew)
    with pytest.raises(RunsAnewError):
        running._progress(Context.of(shared_workspace, nobody))


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
