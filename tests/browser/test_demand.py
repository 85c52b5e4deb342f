"""The vendor's page "Demand" in a browser: charts filter, links restore, tables download."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Seen, SignIn
from tests.browser.people import COLLEAGUE, RIVAL
from tests.browser.profiles import Profiles
from tests.browser.screens import DESK, settled


def value(page: Page) -> str:
    """The first figure."""
    return page.locator(".st-key-sr-demand .figures .number").first.inner_text()


def marks(page: Page, chart: str, kind: str) -> Locator:
    """Marks of a chart that can be picked."""
    return page.locator(f'.st-key-sr-figure-{chart} [aria-roledescription="{kind}"]')


def picked(page: Page, mark: Locator) -> None:
    """Pick a mark in the middle of it and wait until the page is drawn with it."""
    mark.scroll_into_view_if_needed()
    mark.click(force=True)
    expect(page.locator(".st-key-sr-filterchips")).to_be_visible()
    settled(page)


def test_charts_filter_the_page_and_going_back_takes_it_back(
    page: Page, seen: Seen, sign_in: SignIn
) -> None:
    sign_in(page, Role.VENDOR, "demand?view=where")
    expect(marks(page, "map", "circle").first).to_be_visible()
    whole = value(page)
    picked(page, marks(page, "map", "circle").last)
    expect(page).to_have_url(re.compile(r"view=where&region=.+&city=.+"))
    assert value(page) != whole
    page.go_back()
    expect(page.locator(".st-key-sr-filterchips")).to_have_count(0)
    expect(page.locator(".st-key-sr-demand .figures .number").first).to_have_text(whole)
    picked(page, marks(page, "heat", "rect mark").first)
    expect(page).to_have_url(re.compile(r"region=.+&(category|product)=.+"))
    assert value(page) != whole
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".st-key-sr-filterchips")).to_have_count(0)
    assert seen.errors == []
    assert seen.outside == []


def test_a_filter_is_chosen_and_goes_along_to_other_pages(page: Page, sign_in: SignIn) -> None:
    sign_in(page, Role.VENDOR, "demand")
    whole = value(page)
    page.get_by_role("button", name="Region", exact=True).click()
    page.locator(".st-key-vf-region button").first.click()
    expect(page).to_have_url(re.compile("region="))
    page.keyboard.press("Escape")
    settled(page)
    narrowed = value(page)
    assert narrowed != whole
    page.get_by_role("link", name="Your account").click()
    expect(page).to_have_url(re.compile("/account"))
    page.get_by_role("link", name="Demand").click()
    expect(page).to_have_url(re.compile(r"/demand\?region="))
    expect(page.locator(".st-key-sr-demand .figures .number").first).to_have_text(narrowed)


def test_the_way_down_leads_to_shops_by_name_and_the_trail_back(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, Role.VENDOR, "demand?view=where")
    page.locator(".st-key-place-region-0 button").click()
    page.locator(".st-key-place-city-0 button").click()
    table = page.locator(".st-key-sr-data-places table")
    expect(table.locator("tbody tr").first).to_be_visible()
    expect(table.locator("thead")).to_contain_text("Shop")
    page.get_by_role("button", name="All regions").click()
    expect(page.locator(".st-key-place-region-0")).to_be_visible()
    expect(page).not_to_have_url(re.compile("region="))


@pytest.mark.full
def test_a_link_restores_the_view_for_a_colleague_and_shows_a_rival_nothing(
    profiles: Profiles, page: Page, sign_in: SignIn
) -> None:
    sign_in(page, Role.VENDOR, "demand?view=products")
    page.get_by_role("button", name="Product", exact=True).click()
    page.locator(".st-key-vf-product input").click()
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile("product="))
    page.keyboard.press("Escape")
    settled(page)
    name = page.locator(".st-key-sr-data-assortment .name").first.inner_text()
    link, figure = page.url, value(page)
    with profiles.open(DESK) as theirs:
        same(sign_in(theirs.new_page(), COLLEAGUE, link), figure, name)
    with profiles.open(DESK) as theirs:
        nothing_of(sign_in(theirs.new_page(), RIVAL, link), name)


def same(page: Page, figure: str, name: str) -> None:
    page.locator(".st-key-sr-demand .figures").wait_for()
    assert value(page) == figure
    expect(page.locator(".st-key-sr-data-assortment .name").first).to_have_text(name)
    expect(page.locator(".st-key-sr-filterchips")).to_contain_text(name)


def nothing_of(page: Page, name: str) -> None:
    page.locator(".st-key-sr-demand .figures").wait_for()
    expect(page.locator(".st-key-sr-filterchips")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("product="))
    expect(page.locator("[data-testid=stMain]")).not_to_contain_text(name)


def test_tables_download_as_files(page: Page, sign_in: SignIn) -> None:
    sign_in(page, Role.VENDOR, "demand?view=shops")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("as CSV")).click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert re.fullmatch(r"demand-shops-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv",
                        waiting.value.suggested_filename)  # fmt: skip
    assert text.startswith("retailer_id,name,city,region,segment,buying,value")
    assert len(text.splitlines()) > 2
