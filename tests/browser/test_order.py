"""The loop in a real browser: choose, edit, place, come back, find the order, cancel it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, Seen, SignIn
from tests.browser.mending import place_button, settle
from tests.browser.people import BUYER
from tests.browser.screens import settled
from tests.browser.serving import Server


def test_an_order_is_chosen_edited_placed_found_again_and_cancelled(
    page: Page, seen: Seen, sign_in: SignIn, picture: Picture
) -> None:
    sign_in(page, BUYER, "for-you")
    picture("1-for-you")
    page.locator('[class*="st-key-sr-line-"]').first.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Review and place").click()
    line = page.locator('[class*="st-key-sr-draftline-"]').first
    before = line.locator(".line-value").inner_text()
    line.get_by_role("spinbutton").press("ArrowUp")
    line.get_by_role("spinbutton").press("Enter")
    expect(line.locator(".line-value")).not_to_have_text(before)
    settle(page)
    picture("2-order")
    page.get_by_label("Note to the order").fill("Gate 3")
    page.get_by_label("Note to the order").press("Tab")
    place_button(settled(page)).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("dated")
    total = asked.get_by_role("button", name="Place order for").inner_text().split()[-1]
    asked.get_by_role("button", name="Place order for").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your order is placed")
    picture("3-placed")
    number = str(re.search(r"placed=([^&]+)", page.url)[1])  # type: ignore[index]
    sign_in(page, BUYER, "orders")
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


def test_from_the_sign_in_to_a_placed_order_in_at_most_ten_clicks(
    page: Page, seen: Seen, own_server: Server
) -> None:
    page.goto(own_server.url)
    page.evaluate(
        "window.clicks = 0; addEventListener('click', e => e.isTrusted && clicks++, true)"
    )
    page.get_by_role("button", name="Use retailer").click()
    page.get_by_role("button", name=re.compile("^Add (all due|the other)")).click()
    page.get_by_role("link", name="Review and place").click()
    settle(settled(page))
    place_button(settled(page)).click()
    page.get_by_role("dialog").get_by_role("button", name="Place order for").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your order is placed")
    assert 4 < page.evaluate("clicks") <= 10
    assert seen.errors == []


def test_a_word_that_goes_away_by_itself_leaves_the_look_of_the_page(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, BUYER, "for-you")
    card = page.locator('[class*="st-key-sr-card-"]').first
    card.get_by_role("button", name="Not for me").click()
    page.get_by_role("button", name=re.compile("^Not for me \\(")).click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".stToast")).to_contain_text("is back")
    expect(page.locator(".st-key-sr-account")).to_have_css("position", "fixed")
