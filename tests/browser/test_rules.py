"""The page "List rules" in a browser: a trial by keyboard, and no barrier on any screen."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from smartreco.entities import Role
from tests.browser.conftest import PASSWORD, Seen, SignIn, fill_in
from tests.browser.screens import barriers, settled, too_wide
from tests.browser.serving import Server


def choose_a_vendor(page: Page) -> None:
    """Take the first vendor of the list, by keyboard."""
    page.get_by_role("combobox", name="Vendor").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)


def test_a_trial_by_keyboard_shows_what_it_costs(page: Page, seen: Seen, sign_in: SignIn) -> None:
    sign_in(page, Role.ANALYST, "list-rules")
    expect(page.get_by_text("Lists are ordered by score alone")).to_be_visible()
    choose_a_vendor(page)
    ask = page.get_by_role("button", name="See what it changes")
    expect(ask).to_be_enabled()
    ask.press("Enter")
    effect = page.locator(".st-key-sr-effect")
    expect(effect).to_contain_text("Looked at")
    expect(page.get_by_role("button", name="Publish this rule")).to_be_visible()
    assert seen.errors == []
    assert seen.outside == []


def test_the_page_has_no_serious_barrier_and_does_not_scroll_sideways(
    screen: Page, server: Server
) -> None:
    screen.goto(f"{server.url}/list-rules")
    fill_in(screen, "analyst", PASSWORD)
    expect(screen.get_by_role("heading", name="Try a rule")).to_be_visible()
    choose_a_vendor(screen)
    screen.get_by_role("button", name="See what it changes").click()
    expect(screen.locator(".st-key-sr-effect")).to_contain_text("Looked at")
    assert barriers(screen) == []
    assert too_wide(screen) <= 0
