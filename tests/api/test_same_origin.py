"""Other sites' pages change nothing here and open no websocket."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from smartreco.api.headers import SecurityHeaders
from smartreco.api.same_origin import SameOrigin

OTHERS = ("https://front.example",)


def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def talk(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


@pytest.fixture
def client() -> TestClient:
    return TestClient(
        Starlette(
            routes=[
                Route("/x", hello, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
                WebSocketRoute("/talk", talk),
            ],
            middleware=[Middleware(SameOrigin, others=lambda: OTHERS)],
        ),
        base_url="http://shop.test:8501",
    )


OURS = [
    {},  # no browser
    {"origin": "http://shop.test:8501"},
    {"origin": "HTTP://SHOP.TEST:8501"},
    {"origin": "https://front.example"},
    {"sec-fetch-site": "same-origin"},
]
THEIRS = [
    {"origin": "http://evil.test"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://shop.test"},
    {"origin": "http://shop.test:8501.evil.test"},
    {"origin": "http://localhost:3000"},
    {"origin": "https://front.example.evil.test"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", OURS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_this_site_may_change_things(
    client: TestClient, method: str, headers: dict[str, str]
) -> None:
    assert client.request(method, "/x", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", THEIRS)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_another_site_may_not(client: TestClient, method: str, headers: dict[str, str]) -> None:
    assert client.request(method, "/x", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", THEIRS)
def test_a_link_from_another_site_still_opens_the_page(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.get("/x", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", OURS)
def test_this_site_opens_a_websocket(client: TestClient, headers: dict[str, str]) -> None:
    with client.websocket_connect("/talk", headers={"host": "shop.test:8501"} | headers):
        pass


@pytest.mark.parametrize("headers", THEIRS)
def test_another_site_opens_none(client: TestClient, headers: dict[str, str]) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/talk", headers={"host": "shop.test:8501"} | headers),
    ):
        pass
    assert refused.value.code == 1008


def test_only_named_sites_may_frame_the_pages() -> None:
    framed = Starlette(
        routes=[Route("/x", hello)],
        middleware=[Middleware(SecurityHeaders, framed_by=lambda: OTHERS)],
    )
    answer = TestClient(framed).get("/x")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self' https://front.example;" in policy
    assert "x-frame-options" not in answer.headers
