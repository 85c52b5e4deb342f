"""A shop's visit in a real browser: order something new, come back, find it there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import Seen, SignIn
from tests.browser.people import VISITOR
from tests.browser.profiles import Profiles
from tests.browser.screens import PHONE, settled


def empty(page: Page) -> None:
    """Take off the order what an earlier journey left there."""
    removes = order(page).get_by_role("button", name="Remove")
    for left in reversed(range(removes.count())):
        removes.first.click()
        expect(removes).to_have_count(left)


def card(page: Page, at: int = 0) -> Locator:
    """A card of the discover list."""
    return page.locator('[class*="st-key-sr-card-"]').nth(at)


def name_on(place: Locator) -> str:
    """The product's name on a card or line."""
    return place.get_by_role("heading").inner_text()


def order(page: Page) -> Locator:
    """The order at the side or the end of the page."""
    return page.locator(".st-key-sr-order-card")


def test_a_product_added_is_on_the_order_and_still_there_after_signing_out_and_in(
    page: Page, seen: Seen, sign_in: SignIn
) -> None:
    sign_in(page, VISITOR, "for-you")
    empty(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("due"))
    product = name_on(card(page))
    card(page).get_by_role("button", name="Add to order").click()
    expect(order(page)).to_contain_text(product)
    expect(card(page).get_by_role("button", name="In order")).to_be_disabled()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Username", exact=True)).to_be_visible()
    sign_in(page, VISITOR, "for-you")
    expect(order(page)).to_contain_text(product)
    order(page).get_by_role("button", name=f"Remove {product}").click()
    expect(order(page)).to_contain_text("Nothing in it yet")
    assert seen.errors == []
    assert seen.outside == []


def test_adding_leaves_the_page_where_it_is(page: Page, sign_in: SignIn) -> None:
    sign_in(page, VISITOR, "for-you")
    empty(page)
    third = card(page, 2)
    third.scroll_into_view_if_needed()
    before, name = third.bounding_box(), name_on(third)
    third.get_by_role("button", name="Add to order").click()
    expect(order(page)).to_contain_text(name)
    settled(page)
    assert name_on(third) == name
    assert third.bounding_box() == before


def test_why_this_opens_the_sum_with_words_for_those_who_do_not_see_it(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, Role.RETAILER, "for-you")
    card(page).get_by_role("button", name="Why this?").click()
    opened = page.locator('[class*="st-key-sr-why-"]')
    expect(opened).to_contain_text("The bars add up to the score")
    expect(opened.get_by_role("img").first).to_be_visible()
    expect(opened.locator("[aria-label*='Counts most']").first).to_be_attached()


@pytest.mark.full
def test_a_filter_is_in_the_address_and_an_address_with_it_opens_filtered(
    page: Page, sign_in: SignIn
) -> None:
    sign_in(page, Role.RETAILER, "for-you")
    product = name_on(card(page))
    page.get_by_placeholder("Product, brand or vendor").fill(product)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]search="))
    expect(page.locator('[class*="st-key-sr-card-"]')).to_have_count(1)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator('[class*="st-key-sr-card-"]')).to_have_count(1)
    assert name_on(card(page)) == product


def test_the_whole_visit_works_by_keyboard(page: Page, sign_in: SignIn) -> None:
    sign_in(page, VISITOR, "for-you")
    empty(page)
    product = name_on(card(page))
    card(page).get_by_role("button", name="Add to order").focus()
    page.keyboard.press("Enter")
    expect(order(page)).to_contain_text(product)
    stepper = order(page).get_by_role("spinbutton")
    stepper.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    settled(page)
    order(page).get_by_role("button", name=f"Remove {product}").focus()
    page.keyboard.press("Enter")
    expect(order(page)).to_contain_text("Nothing in it yet")


def test_on_a_phone_the_order_is_one_tap_away(profiles: Profiles, sign_in: SignIn) -> None:
    with profiles.open(PHONE, touch=True) as phone:
        page = sign_in(phone.new_page(), VISITOR, "for-you")
        expect(card(page)).to_be_visible()
        empty(page)
        product = name_on(card(page))
        card(page).get_by_role("button", name="Add to order").tap()
        bar = page.locator(".st-key-sr-orderbar")
        expect(bar).to_contain_text("1 product")
        bar.get_by_role("link", name="View order").tap()
        expect(order(page)).to_be_in_viewport()
        expect(order(page)).to_contain_text(product)
