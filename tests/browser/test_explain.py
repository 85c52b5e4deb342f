""" "Explain the model" and "After publishing" in a browser: by keyboard, and without barriers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Seen, SignIn
from tests.browser.screens import barriers, settled, too_wide
from tests.browser.serving import Server


@pytest.mark.full
def test_from_a_list_to_its_what_ifs_and_back_by_keyboard(
    page: Page, seen: Seen, sign_in: SignIn
) -> None:
    sign_in(page, Role.ANALYST, "explain-model")
    title = page.locator(".st-key-sr-head h1")
    expect(title).to_contain_text("Rank 1 on “New for the shop”")
    shop = page.get_by_role("combobox", name="Shop")
    shop.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("retailer="), timeout=30_000)
    settled(page)
    expect(title).to_contain_text("Rank 1 on")
    page.get_by_role("radio", name="What would change it").press("Enter")
    expect(page.get_by_text("Every rank here was found by making the list again")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Every addend", exact=True)).to_be_visible()
    assert seen.errors == []
    assert seen.outside == []


def test_both_pages_have_no_serious_barrier_and_do_not_scroll_sideways(
    screen: Page, server: Server, sign_in: SignIn
) -> None:
    sign_in(screen, Role.ANALYST, "explain-model")
    for view, text in (("", "Every addend"), ("change", "Every rank here"), ("near", "Products")):
        screen.goto(f"{server.url}/explain-model?view={view}")
        expect(screen.get_by_text(text).first).to_be_visible()
        assert barriers(screen) == []
        assert too_wide(screen) <= 0
    screen.goto(f"{server.url}/after-publishing")
    expect(screen.get_by_text("What this cannot tell", exact=True)).to_be_visible()
    assert barriers(screen) == []
    assert too_wide(screen) <= 0
