"""Each page of a shop on each screen: no serious barrier, no scrolling sideways."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.mending import place_button, settle
from tests.browser.people import LOOKER
from tests.browser.screens import Look, looking
from tests.browser.serving import Server


def test_no_page_of_a_shop_keeps_anybody_out(screen: Page, server: Server, sign_in: SignIn) -> None:
    sign_in(screen, LOOKER, "for-you")
    with looking(screen) as look:
        for_you(screen, look)
        screen.goto(f"{server.url}/catalogue?mine=You order it")
        catalogue(screen, look)
        screen.goto(f"{server.url}/catalogue?find=xyzzyqq")
        expect(screen.get_by_role("button", name="Show all products")).to_be_visible()
        look("catalogue, nothing found")
        screen.goto(f"{server.url}/stock")
        stock(screen, look)
        screen.goto(f"{server.url}/order")
        order(screen, look)
        screen.goto(f"{server.url}/orders")
        screen.get_by_role("button", name="Open").first.click()
        screen.locator(".st-key-sr-opened").wait_for()
        look("orders, one open")


def for_you(page: Page, look: Look) -> None:
    cards = page.locator('[class*="st-key-sr-card-"]')
    expect(cards.first).to_be_visible()
    look("for you")
    cards.nth(1).get_by_role("button", name="Why this?").click()
    expect(page.locator('[class*="st-key-sr-why-"]')).to_contain_text("The bars add up")
    look("for you, why this")
    page.keyboard.press("Escape")
    page.locator(".st-key-category").get_by_role("button").first.click()
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(page.get_by_role("button", name="Clear filters").first).to_be_visible()
    look("for you, filters")


def catalogue(page: Page, look: Look) -> None:
    cards = page.locator('[class*="st-key-sr-card-"]')
    expect(cards.first).to_be_visible()
    look("catalogue")
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(page.get_by_text("In stock at the vendor")).to_be_visible()
    look("catalogue, filters")
    page.keyboard.press("Escape")
    cards.first.get_by_role("link").first.click()
    expect(page.locator(".st-key-sr-buy")).to_be_visible()
    page.get_by_role("button", name="Show the forecast").click()
    expect(page.locator(".st-key-show-forecast")).to_have_count(0)
    page.get_by_text("Show the orders").click()
    look("product")


def stock(page: Page, look: Look) -> None:
    page.get_by_text("= forecast").wait_for()
    look("stock")
    page.get_by_text("Enter or upload counts").click()
    expect(page.get_by_role("tab", name="Paste or upload")).to_be_visible()
    look("stock, counts")


def order(page: Page, look: Look) -> None:
    page.locator(".st-key-sr-orderpage").wait_for()
    page.locator(".st-key-suggest-go button").click()
    page.locator(".st-key-suggest-put button").wait_for()
    look("order, what is suggested")
    page.locator(".st-key-suggest-put button").click()
    page.locator('[class*="st-key-sr-vendor-"]').first.wait_for()
    page.get_by_role("radio", name="Paste or upload a list").click()
    page.get_by_label("Codes or names, with quantities in pieces").fill("no such thing, 3")
    page.get_by_role("button", name="Look through it").click()
    page.locator(".st-key-sr-pasted").wait_for()
    page.locator(".stToast").first.wait_for(state="detached")
    look("order, a pasted list")
    settle(page)
    place_button(page).click()
    page.get_by_role("dialog").get_by_role("button", name="Not yet").wait_for()
    look("order, asked once more")
    page.get_by_role("dialog").get_by_role("button", name="Not yet").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator('[class*="st-key-sr-vendor-"]')).to_have_count(0)
