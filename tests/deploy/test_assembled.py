"""The whole application as `app.py` puts it together: pages, API and routes behind one door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

import app
from pages import running
from smartreco.accounts.sessions import digest
from smartreco.api.addresses import LONGEST
from smartreco.api.envelope import LARGEST_BODY, LARGEST_UPLOAD
from smartreco.api.headers import HEADERS
from smartreco.api.session import COOKIE, OPEN_PATH
from smartreco.entities import Role
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from tests.conftest import DEMO_PASSWORD

PAGES = ["/", "/for-you", "/nowhere", "/_stcore/health", "/app/static/figtree-latin.woff2"]
APART = ["/healthz", "/ready", "/metrics", OPEN_PATH, "/media/nothing.png"]
API = [
    "/api/v1",
    "/api/v1/",
    "/api/v1/me",
    "/api/v1/nowhere",
    "/api/v1/docs",
    "/api/v1/openapi.json",
]
FOREIGN = [
    {"Origin": "https://evil.test"},
    {"Origin": "null"},
    {"Origin": "http://shop.test.evil.test"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
NO_ADDRESS = ["/api/v1/%00", "/api/v1/me%0d%0aSet-Cookie:x=1", "/api/v1/retailers/a%0ab/orders"]
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def served(shared_workspace: Workspace) -> Iterator[TestClient]:
    """The application on the shared store; Streamlit's sessions are not started."""
    running.use(shared_workspace)
    yield TestClient(app.app, base_url="http://shop.test", raise_server_exceptions=False)
    running.use(None)


@pytest.fixture(scope="module")
def cookie(shared_workspace: Workspace) -> str:
    """What the browser of a signed-in retailer holds."""
    token = shared_workspace.people.redeem(ticket_of(shared_workspace))
    assert token is not None
    return token


def ticket_of(workspace: Workspace) -> str:
    """What the page of somebody who has just signed in holds."""
    people = workspace.people
    who = people.sign_in(USERNAMES[Role.RETAILER], DEMO_PASSWORD)
    return people.open_session(who).ticket


@pytest.mark.parametrize("path", [*PAGES, *APART, *API, *NO_ADDRESS])
def test_every_answer_bears_the_headers(served: TestClient, path: str) -> None:
    answer = served.get(path)
    assert answer.status_code < 500
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/_stcore/health", OPEN_PATH])
def test_what_may_not_be_sent_is_refused_with_the_headers(served: TestClient, path: str) -> None:
    answer = served.post(path)
    assert answer.status_code == 405
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", [*NO_ADDRESS, "/api/v1/nowhere", "/api/v1", "/api/v1/me"])
def test_the_api_refuses_in_its_own_form(served: TestClient, path: str) -> None:
    answer = served.get(path)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "set-cookie" not in answer.headers


def test_an_overlong_address_is_refused(served: TestClient) -> None:
    answer = served.get("/api/v1/" + "x" * LONGEST)
    assert (answer.status_code, answer.headers["content-type"]) == (414, PROBLEM)


def test_https_is_kept_once_it_came_over_https(served: TestClient) -> None:
    for path in ("/", "/api/v1/me", "/healthz"):
        assert "strict-transport-security" not in served.get(path).headers
        assert "strict-transport-security" in served.get(f"https://shop.test{path}").headers


@pytest.mark.parametrize("base", ["http://shop.test", "https://shop.test"])
def test_the_cookie_is_strict_and_out_of_reach_of_scripts(
    served: TestClient, shared_workspace: Workspace, base: str
) -> None:
    ticket = ticket_of(shared_workspace)
    for headers in (*FOREIGN, {}):  # a stranger's page signs nobody in
        refused = served.get(f"{base}{OPEN_PATH}?ticket={ticket}", headers=headers)
        assert refused.status_code == 403
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = served.get(f"{base}{OPEN_PATH}?ticket={ticket}", headers=own)
    served.cookies.clear()
    flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert ("secure" in flags) is base.startswith("https")


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://shop.test"}, *FOREIGN])
def test_a_cookie_alone_changes_and_reads_nothing(
    served: TestClient, cookie: str, headers: dict[str, str]
) -> None:
    sent = {**headers, "Cookie": f"{COOKIE}={cookie}"}
    lines = {"lines": [{"product_id": "P0001", "quantity": 1}]}
    for method, path in (
        ("POST", "/api/v1/retailers/R0001/draft/lines"), ("DELETE", "/api/v1/token"),
        ("POST", "/api/v1/retailers/R0001/orders"), ("POST", "/api/v1/keys"),
    ):  # fmt: skip
        assert served.request(method, path, json=lines, headers=sent).status_code in (401, 403)
    assert served.get("/api/v1/me", headers=sent).status_code == 401


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_sites_page_gets_no_token_even_with_a_password(
    served: TestClient, headers: dict[str, str]
) -> None:
    words = {"username": USERNAMES[Role.RETAILER], "password": DEMO_PASSWORD}
    assert served.post("/api/v1/token", data=words, headers=headers).status_code == 403
    assert served.post("/api/v1/token", data=words).status_code in (200, 201)


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_sites_page_opens_no_websocket(
    served: TestClient, cookie: str, headers: dict[str, str]
) -> None:
    sent = {"Host": "shop.test", "Cookie": f"{COOKIE}={cookie}", **headers}
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        served.websocket_connect("/_stcore/stream", headers=sent),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize(
    ("path", "most"),
    [("/api/v1/token", LARGEST_BODY), ("/api/v1/imports/look", LARGEST_UPLOAD)],
)
def test_a_body_that_tells_too_great_a_length_is_refused_unread(
    served: TestClient, path: str, most: int
) -> None:
    told = {"Content-Length": str(most + 1), "Content-Type": "multipart/form-data; boundary=x"}
    answer = served.post(path, content=b"{}", headers=told)
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_a_body_that_tells_no_length_is_refused_as_it_grows(served: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * (LARGEST_BODY // 2)

    told = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = served.post("/api/v1/token", content=pieces(), headers=told)
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_uploads_of_a_page_are_bounded_as_well() -> None:
    import streamlit as st

    assert 0 < st.get_option("server.maxUploadSize") * 2**20 <= LARGEST_UPLOAD
    assert st.get_option("server.enableXsrfProtection") is True
    assert Path(app.__file__).parent.joinpath(".streamlit", "config.toml").is_file()


def test_a_used_session_is_known_by_its_digest_alone(
    shared_workspace: Workspace, cookie: str
) -> None:
    with shared_workspace.store.cursor() as cursor:
        rows = cursor.execute("SELECT * FROM sessions").fetchall()
    assert cookie not in str(rows)
    assert digest(cookie) in str(rows)
