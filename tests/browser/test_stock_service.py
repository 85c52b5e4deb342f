"""A vendor's stock and service in a browser: an order goes its way, stock is entered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Seen, SignIn
from tests.browser.people import NEIGHBOUR, SUPPLIER
from tests.browser.screens import settled

URL = "stock-service"
LINES = '.st-key-sr-lines [class*="st-key-sr-line-"]'


def headline(page: Page) -> Locator:
    """What the page says first."""
    return page.get_by_role("heading", level=1)


def test_an_order_is_placed_confirmed_delivered_and_lies_on_the_shelf(
    page: Page, seen: Seen, sign_in: SignIn
) -> None:
    sign_in(page, SUPPLIER, f"{URL}?view=keep&keep=terms")
    least = page.get_by_label("Least value of an order")
    least.fill("0")
    least.press("Enter")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_text("Your change is kept.")).to_be_visible()
    settled(page)
    page.get_by_role("radio", name="Outlook").click()
    page.locator(f".st-key-sr-supply {LINES}").first.wait_for()
    settled(page)  # the last of the list is there too
    offered = codes(page.locator(".st-key-sr-supply"))

    sign_in(page, NEIGHBOUR, "stock")
    code = [one for one in offered if one in codes(page)][-1]  # there is enough of the last
    name = shelf_line(page, code).get_by_role("heading").inner_text()
    page.get_by_text("Enter or upload counts").click()
    keep_counts(page, f"{code}, 0")
    expect(shelf_line(page, code)).to_contain_text("0 on hand")

    sign_in(page, NEIGHBOUR, "order")
    page.get_by_role("radio", name="Paste or upload a list").click()
    page.get_by_label("Codes or names, with quantities in pieces").fill(f"{code}, 1")
    page.get_by_role("button", name="Look through it").click()
    page.get_by_role("button", name=re.compile("on my order$")).click()
    page.get_by_role("button", name="Place order", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Place order for").click()
    expect(headline(page)).to_contain_text("Your order is placed")
    number = str(re.search(r"placed=([^&]+)", page.url)[1])  # type: ignore[index]

    sign_in(page, SUPPLIER, f"{URL}?view=orders")
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

    sign_in(page, NEIGHBOUR, f"orders?order={number}")
    order = page.locator(f'[class*="st-key-sr-line-order-{number}"]')
    expect(order).to_contain_text("Delivered")
    pieces = str(re.search(r"[\d,]+ (?=pieces?\b)", order.first.inner_text())[0])  # type: ignore[index]
    sign_in(page, NEIGHBOUR, "stock")
    expect(shelf_line(page, code)).to_contain_text(re.compile(rf"(?<![\d,]){pieces}on hand"))
    assert seen.errors == []
    assert seen.outside == []


def codes(place: Page | Locator) -> list[str]:
    """Codes of the products in a place, in its order."""
    lines = place.locator(LINES)
    lines.first.wait_for()
    found = lines.evaluate_all("all => all.map(one => one.className)")
    return re.findall(r"st-key-sr-line-(\S+)", " ".join(found))


def shelf_line(page: Page, code: str) -> Locator:
    """A product on the shop's shelf."""
    lines, line = page.locator(LINES), page.locator(f".st-key-sr-line-{code}")
    lines.first.wait_for()
    while not line.count():
        shown = lines.count()
        page.locator(".st-key-more-shelf button").click()
        expect(lines).not_to_have_count(shown)
    return line


def keep_counts(page: Page, lines: str) -> None:
    """Paste counts and keep those that can be."""
    page.get_by_role("tab", name="Paste or upload").click()
    box = page.get_by_label("Paste a list: product code, pieces")
    box.fill(lines)
    box.press("Control+Enter")
    if "\n" in lines:
        expect(page.get_by_text("1 line cannot be taken")).to_be_visible()
    page.get_by_role("button", name="Keep 1 count").click()
    expect(page.get_by_text("Your counts are kept.")).to_be_visible()


@pytest.mark.full
def test_stock_that_is_entered_changes_the_outlook_and_goes_back(
    page: Page, seen: Seen, sign_in: SignIn
) -> None:
    sign_in(page, SUPPLIER, URL)
    code = codes(page.locator(".st-key-sr-supply"))[-1]
    line = page.locator(f".st-key-sr-line-{code}")
    before = line.inner_text()
    page.get_by_role("radio", name="Keep up to date").click()
    keep_counts(page, f"{code}, 0\nnonsense, 4")
    page.get_by_role("radio", name="Outlook").click()
    expect(line).to_contain_text("out now")
    page.reload()
    expect(line).to_contain_text("out now")
    page.get_by_role("radio", name="Keep up to date").click()
    expect(page.get_by_role("tab", name="Type")).to_be_visible()
    assert before
    assert seen.errors == []


@pytest.mark.full
def test_a_shared_address_opens_the_same_view_and_going_back_leaves_it(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, SUPPLIER, f"{URL}?view=service")
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
