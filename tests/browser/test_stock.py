"""The page "Stock and forecast" in a browser: pick a bar, order, count where nothing is counted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Seen, SignIn
from tests.browser.people import STOCKIST, UNCOUNTED
from tests.browser.screens import settled


def lines(page: Page) -> Locator:
    """Lines of the shelf."""
    return page.locator('.st-key-sr-lines [class*="st-key-sr-line-"]')


def bars(page: Page) -> Locator:
    """Bars of the chart of when products run out."""
    return page.locator('.st-key-sr-spans [aria-roledescription="bar"]')


def test_a_shop_chooses_how_sure_to_be_picks_a_bar_and_orders(
    page: Page, seen: Seen, sign_in: SignIn
) -> None:
    sign_in(page, STOCKIST, "stock")
    expect(page.get_by_role("heading", level=1)).to_contain_text("before your next delivery")
    expect(lines(page).first).to_contain_text("95% sure")
    page.locator(".st-key-stock-service").get_by_role("radio", name="98%").click()
    expect(lines(page).first).to_contain_text("98% sure")
    chart = page.locator(".st-key-sr-spans canvas, .st-key-sr-spans svg.marks").first
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    pick_some_bar(page, box)
    expect(page.get_by_role("button", name="Show all products again")).to_be_visible()
    name = lines(page).first.get_by_role("heading").inner_text()
    lines(page).first.get_by_role("button", name=re.compile(r"^Add|^\d+ (case|piece)")).click()
    expect(lines(page).first.get_by_role("button", name="In order")).to_be_disabled()
    page.get_by_role("button", name="Show all products again").click()
    expect(page.get_by_role("button", name="Show all products again")).to_have_count(0)
    page.get_by_role("button", name=re.compile("worth ordering")).click()
    expect(page.get_by_role("button", name=re.compile("worth ordering"))).to_have_count(0)
    page.locator(".st-key-sr-answer").get_by_role("link", name="Your order").click()
    expect(page.locator("[data-testid=stMain]")).to_contain_text(name)
    assert seen.errors == []
    assert seen.outside == []


def pick_some_bar(page: Page, box: dict[str, float]) -> None:
    """Click along the foot of the bars until one is hit: the first spans may be empty."""
    unpick = page.get_by_role("button", name="Show all products again")
    for part in (0.1, 0.3, 0.5, 0.7, 0.9):
        page.mouse.click(box["x"] + part * box["width"], box["y"] + 0.70 * box["height"])
        page.wait_for_timeout(700)
        settled(page)
        if unpick.count():
            return


@pytest.mark.full
def test_an_outlook_opens_on_its_line(page: Page, sign_in: SignIn) -> None:
    sign_in(page, Role.RETAILER, "stock")
    line = lines(page).filter(has_text="of cover").filter(has_not_text="out now").first
    line.get_by_role("button", name="Outlook").click()
    opened = page.locator('[class*="st-key-sr-why-"]')
    expect(opened).to_contain_text("in 80 of 100 weeks")
    expect(opened.locator("[aria-label*='Your stock']").first).to_be_attached()


@pytest.mark.full
def test_counts_are_pasted_where_none_are_and_say_what_runs_out(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, UNCOUNTED, "stock")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Count your shelf"))
    key = lines(page).first.get_attribute("class") or ""
    found = re.search(r"st-key-sr-line-(\S+)", key)
    assert found is not None
    page.get_by_role("tab", name="Paste or upload").click()
    box = page.get_by_label("Paste a list: product code, pieces")
    box.fill(f"{found[1]}, 0\nnonsense, 4")
    box.press("Control+Enter")
    expect(page.get_by_text("1 line cannot be taken")).to_be_visible()
    page.get_by_role("button", name="Keep 1 count").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 product runs out")
    expect(lines(page).first).to_contain_text("out now")
    page.get_by_role("button", name="Take the last counts back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Count your shelf")
