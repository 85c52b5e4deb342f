"""Tune in a browser: a slider moves figures, a version reaches another browser and goes again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import PASSWORD, Picture, Seen, SignIn, fill_in
from tests.browser.screens import DESK, barriers, settled, too_wide
from tests.browser.serving import Server

MADE = 120_000  # milliseconds: the bench is made when it is first asked for
CARDS = '[class*="st-key-sr-card-"]'


def figures(page: Page) -> str:
    """All that the cards say."""
    return page.locator(".st-key-sr-tune-figures .gauges").inner_text()


def on_the_bench(page: Page) -> Page:
    page.locator(".st-key-sr-tune-figures").wait_for(timeout=MADE)
    return settled(page)


def turn(page: Page, signal: str, key: str) -> None:
    """Push one slider to an end, by keyboard."""
    slider = page.get_by_role("slider", name=re.compile(f"^{signal}")).first
    slider.focus()
    slider.press(key)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Against version")
    settled(page)


def discoveries(page: Page, server: Server) -> list[str]:
    """What a shop reads on its list of new products, once no more of it is drawn."""
    page.goto(f"{server.url}/for-you")
    cards = page.locator(f"{CARDS} .card")
    cards.first.wait_for()
    found, read = cards.all_inner_texts(), [""]
    while found != read:
        settled(page).wait_for_timeout(500)
        found, read = cards.all_inner_texts(), found
    return found


def test_a_version_reaches_a_shop_in_another_browser_and_its_list_comes_back_exactly(
    chromium: Browser, page: Page, seen: Seen, sign_in: SignIn, own_server: Server,
    picture: Picture,
) -> None:  # fmt: skip
    other = chromium.new_context(viewport=DESK)
    other.set_default_timeout(60_000)
    shop = other.new_page()
    sign_in(shop, Role.RETAILER, "for-you", own_server)
    before = discoveries(shop, own_server)

    page.set_default_timeout(60_000)
    sign_in(page, Role.ANALYST, "tune", own_server)
    on_the_bench(page)
    start = figures(page)
    turn(page, "Likeness of products", "End")
    expect(page.locator(".st-key-sr-tune-figures .gauges")).not_to_have_text(start)
    assert "unchanged" not in figures(page)
    picture("1-moved")
    page.get_by_role("button", name="Publish …").click()
    page.get_by_label("Why").fill("Only likeness, for a trial")
    page.get_by_role("button", name="Publish to every shop").click()
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text("Version 2 decides what shops see")
    picture("2-published")
    assert discoveries(shop, own_server) != before

    page.get_by_role("button", name="Roll back to version 1").click()
    expect(headline).to_have_text("Version 1 decides what shops see")
    picture("3-rolled-back")
    assert discoveries(shop, own_server) == before
    other.close()
    assert seen.errors == []
    assert seen.outside == []


@pytest.mark.full
def test_no_barrier_and_no_scrolling_sideways_on_any_screen(screen: Page, server: Server) -> None:
    screen.set_default_timeout(60_000)
    screen.goto(f"{server.url}/tune")
    fill_in(screen, "analyst", PASSWORD)
    on_the_bench(screen)
    found: dict[str, list[object]] = {}
    turn(screen, "What similar shops order", "PageUp")
    for part, place in (
        ("Accuracy against breadth", ".st-key-sr-figure-plane"),
        ("Lists of three shops", ".st-key-sr-trial"),
        ("Kinds of shops", ".st-key-sr-data-segments"),
        ("Search", ".st-key-sr-searchform"), ("Publish", ".st-key-sr-publishform"),
        ("Versions", ".st-key-sr-tune-log"),
    ):  # fmt: skip
        screen.get_by_role("radio", name=part, exact=True).click()
        screen.locator(place).wait_for()
        settled(screen).wait_for_timeout(500)  # colours fade
        wide = too_wide(screen)
        found[part] = [*barriers(screen), *([wide] if wide > 0 else [])]
    assert found == {name: [] for name in found}
