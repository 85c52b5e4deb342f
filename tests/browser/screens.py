"""Screens that every page is looked at on, and what would keep somebody from using it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

DESK: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
SCHEMES: Final = ("light", "dark")
OFTEN: Final = ((PHONE, "dark"),)  # the tightest; the others in the full run only
FOLLOWS: Final = 12  # quarters of a second that a page may take to follow a new width
SERIOUS: Final = ("serious", "critical")
AXE: Final = Axe()
Look = Callable[[str], None]


def settled(page: Page) -> Page:
    """Wait until the script behind the page has ended and drawn all."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return page


def barriers(page: Page) -> list[tuple[str, list[object]]]:
    """What axe finds serious on the page as it stands, and where."""
    settled(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    answer = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        (found["id"], [node["target"] for node in found["nodes"]])
        for found in answer["violations"]
        if found["impact"] in SERIOUS
    ]


def too_wide(page: Page) -> int:
    """Pixels by which a page scrolls sideways; 0 or less where it does not.

    A chart follows a new width of the screen a moment later, so a page that is too wide is
    looked at again until it has had the time to follow.
    """
    assert page.viewport_size is not None
    for _ in range(FOLLOWS):
        inner = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        wide = int(inner) - page.viewport_size["width"]
        if wide <= 0:
            break
        page.wait_for_timeout(250)
    return wide


@contextmanager
def looking(page: Page) -> Iterator[Look]:
    """Look at one state of a page after the other; all that is in the way is told at the end.

    Raises
    ------
    AssertionError
        A look found a serious barrier, or that the page scrolls sideways: which look, and what.
    """
    found: list[str] = []

    def look(what: str) -> None:
        wide = too_wide(settled(page))
        if wide > 0:
            found.append(f"{what}: scrolls sideways by {wide} px")
        if page.get_by_test_id("stException").count():
            found.append(f"{what}: a part of it failed")
        found.extend(f"{what}: {name} at {where}" for name, where in barriers(page))

    try:
        yield look
    finally:
        if found:
            raise AssertionError("\n".join(["in somebody's way:", *found]))
