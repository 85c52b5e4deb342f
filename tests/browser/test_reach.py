"""The vendor's page "Reach" in a browser: bars and filters narrow it, a link brings it back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Picture, Seen, SignIn
from tests.browser.people import COLLEAGUE, RIVAL
from tests.browser.profiles import Profiles
from tests.browser.screens import DESK, settled

MINUTE = 90_000  # until shops to win are learned, once for an application


def rows(page: Page) -> Locator:
    """Shops to win."""
    return page.locator(".st-key-sr-data-space tbody tr")


def heading(page: Page) -> Locator:
    """The answer."""
    return page.get_by_role("heading", level=1)


def drawn(page: Page) -> Page:
    """Wait until shops to win are there; the page fills by itself."""
    expect(rows(page).first).to_be_visible(timeout=MINUTE)
    return settled(page)


def test_a_bar_and_a_filter_narrow_the_list_which_is_taken_along(
    page: Page, seen: Seen, sign_in: SignIn, picture: Picture, tmp_path: Path
) -> None:
    drawn(sign_in(page, Role.VENDOR, "reach"))
    picture("1-white-space")
    whole = heading(page).inner_text()
    assert "are expected to bring" in whole
    bars = page.locator('.st-key-sr-figure-space [aria-roledescription="bar"]')
    bars.first.scroll_into_view_if_needed()
    bars.first.click(force=True)
    expect(page).to_have_url(re.compile("region="))
    expect(heading(page)).not_to_have_text(whole)
    drawn(page)
    bars.first.scroll_into_view_if_needed()  # one region is left: its products are next
    bars.first.click(force=True)
    expect(page).to_have_url(re.compile("region=.*product=|product=.*region="))
    drawn(page)
    product = rows(page).first.locator("td .name").first.inner_text()
    expect(heading(page)).to_contain_text(product)
    picture("2-one-product")
    with page.expect_download() as download:
        page.get_by_role("button", name="Shops to win as CSV").click()
    file = tmp_path / "shops.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as text:
        lines = list(csv.DictReader(text))
    assert {line["product"] for line in lines} == {product}
    assert lines[0]["shop"] == rows(page).first.locator("th .name").inner_text()
    assert all(line["why"] and float(line["expected value"]) > 0 for line in lines)
    page.get_by_role("button", name="Clear all").click()
    expect(heading(page)).to_have_text(whole)
    assert seen.errors == []
    assert seen.outside == []


@pytest.mark.full
def test_a_link_restores_the_view_for_a_colleague_and_shows_a_rival_nothing_of_it(
    profiles: Profiles, page: Page, sign_in: SignIn
) -> None:
    drawn(sign_in(page, Role.VENDOR, "reach?by=product"))
    bar = page.locator('.st-key-sr-figure-space [aria-roledescription="bar"]').first
    bar.scroll_into_view_if_needed()
    bar.click(force=True)
    expect(page).to_have_url(re.compile("product="))
    drawn(page)
    page.get_by_role("radio", name="Distribution", exact=True).click()
    expect(page).to_have_url(re.compile("view=distribution"))
    expect(page.get_by_text("no figure is about a single shop")).to_be_visible()
    settled(page)
    link, answer = page.url, heading(page).inner_text()
    product = page.locator(".st-key-sr-filterchips button").first.inner_text().split("\n")[0]
    with profiles.open(DESK) as theirs:
        other = sign_in(theirs.new_page(), COLLEAGUE, link)
        expect(other.get_by_text("no figure is about a single shop")).to_be_visible()
        assert heading(settled(other)).inner_text() == answer
        assert other.url == link
    with profiles.open(DESK) as theirs:
        other = sign_in(theirs.new_page(), RIVAL, link)
        expect(other.get_by_text("no figure is about a single shop")).to_be_visible()
        expect(other).not_to_have_url(re.compile("product="))
        expect(other.locator("[data-testid=stMain]")).not_to_contain_text(product)


@pytest.mark.full
def test_tabs_are_walked_by_keyboard_and_going_back_returns(page: Page, sign_in: SignIn) -> None:
    drawn(sign_in(page, Role.VENDOR, "reach"))
    page.get_by_role("radio", name="White space").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("view=distribution"))
    expect(rows(page)).to_have_count(0)
    page.go_back()
    drawn(page)
    page.get_by_role("button", name="What this means and where it comes from").first.click()
    expect(page.locator(".st-key-sr-why-reach-answer")).to_contain_text("Numeric distribution")
