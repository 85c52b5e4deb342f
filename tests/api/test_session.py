"""The route that swaps a ticket for the cookie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from smartreco.api.session import COOKIE, OPEN_PATH, session_routes
from tests.api.conftest import FakeWorkspace

SAME = {"sec-fetch-site": "same-origin"}


def client(fake: FakeWorkspace, base_url: str = "http://shop.test") -> TestClient:
    return TestClient(Starlette(routes=session_routes(lambda: fake)), base_url=base_url)  # type: ignore[arg-type, return-value]


def test_a_ticket_buys_the_cookie_with_an_invisible_picture(fake: FakeWorkspace) -> None:
    answer = client(fake).get(OPEN_PATH, params={"ticket": "good"}, headers=SAME)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/gif"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.cookies[COOKIE] == "the-token"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(fake: FakeWorkspace) -> None:
    answer = client(fake).get(OPEN_PATH, params={"ticket": "good"}, headers=SAME)
    flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=strict", "path=/", "max-age=1209600"} <= flags
    assert "secure" not in flags
    assert not any(flag.startswith("domain") for flag in flags)


@pytest.mark.parametrize("how", ["https", "setting"])
def test_the_cookie_is_secure_behind_https(fake: FakeWorkspace, how: str) -> None:
    if how == "setting":
        fake.settings = replace(fake.settings, secure_cookies=True)
    base = "https://shop.test" if how == "https" else "http://shop.test"
    answer = client(fake, base).get(OPEN_PATH, params={"ticket": "good"}, headers=SAME)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_used_ticket_buys_nothing(fake: FakeWorkspace) -> None:
    asking = client(fake)
    asking.get(OPEN_PATH, params={"ticket": "good"}, headers=SAME)
    again = asking.get(OPEN_PATH, params={"ticket": "good"}, headers=SAME)
    assert again.status_code == 403
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("ticket", ["", "guess", "%00", "x" * 10_000])
def test_a_guess_buys_nothing(fake: FakeWorkspace, ticket: str) -> None:
    answer = client(fake).get(OPEN_PATH, params={"ticket": ticket}, headers=SAME)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "referer": "http://shop.test/"},
        {"referer": "http://evil.test/"},
        {"referer": "http://shop.test.evil.test/"},
        {"referer": "http://evil.test/shop.test"},
        {"referer": "not an address"},
        {},
    ],
)
def test_another_site_cannot_sign_a_stranger_in(
    fake: FakeWorkspace, headers: dict[str, str]
) -> None:
    answer = client(fake).get(OPEN_PATH, params={"ticket": "good"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "good" in fake.people.tickets  # the refusal has not used the ticket up


def test_a_browser_on_plain_http_is_known_by_its_referer(fake: FakeWorkspace) -> None:
    headers = {"referer": "http://shop.test/for-you"}
    answer = client(fake).get(OPEN_PATH, params={"ticket": "good"}, headers=headers)
    assert answer.status_code == 200


def test_only_reading_is_answered(fake: FakeWorkspace) -> None:
    assert client(fake).post(OPEN_PATH, params={"ticket": "good"}, headers=SAME).status_code == 405
