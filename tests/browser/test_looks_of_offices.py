"""Each page of vendors and analysts on each screen: no serious barrier, no scrolling sideways."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from smartreco.entities import Role
from tests.browser.conftest import SignIn
from tests.browser.screens import Look, looking, settled
from tests.browser.serving import Server

MINUTE = 90_000  # until shops to win are learned, once for an application


def test_no_page_of_a_vendor_keeps_anybody_out(
    screen: Page, server: Server, sign_in: SignIn
) -> None:
    sign_in(screen, Role.VENDOR, "demand?view=time")
    with looking(screen) as look:
        demand(screen, look)
        screen.goto(f"{server.url}/reach")
        reach(screen, look)
        screen.goto(f"{server.url}/stock-service")
        stock_service(screen, look)


def demand(page: Page, look: Look) -> None:
    for view in ("Over time", "Where", "Why", "Products", "Shops"):
        page.locator(".st-key-sr-demand-views").get_by_text(view, exact=True).click()
        page.locator(f".st-key-sr-demand-{view.split()[-1].lower()}").wait_for()
        settled(page).wait_for_timeout(500)  # colours fade
        look(f"demand, {view}")


def reach(page: Page, look: Look) -> None:
    page.locator(".st-key-sr-reach-space .vega-embed svg.marks").first.wait_for(timeout=MINUTE)
    for view, key in (
        ("White space", "space"), ("Distribution", "distribution"), ("Together", "together"),
        ("Won and kept", "kept"),
    ):  # fmt: skip
        settled(page).get_by_role("radio", name=view, exact=True).click()
        page.locator(f".st-key-sr-reach-{key} .vega-embed svg.marks").first.wait_for()
        settled(page).wait_for_timeout(500)  # colours fade
        look(f"reach, {view}")


def stock_service(page: Page, look: Look) -> None:
    page.locator(".st-key-sr-opened").wait_for()
    look("stock and service, outlook")
    for view, part in (
        ("Service", ".st-key-sr-data-missed"),
        ("Orders", ".st-key-sr-lines, [class*='st-key-sr-empty']"),
        ("Keep up to date", ".st-key-sr-figure-keep-stock"),
        ("Promotions", ".st-key-sr-figure-keep-promotions"),
        ("Products", ".st-key-sr-figure-keep-product"),
        ("Terms", ".st-key-sr-figure-keep-terms"),
    ):
        page.get_by_role("radio", name=view, exact=True).click()
        page.locator(part).first.wait_for()
        look(f"stock and service, {view}")


def test_no_page_of_an_analyst_keeps_anybody_out(
    screen: Page, server: Server, sign_in: SignIn
) -> None:
    sign_in(screen, Role.ANALYST, "list-rules")
    with looking(screen) as look:
        expect(screen.get_by_role("heading", name="Try a rule")).to_be_visible()
        screen.get_by_role("combobox", name="Vendor").focus()
        screen.keyboard.press("ArrowDown")
        screen.keyboard.press("Enter")
        settled(screen).get_by_role("button", name="See what it changes").click()
        expect(screen.locator(".st-key-sr-effect")).to_contain_text("Looked at")
        look("list rules")
        screen.goto(f"{server.url}/series")
        screen.get_by_text("= forecast").wait_for()
        look("series")
