"""Clicking away what stands between an order and its placing."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import settled

MOST_MENDS = 12


def place_button(page: Page) -> Locator:
    """The one that asks once more."""
    return page.get_by_role("button", name="Place order", exact=True)


def settle(page: Page) -> None:
    """Click away what stands in the way, as often as it takes."""
    for _ in range(MOST_MENDS):
        settled(page)
        if place_button(page).is_enabled():
            return
        title = page.get_by_role("heading", level=1).inner_text()
        mends = page.get_by_role("button", name="Fill up")
        if not mends.count():
            mends = page.locator('[class*="st-key-mend-"] button')
        mends.first.click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
    raise AssertionError("the order cannot be settled")
