"""A shop looks for a product in a real browser: a slip in the name, its page, the order, back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Seen, SignIn
from tests.browser.people import SEEKER
from tests.browser.screens import settled


def card(page: Page, at: int = 0) -> Locator:
    """A card of the page."""
    return page.locator('[class*="st-key-sr-card-"]').nth(at)


def misspelt(name: str) -> str:
    """The longest word of a name with one letter left out."""
    word = max(re.findall(r"[A-Za-z]+", name), key=len)
    return word[:3] + word[4:]


def test_a_misspelt_search_leads_to_the_product_onto_the_order_and_back(
    page: Page, seen: Seen, sign_in: SignIn
) -> None:
    sign_in(page, SEEKER, "catalogue")
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("products you can order")
    name = card(page).get_by_role("heading").inner_text()
    page.get_by_placeholder("Name, code, category or vendor").fill(misspelt(name))
    page.keyboard.press("Enter")
    expect(title).to_contain_text("Closest to")
    expect(page.get_by_text("Nothing is called that")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]find="))
    settled(page)
    searched = page.url
    page.get_by_role("link", name=name, exact=True).click()
    expect(title).to_have_text(name)
    expect(page).to_have_url(re.compile(r"/product\?id="))
    buy = page.locator(".st-key-sr-buy")
    buy.get_by_role("button", name=re.compile("^Add ")).click()
    expect(buy.get_by_role("spinbutton")).to_be_visible()
    settled(page)
    page.go_back()
    expect(title).to_contain_text("Closest to")
    assert page.url == searched
    found = page.locator('[class*="st-key-sr-card-"]').filter(has_text=name).first
    expect(found.get_by_role("spinbutton")).to_be_visible()
    found.get_by_role("button", name=f"Remove {name}").click()
    expect(found.get_by_role("button", name=re.compile("^Add "))).to_be_visible()
    assert seen.errors == []
    assert seen.outside == []


@pytest.mark.full
def test_a_name_on_for_you_leads_to_its_product(page: Page, sign_in: SignIn) -> None:
    sign_in(page, Role.RETAILER, "for-you")
    name = card(page).get_by_role("heading").inner_text()
    card(page).get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.go_back()
    expect(card(page).get_by_role("heading")).to_have_text(name)


@pytest.mark.full
def test_search_and_filters_of_for_you_and_the_catalogue_leave_each_other_alone(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, Role.RETAILER, "catalogue")
    page.get_by_placeholder("Name, code, category or vendor").fill("tea")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"find=tea"))
    settled(page)
    page.get_by_role("link", name="For you").first.click()
    expect(page.get_by_placeholder("Product, brand or vendor")).to_have_value("")
    expect(page.get_by_role("button", name="Clear filters")).to_have_count(0)


def test_the_next_page_is_seen_from_its_top(page: Page, seen: Seen, sign_in: SignIn) -> None:
    sign_in(page, Role.RETAILER, "catalogue")
    place = "document.querySelector('[data-testid=stMain]').scrollTop"
    turn = page.locator(".st-key-sr-pages").get_by_role("button", name="Page 2", exact=True)
    turn.scroll_into_view_if_needed()
    assert page.evaluate(place) > 0
    turn.click()
    expect(page).to_have_url(re.compile(r"[?&]page=2"))
    for _ in range(100):  # the page's policy lets no test wait inside it
        if page.evaluate(place) == 0:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(place) == 0
    settled(page)
    assert seen.errors == []
