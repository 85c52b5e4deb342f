"""The bar at the top has room for what stands in it, on any screen and in any language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from smartreco.entities import Role
from smartreco.language import languages
from tests.browser.conftest import SignIn
from tests.browser.people import LOOKER
from tests.browser.profiles import Profiles
from tests.browser.screens import DESK, settled
from tests.browser.serving import Server

WIDTHS = (1440, 1280, 1100, 1024, 768, 390, 360, 320)
#: Logo, links or the button of their menu, who it is, language, way out.
STANDING = (
    '[data-testid="stHeaderLogo"], [data-testid="stTopNavLink"], '
    '[data-testid="stExpandSidebarButton"], .st-key-sr-account b, .st-key-sr-account button'
)
EDGES = """all => all.filter(one => one.checkVisibility({checkOpacity: true}) &&
        one.getBoundingClientRect().width > 1 && one.getBoundingClientRect().height > 1)
    .map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])
    .filter(([left, right]) => right > 0 && left < innerWidth)"""


@pytest.mark.parametrize("who", [LOOKER, Role.ANALYST])
@pytest.mark.parametrize("code", languages())
def test_nothing_in_the_bar_lies_over_another(
    page: Page, server: Server, sign_in: SignIn, profiles: Profiles, code: str, who: Role | str
) -> None:
    sign_in(page, who, "account")
    with profiles.open(DESK, locale=f"{code}-IN") as profile:
        profile.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        looked = profile.new_page()
        looked.goto(f"{server.url}/account")
        looked.locator(".st-key-sr-account button").last.wait_for()
        settled(looked)
        over = {}
        for width in WIDTHS:
            looked.set_viewport_size({"width": width, "height": 844})
            looked.wait_for_timeout(600)  # links that have no room move into the menu
            edges = sorted(map(tuple, looked.locator(STANDING).evaluate_all(EDGES)))
            pairs = pairwise(edges)
            over[width] = [(one, next_) for one, next_ in pairs if one[1] > next_[0] + 1]
        assert {width: found for width, found in over.items() if found} == {}
