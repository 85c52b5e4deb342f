"""Signing in and out, as people and attackers with a browser do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pages.registry import PAGES
from smartreco.config import PROJECT
from smartreco.entities import Role
from smartreco.workspace.accounts.demo import USERNAMES
from tests.browser.conftest import Seen, SignIn, fill_in, session_cookie
from tests.browser.people import PASSWORD
from tests.browser.profiles import Profiles
from tests.browser.screens import DESK, PHONE, looking, settled
from tests.browser.serving import Server

ADDRESSES = [spec.url for spec in PAGES]
FILES = sorted({path.stem for path in (PROJECT / "pages").glob("*.py")} - {"__init__"})
FIRST = ("system",)  # at which a cold process is tried in every run

HEADINGS = ["What to order, and why", "Sign in", "Demo accounts"]


def only_the_sign_in_page(page: Page, *, unknown: bool = False) -> None:
    """The form is there and nothing of another page; Streamlit greys an unknown address out."""
    expect(page.get_by_label("Username", exact=True)).to_be_visible()
    settled(page)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(int(unknown))
    expect(page.get_by_test_id("stMain").locator("h1, h2, h3")).to_have_text(HEADINGS)


def through_the_form(page: Page, server: Server, role: Role, url: str) -> None:
    """Open an address as a stranger and sign in there."""
    page.goto(f"{server.url}/{url}")
    fill_in(page, USERNAMES[role], PASSWORD)
    page.get_by_role("button", name="Sign out").first.wait_for(state="attached")
    settled(page)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(one, marks=() if one in FIRST else pytest.mark.full)
        for one in sorted({*ADDRESSES, *FILES})
    ],
)
def test_the_first_stranger_of_a_process_meets_the_sign_in_page(
    page: Page, cold_server: Server, address: str
) -> None:
    page.goto(f"{cold_server.url}/{address}")
    only_the_sign_in_page(page, unknown=address not in ADDRESSES)


@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(ADDRESSES[::6], id="some"),
        pytest.param(ADDRESSES, marks=pytest.mark.full, id="all"),
    ],
)
def test_a_stranger_meets_only_the_sign_in_page(
    page: Page, server: Server, addresses: list[str]
) -> None:
    elsewhere = {}
    for address in addresses:
        page.goto(f"{server.url}/{address}")
        try:
            only_the_sign_in_page(page)
        except AssertionError as error:
            elsewhere[address] = str(error)
    assert elsewhere == {}


def test_an_early_link_is_still_there_after_signing_in(
    page: Page, context: BrowserContext, server: Server
) -> None:
    through_the_form(page, server, Role.RETAILER, "account")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert page.url == f"{server.url}/account"
    page.reload()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    other = context.new_page()
    other.goto(f"{server.url}/account")
    expect(other.get_by_role("heading", name="Your account")).to_be_visible()


def test_the_cookie_is_opaque_and_out_of_reach_of_scripts(
    page: Page, context: BrowserContext, server: Server
) -> None:
    through_the_form(page, server, Role.RETAILER, "account")
    cookie = session_cookie(context)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert len(str(cookie["value"])) >= 43
    assert "retailer" not in str(cookie["value"])
    assert str(cookie["value"]) not in page.evaluate("document.cookie")


def test_wrong_pairs_are_refused_with_the_same_words(page: Page, server: Server) -> None:
    page.goto(server.url)
    words = []
    for username in ("vendor", "nobody-here"):
        fill_in(page, username, "wrong")
        alert = page.get_by_role("alert").filter(has_text="match no account")
        expect(alert).to_be_visible()
        words.append(settled(page).get_by_role("alert").all_inner_texts())
    assert words[0] == words[1]
    only_the_sign_in_page(page)


def test_signing_out_is_final_for_the_cookie_too(
    page: Page, context: BrowserContext, profiles: Profiles, server: Server
) -> None:
    through_the_form(page, server, Role.ANALYST, "account")
    copied = session_cookie(context)
    page.get_by_role("button", name="Sign out").first.click()
    only_the_sign_in_page(page)
    page.go_back()
    only_the_sign_in_page(page)
    with profiles.open(DESK) as thief:
        thief.add_cookies([copied])  # type: ignore[list-item]
        stolen = thief.new_page()
        stolen.goto(f"{server.url}/account")
        only_the_sign_in_page(stolen)


def test_another_role_is_told_for_whom_a_page_is(page: Page, sign_in: SignIn) -> None:
    sign_in(page, Role.VENDOR, "system")
    expect(page.get_by_text("This page is for administrators.")).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("link", name="Demand").click()
    expect(page).to_have_url(re.compile("/demand"))
    expect(page.get_by_text("This page is for administrators.")).to_have_count(0)


def test_one_click_on_a_phone_opens_a_demo_account(profiles: Profiles, server: Server) -> None:
    with profiles.open(PHONE, touch=True) as phone:
        page = phone.new_page()
        page.goto(f"{server.url}/account")
        page.get_by_role("button", name="Use product manager").tap()
        expect(page.get_by_role("heading", name="Your account")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_is_asked_of_another_host_and_no_error_is_logged(
    page: Page, seen: Seen, server: Server
) -> None:
    through_the_form(page, server, Role.ADMIN, "account")
    page.get_by_role("link", name="System").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    assert seen.outside == []
    assert seen.errors == []


def test_the_sign_in_page_has_no_serious_barrier(screen: Page, server: Server) -> None:
    screen.goto(server.url)
    only_the_sign_in_page(screen)
    with looking(screen) as look:
        look("sign in")
