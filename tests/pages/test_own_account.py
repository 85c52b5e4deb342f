"""The account page: the password, and where one is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.registry import PAGES
from smartreco.accounts.sessions import digest
from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import SignInError
from smartreco.workspace import Workspace
from tests.pages.conftest import SESSION_KEY, Tab, go, is_sign_in_page, keys, open_tab, seen, words
from tests.pages.test_sign_in import bring, tickets_on

OLD = "amber-kettle-river-42"
NEW = "violet-harbor-comet-17"
Enter = Callable[..., AppTest]


@pytest.fixture
def enter(own_tab: Tab, workspace: Workspace) -> Enter:
    """Sign ana in; with ``must_change`` her password was chosen by an admin."""

    def go_in(url: str = "account", *, must_change: bool = False) -> AppTest:
        people = workspace.people
        people.add_account(OPERATOR, "ana", Role.ANALYST, name="Ana", password=OLD,
                           must_change=must_change)  # fmt: skip
        at = open_tab(workspace)
        at.session_state[SESSION_KEY] = people.open_session(
            Principal("ana", "Ana", Role.ANALYST)
        ).session_id
        return go(at, url)

    return go_in


def fill(at: AppTest, key: str, current: str, new: str, again: str | None = None) -> AppTest:
    at.text_input(key=f"{key}_current").set_value(current)
    at.text_input(key=f"{key}_new").set_value(new)
    at.text_input(key=f"{key}_again").set_value(new if again is None else again)
    return at.button(key=f"{key}_change").click().run()


def test_the_password_is_changed_and_the_fields_are_emptied(
    enter: Enter, workspace: Workspace
) -> None:
    at = fill(enter(), "password", OLD, NEW)
    assert not at.exception
    assert not at.error
    assert [field.value for field in at.text_input] == ["", "", ""]
    assert workspace.people.sign_in("ana", NEW).username == "ana"
    assert at.title[0].value == "Your account"


def test_a_changed_password_is_said_on_the_page_once(enter: Enter) -> None:
    at = fill(enter(), "password", OLD, NEW)
    assert [str(one.value) for one in at.success] == [
        "Your password is changed. Everywhere else you are signed out."
    ]
    assert not at.toast
    assert not at.run().success


def test_a_changed_password_gives_this_browser_another_cookie(
    enter: Enter, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter()
    people = workspace.people
    cookie = people.redeem(people.open_session(people.sign_in("ana", OLD)).ticket)
    assert cookie is not None
    bring(monkeypatch, cookie)
    at = open_tab(workspace, "account")
    assert at.session_state[SESSION_KEY] == digest(cookie)
    at = fill(at, "password", OLD, NEW)
    (ticket,) = tickets_on(at)
    renewed = people.redeem(ticket)
    assert renewed is not None
    assert renewed != cookie
    assert at.session_state[SESSION_KEY] == digest(renewed)
    assert at.run().title[0].value == "Your account"  # though the tab still brings the old one
    assert is_sign_in_page(open_tab(workspace, "account"))
    bring(monkeypatch, renewed)
    assert open_tab(workspace, "account").title[0].value == "Your account"


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("", NEW, NEW, "Type your current password and a new one."),
        (OLD, NEW, NEW + "x", "The two new passwords are not the same."),
        (OLD, "password123", "password123", "everyone tries first"),
        ("wrong", NEW, NEW, "4 more tries"),
    ],
)
def test_what_is_wrong_with_a_change_is_said_and_nothing_changes(
    enter: Enter, workspace: Workspace, current: str, new: str, again: str, said: str
) -> None:
    at = fill(enter(), "password", current, new, again)
    assert said in str(at.error[0].value)
    if current:
        with pytest.raises(SignInError):
            workspace.people.sign_in("ana", NEW)


def test_a_hint_says_how_long_a_password_would_hold(enter: Enter) -> None:
    at = enter()
    said = {}
    for password in ("short", "december2026", "violet harbor", NEW):
        at = at.text_input(key="password_new").set_value(password).run()
        said[password] = words(at)
    assert "at least 10 characters" in said["short"]
    assert "Fair:" in said["december2026"]
    assert "Strong:" in said[NEW]


def test_sessions_are_listed_and_ended_one_by_one(enter: Enter, workspace: Workspace) -> None:
    at = enter()
    people = workspace.people
    ana = people.sign_in("ana", OLD)
    phone = people.open_session(ana, "Mozilla/5.0 (iPhone) Safari/604.1").session_id
    at.run()
    assert "Safari on iPhone" in words(at)
    assert "this browser" in words(at)
    at = at.button(key="sign_out_1").click().run()
    assert people.principal_of_session(phone) is None
    assert "Safari on iPhone" not in words(at)
    assert not is_sign_in_page(at)


def test_all_others_or_all_are_signed_out_at_once(enter: Enter, workspace: Workspace) -> None:
    at = enter()
    people = workspace.people
    ana = people.sign_in("ana", OLD)
    others = [people.open_session(ana).session_id for _ in range(2)]
    at = at.run().button(key="sign_out_others").click().run()
    assert [people.principal_of_session(one) for one in others] == [None, None]
    assert not is_sign_in_page(at)
    people.open_session(ana)
    at = at.run().button(key="sign_out_everywhere").click().run()
    assert is_sign_in_page(at)
    assert people.own_sessions(ana) == ()


def test_a_demo_account_offers_neither_its_password_nor_others_sessions(tab: Tab) -> None:
    tab("account", Role.RETAILER)
    at = tab("account", Role.RETAILER)
    assert not at.text_input
    assert "everybody's" in seen(at)
    assert keys(at) == {"sign_out", "sign_out_here"}


@pytest.mark.parametrize("url", ["", *(spec.url for spec in PAGES)])
def test_every_page_is_choosing_a_password_while_somebody_else_knows_it(
    enter: Enter, url: str
) -> None:
    at = enter(url, must_change=True)
    assert not at.exception
    assert [title.value for title in at.title] == ["Choose a new password"]
    assert len(at.text_input) == 3


def test_once_it_is_chosen_the_page_that_was_asked_for_opens(
    enter: Enter, workspace: Workspace
) -> None:
    at = fill(enter("account", must_change=True), "choose", OLD, NEW)
    assert not at.exception
    assert at.title[0].value == "Your account"
    assert len(tickets_on(at)) == 1
    assert not at.success
    assert not workspace.people.sign_in("ana", NEW).must_change


def test_the_way_out_is_there_before_a_password_is_chosen(enter: Enter) -> None:
    at = enter("tune", must_change=True)
    assert is_sign_in_page(at.button(key="sign_out").click().run())


def test_a_link_leads_to_a_password_and_straight_in(own_tab: Tab, workspace: Workspace) -> None:
    link = workspace.people.add_account(OPERATOR, "bo", Role.ADMIN)
    assert link is not None
    at = open_tab(workspace, reset=link.token)
    assert "bo" in words(at)
    at.text_input(key="reset_new").set_value("password123")
    at.text_input(key="reset_again").set_value("password123")
    at = at.button(key="reset_save").click().run()
    assert "everyone tries first" in str(at.error[0].value)
    at.text_input(key="reset_new").set_value(NEW)
    at.text_input(key="reset_again").set_value(NEW + " ")
    at = at.button(key="reset_save").click().run()
    assert "not the same" in str(at.error[0].value)
    at.text_input(key="reset_again").set_value(NEW)
    at = at.button(key="reset_save").click().run()
    assert not at.exception
    assert not is_sign_in_page(at)
    assert workspace.people.sign_in("bo", NEW).role is Role.ADMIN
    again = open_tab(workspace, reset=link.token)
    assert "was used or is too old" in words(again)
    assert is_sign_in_page(again)


def test_a_guessed_link_says_what_a_used_one_says(tab: Tab, shared_workspace: Workspace) -> None:
    at = open_tab(shared_workspace, reset="guess")
    assert "was used or is too old" in words(at)
    assert is_sign_in_page(at)
