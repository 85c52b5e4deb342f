"""Every page in another language, on each screen, as a browser of that language gets it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pages.registry import pages_of
from smartreco.entities import Role
from smartreco.language import SOURCE, Language, languages, own_name
from tests.browser.conftest import OWN, Seen, SignIn, session_cookie
from tests.browser.people import LOOKER, PASSWORD
from tests.browser.profiles import Profiles
from tests.browser.screens import DESK, PHONE, looking, settled
from tests.browser.serving import Server

OTHERS = [one for one in languages() if one != SOURCE]
MINUTES = 180_000  # until what others did after publishing, and what shops take up, is computed
#: Accounts of roles whose pages other journeys change.
READERS = {Role.RETAILER: LOOKER}
OFTEN = Role.RETAILER, PHONE, "dark"
SCREENS = [
    pytest.param(role, size, scheme, id=f"{role}-{size['width']}-{scheme}",
                 marks=() if (role, size, scheme) == OFTEN else pytest.mark.full)
    for role in Role for size in (DESK, PHONE) for scheme in ("light", "dark")
]  # fmt: skip


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_is_chosen_before_signing_in_and_stays(
    page: Page, seen: Seen, server: Server, code: str
) -> None:
    words = Language(code)
    page.goto(server.url)
    page.get_by_label("Username", exact=True).wait_for()
    page.locator(".st-key-language button").locator("visible=true").click()
    page.get_by_text(own_name(code), exact=True).click()
    page.get_by_label(words.text("Username"), exact=True).fill(LOOKER)
    page.get_by_role("textbox", name=words.text("Password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words.text("Sign in"), exact=True).click()
    expect(page.locator("h1")).to_have_text(re.compile(r"[^\x00-\x7f]"))
    session_cookie(page.context)
    page.reload()
    expect(page.get_by_role("link", name=words.text("Catalogue")).first).to_be_attached()
    expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{code}"))
    assert (seen.outside, seen.errors) == ([], [])


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(("role", "size", "scheme"), SCREENS)
def test_no_page_in_another_language_keeps_anybody_out(
    page: Page, server: Server, sign_in: SignIn, profiles: Profiles, code: str, role: Role,
    size: dict[str, int], scheme: str,
) -> None:  # fmt: skip
    sign_in(page, READERS.get(role, role), "account")
    with profiles.open(size, scheme, locale=f"{code}-IN") as profile:  # type: ignore[arg-type]
        profile.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        reading, seen = profile.new_page(), Seen(OWN)
        seen.watch(reading)
        with looking(reading) as look:
            for spec in pages_of(role):
                if not spec.hidden:
                    reading.goto(f"{server.url}/{spec.url}")
                    title = reading.get_by_test_id("stMain").locator("h1")
                    expect(title).to_have_text(re.compile(r"[^\x00-\x7f]"), timeout=MINUTES)
                    settled(reading)
                    look(spec.url)
        assert (seen.outside, seen.errors) == ([], [])
