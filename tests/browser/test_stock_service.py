"""A vendor's stock and service in a browser: an order goes its way, stock is entered, nobody is
kept out."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import PASSWORD, Seen, SignIn, fill_in
from tests.browser.screens import barriers, settled, too_wide
from tests.browser.serving import Server

URL = "stock-service"


def headline(page: Page) -> Locator:
    """What the page says first."""
    return page.get_by_role("heading", level=1)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Username", exact=True)).to_be_visible()


def test_an_order_is_placed_confirmed_delivered_and_lies_on_the_shelf(
    page: Page, seen: Seen, sign_in: SignIn, own_server: Server
) -> None:
    sign_in(page, Role.VENDOR, f"{URL}?view=keep&keep=terms", own_server)
    least = page.get_by_label("Least value of an order")
    least.fill("0")
    least.press("Enter")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_text("Your change is kept.")).to_be_visible()
    settled(page)
    code, name = most_free(page)
    sign_out(page)

    sign_in(page, Role.RETAILER, "order", own_server)
    page.get_by_role("radio", name="Paste or upload a list").click()
    page.get_by_label("Codes or names, with quantities in pieces").fill(f"{code}, 1")
    page.get_by_role("button", name="Look through it").click()
    page.get_by_role("button", name=re.compile("on my order$")).click()
    page.get_by_role("button", name="Place order", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Place order for").click()
    expect(headline(page)).to_contain_text("Your order is placed")
    number = str(re.search(r"placed=([^&]+)", page.url)[1])  # type: ignore[index]
    sign_out(page)

    sign_in(page, Role.VENDOR, f"{URL}?view=orders", own_server)
    expect(headline(page)).to_contain_text("1 order waits for you to confirm it")
    row = page.locator(f'[class*="st-key-sr-line-order-{number}"]')
    row.get_by_role("button", name="Open").click()
    expect(page.locator(".st-key-sr-opened")).to_contain_text(name)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(headline(page)).to_contain_text("1 order is to be delivered")
    page.locator(".st-key-sr-opened").get_by_role("button", name="Deliver").click()
    page.get_by_role("button", name="Delivered on that day").click()
    expect(headline(page)).not_to_contain_text("to be delivered")
    page.get_by_role("radio", name="Delivered").click()
    expect(page.locator(f'[class*="st-key-sr-line-order-{number}"]')).to_contain_text("Delivered")
    sign_out(page)

    sign_in(page, Role.RETAILER, f"orders?order={number}", own_server)
    expect(page.locator(f'[class*="st-key-sr-line-order-{number}"]')).to_contain_text("Delivered")
    assert seen.errors == []
    assert seen.outside == []


def most_free(page: Page) -> tuple[str, str]:
    """Code and name of a product of the vendor that there is enough of."""
    page.get_by_role("radio", name="Outlook").click()
    line = page.locator('.st-key-sr-supply .st-key-sr-lines [class*="st-key-sr-line-"]').last
    line.wait_for()
    key = re.search(r"st-key-sr-line-(\S+)", line.get_attribute("class") or "")
    assert key is not None
    return key[1], line.get_by_role("heading").inner_text()


def test_stock_that_is_entered_changes_the_outlook_and_goes_back(
    page: Page, seen: Seen, sign_in: SignIn, own_server: Server
) -> None:
    sign_in(page, Role.VENDOR, URL, own_server)
    code, _ = most_free(page)
    line = page.locator(f".st-key-sr-line-{code}")
    before = line.inner_text()
    page.get_by_role("radio", name="Keep up to date").click()
    page.get_by_role("tab", name="Paste or upload").click()
    box = page.get_by_label("Paste a list: product code, pieces")
    box.fill(f"{code}, 0\nnonsense, 4")
    box.press("Control+Enter")
    expect(page.get_by_text("1 line cannot be taken")).to_be_visible()
    page.get_by_role("button", name="Keep 1 count").click()
    expect(page.get_by_text("Your counts are kept.")).to_be_visible()
    page.get_by_role("radio", name="Outlook").click()
    expect(line).to_contain_text("out now")
    page.reload()
    expect(line).to_contain_text("out now")
    page.get_by_role("radio", name="Keep up to date").click()
    expect(page.get_by_role("tab", name="Type")).to_be_visible()
    assert before
    assert seen.errors == []


def test_a_shared_address_opens_the_same_view_and_going_back_leaves_it(
    page: Page, sign_in: SignIn, own_server: Server
) -> None:
    sign_in(page, Role.VENDOR, f"{URL}?view=service", own_server)
    expect(headline(page)).to_contain_text("of what shops asked for was there")
    bar = page.locator('.st-key-sr-figure-places [aria-roledescription="bar"]').first
    bar.wait_for(state="attached")
    chart = page.locator(".st-key-sr-figure-places canvas, .st-key-sr-figure-places svg.marks")
    box = chart.first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.25 * box["width"], box["y"] + 20)
    expect(page.locator('[class*="st-key-chip-region"]')).to_be_visible()
    assert "region=" in page.url
    page.get_by_role("radio", name="Orders").click()
    expect(headline(page)).to_contain_text(re.compile("order"))
    page.go_back()
    expect(headline(page)).to_contain_text("of what shops asked for was there")


def test_no_serious_barrier_and_no_scrolling_sideways(screen: Page, server: Server) -> None:
    screen.goto(f"{server.url}/{URL}")
    fill_in(screen, "vendor", PASSWORD)
    screen.locator(".st-key-sr-opened").wait_for()
    found, wide = barriers(screen), [too_wide(screen)]
    for view, part in (
        ("Service", ".st-key-sr-data-missed"),
        ("Orders", ".st-key-sr-lines, [class*='st-key-sr-empty']"),
        ("Keep up to date", ".st-key-sr-figure-keep-stock"),
    ):
        screen.get_by_role("radio", name=view).click()
        screen.locator(part).first.wait_for()
        found += barriers(screen)
        wide.append(too_wide(screen))
    for part, key in (("Promotions", "promotions"), ("Products", "product"), ("Terms", "terms")):
        screen.get_by_role("radio", name=part, exact=True).click()
        screen.locator(f".st-key-sr-figure-keep-{key}").wait_for()
        found += barriers(screen)
        wide.append(too_wide(screen))
    assert found == []
    assert max(wide) <= 0
