"""The page "List rules" in a browser: a trial by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Seen, SignIn
from tests.browser.screens import settled


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
