"""One line a request, and an id that joins what belongs together."""

from __future__ import annotations

import logging

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from smartreco.api.request_lines import RequestLines
from smartreco.logs import request_id

LOGGER = "smartreco.requests"


def hello(request: Request) -> Response:
    return PlainTextResponse(f"{request.state.request_id} {request_id.get()}")


def broken(request: Request) -> Response:
    raise ZeroDivisionError


async def talk(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_bytes(b"12345")
    await websocket.close()


@pytest.fixture
def client(caplog: pytest.LogCaptureFixture) -> TestClient:
    caplog.set_level(logging.DEBUG, LOGGER)
    routes = [
        Route("/hello", hello, methods=["GET", "POST"]), Route("/healthz", hello),
        Route("/broken", broken), Route("/media/{name}", hello), WebSocketRoute("/talk", talk),
    ]  # fmt: skip
    app = Starlette(routes=routes, middleware=[Middleware(RequestLines)])
    return TestClient(app, raise_server_exceptions=False)


def lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name == LOGGER]


def test_a_request_is_one_line_without_its_query(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/hello?ticket=secret&q=private", headers={"cookie": "sid=secret"})
    (line,) = lines(caplog)
    said = vars(line)
    assert line.levelno == logging.INFO
    assert (said["method"], said["path"], said["status"]) == ("POST", "/hello", 200)
    assert said["bytes"] == 65
    assert said["ms"] >= 0
    assert "secret" not in line.getMessage()
    assert "private" not in line.getMessage()


def test_the_answer_bears_the_id_that_the_log_bears(client: TestClient) -> None:
    answer = client.get("/hello")
    named = answer.headers["x-request-id"]
    assert answer.text == f"{named} {named}"
    assert request_id.get() is None


def test_a_good_id_from_outside_is_taken_and_a_bad_one_is_not(client: TestClient) -> None:
    good = client.get("/hello", headers={"x-request-id": "shop-1234.5678"})
    assert good.headers["x-request-id"] == "shop-1234.5678"
    for bad in ("short", "x" * 65, "with blank", "a\u00e9aaaaaaaaa"):
        answer = client.get("/hello", headers={"x-request-id": bad.encode("latin-1")})
        assert answer.headers["x-request-id"] != bad


def test_health_checks_are_seen_at_debug_only(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/healthz")
    (line,) = lines(caplog)
    assert line.levelno == logging.DEBUG


def test_what_breaks_is_a_line_too(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/broken")
    (line,) = lines(caplog)
    assert vars(line)["status"] == 500


def test_the_name_of_a_file_is_not_written(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/media/0123abcd.csv")
    assert "0123abcd" not in lines(caplog)[0].getMessage()


def test_a_websocket_is_a_line_when_it_ends(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with client.websocket_connect("/talk") as talking:
        assert talking.receive_bytes() == b"12345"
    (line,) = lines(caplog)
    said = vars(line)
    assert (said["method"], said["status"], said["bytes"]) == ("WEBSOCKET", 101, 5)
