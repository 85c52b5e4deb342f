"""The loop in a real browser: choose, edit, place, come back, find the order, cancel it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import PASSWORD, Seen, SignIn, fill_in
from tests.browser.screens import barriers, settled, too_wide
from tests.browser.serving import Server

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


def test_an_order_is_chosen_edited_placed_found_again_and_cancelled(
    page: Page, seen: Seen, sign_in: SignIn, own_server: Server
) -> None:
    sign_in(page, Role.RETAILER, "for-you", own_server)
    page.locator('[class*="st-key-sr-line-"]').first.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Review and place").click()
    line = page.locator('[class*="st-key-sr-draftline-"]').first
    before = line.locator(".line-value").inner_text()
    line.get_by_role("spinbutton").press("ArrowUp")
    line.get_by_role("spinbutton").press("Enter")
    expect(line.locator(".line-value")).not_to_have_text(before)
    settle(page)
    page.get_by_label("Note to the order").fill("Gate 3")
    page.get_by_label("Note to the order").press("Tab")
    place_button(settled(page)).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("dated")
    total = asked.get_by_role("button", name="Place order for").inner_text().split()[-1]
    asked.get_by_role("button", name="Place order for").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your order is placed")
    number = str(re.search(r"placed=([^&]+)", page.url)[1])  # type: ignore[index]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Username", exact=True)).to_be_visible()
    sign_in(page, Role.RETAILER, "orders", own_server)
    row = page.locator('[class*="st-key-sr-line-order-"]', has_text=number)
    expect(row).to_contain_text("Placed")
    expect(row).to_contain_text(total)
    row.get_by_role("button", name="Open").click()
    expect(page.get_by_text("Your note: Gate 3")).to_be_visible()
    page.get_by_role("button", name="Cancel this order").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the order").click()
    expect(page.get_by_text("This order is cancelled")).to_be_visible()
    expect(row).to_contain_text("Cancelled")
    assert seen.errors == []
    assert seen.outside == []


def test_a_word_that_goes_away_by_itself_leaves_the_look_of_the_page(
    page: Page, sign_in: SignIn, own_server: Server
) -> None:
    sign_in(page, Role.RETAILER, "for-you", own_server)
    card = page.locator('[class*="st-key-sr-card-"]').first
    card.get_by_role("button", name="Not for me").click()
    page.get_by_role("button", name=re.compile("^Not for me \\(")).click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".stToast")).to_contain_text("is back")
    expect(page.locator(".st-key-sr-account")).to_have_css("position", "fixed")


def test_the_pages_have_no_serious_barrier_and_do_not_scroll_sideways(
    screen: Page, own_server: Server
) -> None:
    screen.goto(f"{own_server.url}/order")
    fill_in(screen, "retailer", PASSWORD)
    screen.locator(".st-key-sr-orderpage").wait_for()
    if screen.get_by_role("button", name="Clear", exact=True).count():
        screen.get_by_role("button", name="Clear", exact=True).click()
    screen.locator(".st-key-suggest-go button").click()
    screen.locator(".st-key-suggest-put button").wait_for()
    found = barriers(screen)
    screen.locator(".st-key-suggest-put button").click()
    screen.locator('[class*="st-key-sr-vendor-"]').first.wait_for()
    screen.get_by_role("radio", name="Paste or upload a list").click()
    screen.get_by_label("Codes or names, with quantities in pieces").fill("no such thing, 3")
    screen.get_by_role("button", name="Look through it").click()
    screen.locator(".st-key-sr-pasted").wait_for()
    screen.locator(".stToast").first.wait_for(state="detached")
    found += barriers(screen)
    wide = [too_wide(screen)]
    settle(screen)
    place_button(screen).click()
    screen.get_by_role("dialog").get_by_role("button", name="Not yet").wait_for()
    found += barriers(screen)
    screen.get_by_role("dialog").get_by_role("button", name="Not yet").click()
    expect(screen.get_by_role("dialog")).to_have_count(0)
    screen.goto(f"{own_server.url}/orders")
    screen.get_by_role("button", name="Open").first.click()
    screen.locator(".st-key-sr-opened").wait_for()
    found += barriers(screen)
    wide.append(too_wide(screen))
    assert found == []
    assert max(wide) <= 0
