"""What if in a browser: composed, saved, opened by its link as another, compared, taken away."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from smartreco.config import Settings
from smartreco.entities import Role
from smartreco.store import Store, accounts
from smartreco.store.connection import Cursor
from smartreco.workspace.accounts.demo import USERNAMES
from tests.browser.conftest import PASSWORD, Picture, Seen, SignIn, fill_in
from tests.browser.screens import DESK, barriers, settled, too_wide
from tests.browser.serving import Server, serving

URL = "what-if"
COLLEAGUE = "colleague"  # another product manager
PLAYED = 60_000  # milliseconds: the first question learns today


@pytest.fixture(scope="module")
def managers(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An application with two product managers, who share the demo accounts' password."""
    folder = tmp_path_factory.mktemp("managers")
    shutil.copytree(small_store, folder, dirs_exist_ok=True)
    store = Store.open(Settings(db=folder / "store.duckdb"))

    def work(cursor: Cursor) -> None:
        name = USERNAMES[Role.PRODUCT_MANAGER]
        known, secret = accounts.find(cursor, name), accounts.password_hash(cursor, name)
        assert known is not None
        assert secret is not None
        accounts.insert(cursor, replace(known, username=COLLEAGUE, demo=False), secret)

    store.write(work)
    store.close()
    with serving(folder / "store.duckdb", SMARTRECO_DEMO_PASSWORD=PASSWORD) as running:
        yield running


def headline(page: Page) -> Locator:
    """What the page says first."""
    return page.get_by_role("heading", level=1).first  # below it what was there, until all is drawn


def add(page: Page, lever: str) -> None:
    """Add a lever from the menu."""
    page.locator(".st-key-what-if-add input").click()
    page.get_by_role("option", name=lever, exact=True).click()
    page.locator('[class*="st-key-sr-leverhead-"]').get_by_role("heading", name=lever).wait_for()
    settled(page)


def save(page: Page, name: str) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Name", exact=True).press("Enter")
    settled(page)
    page.get_by_role("button", name="Save it").click()
    expect(page).to_have_url(re.compile(r"scenario=\d+"))
    settled(page)


def test_a_question_is_composed_saved_shared_compared_and_taken_away(
    chromium: Browser, page: Page, seen: Seen, sign_in: SignIn, managers: Server
) -> None:
    page.set_default_timeout(PLAYED)
    sign_in(page, Role.PRODUCT_MANAGER, URL, managers)
    page.get_by_role("button", name="Compose a question").click()
    expect(headline(page)).to_have_text("Nothing is moved yet")
    add(page, "Demand moves")
    expect(headline(page)).to_have_text(re.compile("Revenue over 8 weeks: .* more"))
    first = headline(page).inner_text()
    slider = page.get_by_role("slider", name="Change of demand")
    slider.focus()
    slider.press("ArrowRight")
    expect(headline(page)).not_to_have_text(first)
    page.get_by_role("button", name="Undo the last change").click()
    expect(headline(page)).to_have_text(first)
    save(page, "A good year")
    link = page.url
    as_colleague(chromium, link, first)

    page.get_by_role("button", name="All questions").click()
    page.get_by_role("button", name=re.compile("^Open Put margin|^Open .*none for")).first.click()
    expect(page).to_have_url(re.compile("preset="))
    save(page, "A bad month")
    page.get_by_role("button", name="All questions").click()
    page.get_by_role("button", name="Compare these").click()
    expect(page.get_by_text("Two questions side by side").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"compare=\d+-\d+"))
    expect(page.get_by_test_id("stToast")).to_have_count(0, timeout=15_000)  # has no name for axe
    assert barriers(page) == []
    page.go_back()
    expect(page.get_by_text("A bad month").first).to_be_visible()
    assert barriers(page) == []
    page.goto(link)
    taken_away(page)
    assert seen.errors == []
    assert seen.outside == []


def test_a_festival_is_played_and_the_page_says_how_far_to_trust_it(
    page: Page, seen: Seen, sign_in: SignIn, managers: Server, picture: Picture
) -> None:
    page.set_default_timeout(PLAYED)
    sign_in(page, Role.PRODUCT_MANAGER, f"{URL}?preset=festival-stock-up", managers)
    expect(headline(page)).not_to_have_text("Nothing is moved yet")
    picture("1-festival")
    page.get_by_role("radio", name="How far to trust this").click()
    page.locator(".st-key-sr-data-trust").wait_for()
    picture("2-trust")
    assert seen.errors == []
    assert seen.outside == []


def as_colleague(chromium: Browser, link: str, said: str) -> None:
    """Another product manager opens the link, sees the same and cannot change it."""
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(PLAYED)
    page = context.new_page()
    page.goto(link)
    fill_in(page, COLLEAGUE, PASSWORD)
    expect(headline(page)).to_have_text(said)
    expect(page.locator(".st-key-sr-answer")).to_contain_text("A good year")
    slider = page.get_by_role("slider", name="Change of demand")
    slider.focus()
    slider.press("ArrowLeft")
    expect(page.locator(".st-key-sr-answer")).to_contain_text("changed, not saved")
    expect(page.get_by_role("button", name="Save the change")).to_have_count(0)
    context.close()


def taken_away(page: Page) -> None:
    """The report as PDF and page, the table as CSV."""
    page.get_by_role("button", name="Report").click()
    for label, ending, begins in (
        ("PDF", "pdf", b"%PDF"), ("Page to print", "html", b"<!"), ("Table as CSV", "csv", b"\xef"),
    ):  # fmt: skip
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).click()
        assert waiting.value.suggested_filename == f"what-if-a-good-year.{ending}"
        assert Path(waiting.value.path()).read_bytes().lower().startswith(begins.lower())


@pytest.mark.full
def test_no_barrier_and_no_scrolling_sideways_on_any_screen(screen: Page, managers: Server) -> None:
    screen.set_default_timeout(PLAYED)
    screen.goto(f"{managers.url}/{URL}")
    fill_in(screen, USERNAMES[Role.PRODUCT_MANAGER], PASSWORD)
    screen.locator(".st-key-sr-presets .story").last.wait_for()
    found: dict[str, list[object]] = {"start": looked_at(screen)}
    for address in ("preset=price-cut", "preset=price-cut&view=where",
                    "preset=price-cut&view=trust", "preset=margin-first", "new=1"):  # fmt: skip
        screen.goto(f"{managers.url}/{URL}?{address}")
        screen.locator(".st-key-sr-whatif-levers").wait_for()
        found[address] = looked_at(screen)
    assert found == {name: [] for name in found}


def looked_at(page: Page) -> list[object]:
    settled(page)
    page.wait_for_timeout(500)  # colours fade
    wide = too_wide(page)
    return [*barriers(page), *([wide] if wide > 0 else [])]
