"""Screens that every page is looked at on, and what would keep somebody from using it there."""

from __future__ import annotations

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SCHEMES: Final = ("light", "dark")
OFTEN: Final = ((DESK, "light"), (PHONE, "dark"))  # the others in the full run only
SERIOUS: Final = ("serious", "critical")


def settled(page: Page) -> Page:
    """Wait until the script behind the page has ended and drawn all."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return page


def barriers(page: Page) -> list[tuple[str, list[object]]]:
    """What axe finds serious on the page as it stands, and where."""
    return [
        (found["id"], [node["target"] for node in found["nodes"]])
        for found in Axe().run(settled(page)).response["violations"]
        if found["impact"] in SERIOUS
    ]


def too_wide(page: Page) -> int:
    """Pixels by which a page scrolls sideways; 0 or less where it does not."""
    assert page.viewport_size is not None
    inner = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    return int(inner) - page.viewport_size["width"]
