"""Administration in a browser: a colleague is invited by link, and what was done is read."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Seen, SignIn
from tests.browser.profiles import Profiles
from tests.browser.screens import DESK, looking, settled

CHOSEN = "otter Magnet 91 quilt"


def test_an_invited_colleague_signs_in_by_the_link_and_it_is_in_the_log(
    page: Page, seen: Seen, sign_in: SignIn, profiles: Profiles
) -> None:
    sign_in(page, Role.ADMIN, "accounts")
    form = page.locator(".st-key-sr-account-form")
    make = page.get_by_role("button", name="Make the link")
    make.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)  # a page that still scrolls closes an open list
    form.get_by_role("combobox", name="Role").click()
    page.get_by_role("option", name="Analyst", exact=True).click()
    settled(page)
    form.get_by_role("textbox", name="Their name").fill("Lena")
    form.get_by_role("textbox", name="Their username").fill("lena")
    page.keyboard.press("Tab")
    settled(page)
    expect(make).to_be_enabled()
    make.click()
    link = page.locator(".st-key-sr-once code").inner_text()
    with profiles.open(DESK) as theirs:
        browser = theirs.new_page()
        browser.goto(link)
        browser.get_by_role("textbox", name="New password", exact=True).fill(CHOSEN)
        browser.get_by_role("textbox", name="New password again").fill(CHOSEN)
        browser.get_by_role("button", name="Save and sign in").click()
        browser.get_by_role("button", name="Sign out").first.wait_for(state="attached")
        expect(settled(browser).get_by_role("link", name="Tune").first).to_be_attached()
    page.get_by_role("button", name="I have copied it").click()
    expect(page.locator(".st-key-sr-once")).to_have_count(0)
    page.goto(page.url.replace("/accounts", "/audit?search=lena"))
    said = page.locator(".st-key-sr-audit-lines summary").filter(has_text="added the account lena")
    expect(said).to_be_visible()
    said.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open] dd").filter(has_text="account added")).to_be_visible()
    assert seen.errors == []
    assert seen.outside == []


def test_the_pages_of_administration_have_no_serious_barrier(screen: Page, sign_in: SignIn) -> None:
    sign_in(screen, Role.ADMIN, "accounts")
    with looking(screen) as look:
        look("accounts")
        screen.locator('[class*="st-key-open-account-"] button').first.click()
        screen.locator(".st-key-sr-opened").wait_for()
        look("an opened account")
        base = screen.url.split("/accounts")[0]
        screen.goto(f"{base}/audit")
        screen.locator(".st-key-sr-audit-lines").wait_for()
        look("audit log")
        screen.locator(".st-key-sr-audit-lines summary").first.click()
        look("an opened act")
        for view, drawn in (
            ("now", ".facts"), ("times", ".st-key-sr-data-response table"),
            ("errors", ".st-key-sr-section-failing"), ("tables", ".st-key-sr-data-tables table"),
            ("program", ".st-key-sr-data-versions-of table"),
        ):  # fmt: skip
            screen.goto(f"{base}/system?view={view}")
            screen.locator(drawn).first.wait_for()
            look(f"system, {view}")
