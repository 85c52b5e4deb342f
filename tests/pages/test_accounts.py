"""The page "Accounts": found, invited, changed, shut out and let in; each act said and audited."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.admin.accounts import page
from smartreco.entities import OPERATOR, Role
from smartreco.errors import SignInError
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from tests.pages.conftest import Tab, keys, seen

GOOD = "wombat lantern oyster 7"


@pytest.fixture
def staff(workspace: Workspace) -> Workspace:
    """A store with two people of its own, one of them invited."""
    people = workspace.people
    people.add_account(OPERATOR, "mira", Role.ANALYST, name="Mira <b>", password=GOOD,
                       must_change=False)  # fmt: skip
    people.add_account(OPERATOR, "nils", Role.PRODUCT_MANAGER, name="Nils")
    return workspace


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def opened(tab: Tab, who: str) -> AppTest:
    return press(tab("accounts", Role.ADMIN), f"open-account-{who}")


def toasts(at: AppTest) -> str:
    return " ".join(str(one.value) for one in at.toast).replace("\\", "")


def shown_links(at: AppTest) -> list[str]:
    return [str(one.value) for one in at.code]


def acts(workspace: Workspace, action: str) -> int:
    return workspace.people.audit_trail(OPERATOR, action=action)[1]


def test_the_number_comes_first_then_each_account_with_its_state(
    own_tab: Tab, staff: Workspace
) -> None:
    at = own_tab("accounts", Role.ADMIN)
    assert at.title[0].value.replace("\\", "") == f"{len(USERNAMES) + 2} accounts, 1 invited"
    text = seen(at)
    assert "Mira <b>" in text
    assert "Mira &lt;b&gt;" in "".join(str(one.value) for one in at.html)
    assert "nils · Product manager" in text
    shop = staff.people.account(OPERATOR, USERNAMES[Role.RETAILER]).retailer_id
    (held,) = staff.people.bound_to(OPERATOR, Role.RETAILER, [str(shop)]).values()
    assert held.name in text


def test_filters_find_accounts_and_nothing_found_is_said(own_tab: Tab, staff: Workspace) -> None:
    at = own_tab("accounts", Role.ADMIN)
    at.selectbox(key="address-state").set_value("invited").run()
    assert "1 account fits" in seen(at)
    assert "mira" not in seen(at)
    at.selectbox(key="address-role").set_value("vendor").run()
    assert "No account fits" in seen(at)
    press(at, "empty-accounts")
    assert "mira" in seen(at)
    at.text_input(key="accounts-search").set_value("MIR").run()
    assert {key for key in keys(at) if key.startswith("open-account-")} == {"open-account-mira"}


def test_an_invitation_is_a_link_that_is_shown_once_and_works(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = own_tab("accounts", Role.ADMIN)
    assert at.button(key="account-add").disabled
    at.text_input(key="add-name-0").set_value("Lena")
    at.text_input(key="add-username-0").set_value("Lena")
    at.selectbox(key="add-role-0").set_value(Role.ANALYST).run()
    press(at, "account-add")
    (link,) = shown_links(at)
    assert "/?reset=" in link
    token = link.partition("reset=")[2]
    assert workspace.people.reset_is_open(token)
    assert at.text_input(key="add-username-1").value == ""
    assert token not in seen(at)
    press(at, "link-done")
    assert shown_links(at) == []
    assert token not in str(workspace.people.audit_trail(OPERATOR, limit=500))
    assert workspace.people.use_reset(token, GOOD).username == "lena"
    assert acts(workspace, "account added") == 1


def test_a_shop_is_chosen_by_its_name_and_needed(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("accounts", Role.ADMIN)
    at.text_input(key="add-username-0").set_value("kiosk").run()
    assert at.selectbox(key="add-role-0").value is Role.RETAILER
    assert at.button(key="account-add").disabled
    shops = at.selectbox(key="bind-add-0-retailer")
    assert len(shops.options) == 40
    (wanted, *_), _ = workspace.people.bindable(OPERATOR, Role.RETAILER)
    shops.set_value(wanted.id).run()
    assert wanted.name in at.selectbox(key="bind-add-0-retailer").options[0]
    press(at, "account-add")
    assert workspace.people.account(OPERATOR, "kiosk").retailer_id == wanted.id


def test_many_shops_are_searched(
    own_tab: Tab, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.admin.accounts.binding.FEW", 5)
    (_, _, wanted), _ = workspace.people.bindable(OPERATOR, Role.RETAILER, limit=3)
    at = own_tab("accounts", Role.ADMIN)
    assert "The first 5 of 40" in seen(at)
    at.text_input(key="find-add-0-retailer").set_value(wanted.id).run()
    assert [wanted.name in one for one in at.selectbox(key="bind-add-0-retailer").options] == [True]
    at.text_input(key="find-add-0-retailer").set_value("no such shop").run()
    assert "None has these words" in seen(at)


@pytest.mark.parametrize("username", ["x", "has blank", USERNAMES[Role.ANALYST]])
def test_a_username_that_cannot_be_is_refused_in_words(
    own_tab: Tab, workspace: Workspace, username: str
) -> None:
    at = own_tab("accounts", Role.ADMIN)
    at.text_input(key="add-username-0").set_value(username)
    at.selectbox(key="add-role-0").set_value(Role.ANALYST).run()
    press(at, "account-add")
    assert "That did not work: a username" in toasts(at)
    assert shown_links(at) == []
    assert acts(workspace, "account added") == 0


def test_shutting_out_is_asked_again_and_letting_in_is_not(own_tab: Tab, staff: Workspace) -> None:
    at = press(opened(own_tab, "mira"), "account-disable")
    assert not staff.people.account(OPERATOR, "mira").disabled
    press(at, "account-sure")
    assert staff.people.account(OPERATOR, "mira").disabled
    assert "1 disabled" in at.title[0].value
    press(at, "account-enable")
    assert not staff.people.account(OPERATOR, "mira").disabled
    assert acts(staff, "account disabled") == acts(staff, "account enabled") == 1


def test_a_new_link_ends_the_old_password(own_tab: Tab, staff: Workspace) -> None:
    at = press(opened(own_tab, "mira"), "account-reset")
    assert shown_links(at) == []
    press(at, "account-sure")
    (link,) = shown_links(at)
    assert staff.people.reset_is_open(link.partition("reset=")[2])
    assert staff.people.account(OPERATOR, "mira").invited


def test_sessions_of_others_can_be_ended(own_tab: Tab, staff: Workspace) -> None:
    holder = staff.people.sign_in("mira", GOOD)
    session = staff.people.open_session(holder).session_id
    at = own_tab("accounts", Role.ADMIN)
    assert "in 1 browser now" in seen(at)
    press(press(press(at, "open-account-mira"), "account-end"), "account-sure")
    assert staff.people.principal_of_session(session) is None


def test_a_locked_name_is_opened(own_tab: Tab, staff: Workspace) -> None:
    for _ in range(5):
        with pytest.raises(SignInError):
            staff.people.sign_in("mira", "wrong words here 1")
    at = own_tab("accounts", Role.ADMIN)
    assert "1 locked just now" in at.title[0].value
    press(press(at, "open-account-mira"), "account-unlock")
    assert staff.people.account(OPERATOR, "mira").locked_until is None
    assert staff.people.sign_in("mira", GOOD).username == "mira"


def test_name_role_and_binding_change_together(own_tab: Tab, staff: Workspace) -> None:
    at = opened(own_tab, "mira")
    assert at.button(key="account-change").disabled
    at.selectbox(key="role-mira").set_value(Role.VENDOR).run()
    assert at.button(key="account-change").disabled
    (wanted, *_), _ = staff.people.bindable(OPERATOR, Role.VENDOR)
    at.selectbox(key="bind-change-mira-vendor").set_value(wanted.id)
    at.text_input(key="name-mira").set_value("Mira K").run()
    press(at, "account-change")
    now = staff.people.account(OPERATOR, "mira")
    assert (now.name, now.role, now.vendor_id) == ("Mira K", Role.VENDOR, wanted.id)
    assert wanted.name in seen(at)


def test_ones_own_account_and_demo_ones_offer_only_what_can_be_done(
    own_tab: Tab, staff: Workspace
) -> None:
    at = opened(own_tab, USERNAMES[Role.ADMIN])
    assert "This is your own account" in seen(at)
    assert not {"account-disable", "account-reset", "account-end"} & keys(at)
    press(at, f"open-account-{USERNAMES[Role.VENDOR]}")
    assert "account-disable" in keys(at)
    assert not {"account-reset", "account-change"} & keys(at)


def test_many_accounts_come_a_page_at_a_time(
    own_tab: Tab, staff: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "SHOWN", 3)
    at = own_tab("accounts", Role.ADMIN)
    there = {key for key in keys(at) if key.startswith("open-account-")}
    assert len(there) == 3
    at.session_state[f"accounts-page-{hash(page.Wanted())}"] = 2
    at.run()
    then = {key for key in keys(at) if key.startswith("open-account-")}
    assert len(then) == 3
    assert not there & then
