"""The page "List rules" in a browser: a trial by keyboard, and no barrier on any screen."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import PASSWORD, Seen, SignIn, fill_in, settled
from tests.browser.serving import Server

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_the_page_has_no_serious_barrier_and_does_not_scroll_sideways(
    chromium: Browser, server: Server, size: dict[str, int], scheme: str
) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{server.url}/list-rules")
    fill_in(page, "analyst", PASSWORD)
    expect(page.get_by_role("heading", name="Try a rule")).to_be_visible()
    choose_a_vendor(page)
    page.get_by_role("button", name="See what it changes").click()
    expect(page.locator(".st-key-sr-effect")).to_contain_text("Looked at")
    violations = Axe().run(settled(page)).response["violations"]
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    context.close()
    assert [one["id"] for one in violations if one["impact"] in SERIOUS] == []
    assert wide <= size["width"]
