"""The loop in a real browser: choose, edit, place, come back, find the order, cancel it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from smartreco.entities import Role
from tests.browser.conftest import PASSWORD, Seen, SignIn, fill_in, settled
from tests.browser.serving import Server, serving

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")
MOST_MENDS = 12


@pytest.fixture(scope="module")
def own_server(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An application whose orders only the journeys of this file change, one after the other."""
    folder = tmp_path_factory.mktemp("placing")
    shutil.copytree(small_store, folder, dirs_exist_ok=True)
    with serving(folder / "store.duckdb", SMARTRECO_DEMO_PASSWORD=PASSWORD) as running:
        yield running


def place_button(page: Page) -> Locator:
    """The one that asks once more."""
    return page.get_by_role("button", name="Place order", exact=True)


def settle(page: Page) -> None:
    """Click away what stands in the way, as often as it takes."""
    for _ in range(MOST_MENDS):
        settled(page)
        if place_button(page).is_enabled():
            return
        title = page.get_by_role("heading", level=1).inner_text()
        mends = page.get_by_role("button", name="Fill up")
        if not mends.count():
            mends = page.locator('[class*="st-key-mend-"] button')
        mends.first.click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
    raise AssertionError("the order cannot be settled")


def test_an_order_is_chosen_edited_placed_found_again_and_cancelled(
    page: Page, seen: Seen, sign_in: SignIn, own_server: Server
) -> None:
    sign_in(page, Role.RETAILER, "for-you", own_server)
    page.locator('[class*="st-key-sr-line-"]').first.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Review and place").click()
    line = page.locator('[class*="st-key-sr-draftline-"]').first
    before = line.locator(".line-value").inner_text()
    line.get_by_role("spinbutton").press("ArrowUp")
    line.get_by_role("spinbutton").press("Enter")
    expect(line.locator(".line-value")).not_to_have_text(before)
    settle(page)
    page.get_by_label("Note to the order").fill("Gate 3")
    page.get_by_label("Note to the order").press("Tab")
    place_button(settled(page)).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("dated")
    total = asked.get_by_role("button", name="Place order for").inner_text().split()[-1]
    asked.get_by_role("button", name="Place order for").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your order is placed")
    number = str(re.search(r"placed=([^&]+)", page.url)[1])  # type: ignore[index]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Username", exact=True)).to_be_visible()
    sign_in(page, Role.RETAILER, "orders", own_server)
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


def test_a_word_that_goes_away_by_itself_leaves_the_look_of_the_page(
    page: Page, sign_in: SignIn, own_server: Server
) -> None:
    sign_in(page, Role.RETAILER, "for-you", own_server)
    card = page.locator('[class*="st-key-sr-card-"]').first
    card.get_by_role("button", name="Not for me").click()
    page.get_by_role("button", name=re.compile("^Not for me \\(")).click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".stToast")).to_contain_text("is back")
    expect(page.locator(".st-key-sr-account")).to_have_css("position", "fixed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_the_pages_have_no_serious_barrier_and_do_not_scroll_sideways(
    chromium: Browser, own_server: Server, size: dict[str, int], scheme: str
) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{own_server.url}/order")
    fill_in(page, "retailer", PASSWORD)
    page.locator(".st-key-sr-orderpage").wait_for()
    if page.get_by_role("button", name="Clear", exact=True).count():
        page.get_by_role("button", name="Clear", exact=True).click()
    page.locator(".st-key-suggest-go button").click()
    page.locator(".st-key-suggest-put button").wait_for()
    found = barriers(page)
    page.locator(".st-key-suggest-put button").click()
    page.locator('[class*="st-key-sr-vendor-"]').first.wait_for()
    page.get_by_role("radio", name="Paste or upload a list").click()
    page.get_by_label("Codes or names, with quantities in pieces").fill("no such thing, 3")
    page.get_by_role("button", name="Look through it").click()
    page.locator(".st-key-sr-pasted").wait_for()
    page.locator(".stToast").first.wait_for(state="detached")
    found += barriers(page)
    wide = [width_of(page)]
    settle(page)
    place_button(page).click()
    page.get_by_role("dialog").get_by_role("button", name="Not yet").wait_for()
    found += barriers(page)
    page.get_by_role("dialog").get_by_role("button", name="Not yet").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto(f"{own_server.url}/orders")
    page.get_by_role("button", name="Open").first.click()
    page.locator(".st-key-sr-opened").wait_for()
    found += barriers(page)
    wide.append(width_of(page))
    context.close()
    assert found == []
    assert max(wide) <= size["width"]


def width_of(page: Page) -> int:
    """How wide the page is where it may scroll."""
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth"))


def barriers(page: Page) -> list[tuple[str, list[object]]]:
    """What axe finds serious on the page as it stands, and where."""
    return [
        (found["id"], [node["target"] for node in found["nodes"]])
        for found in Axe().run(settled(page)).response["violations"]
        if found["impact"] in SERIOUS
    ]
