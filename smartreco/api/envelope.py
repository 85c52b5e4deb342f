"""What every answer of the API goes out in: a request id, the caller's rate, no traceback.

Pure ASGI, since a middleware of functions would cost every answer a task of its own.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartreco.api.metrics import Measured
from smartreco.api.problems import ApiError, problem

log = logging.getLogger("smartreco.api")

REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
LARGEST_BODY: Final = 1_000_000  # bytes of a question
LARGEST_UPLOAD: Final = 210_000_000  # bytes of a request with files
CLOSING: Final = {"Connection": "close"}
UPLOADS: Final = ("/imports", "/backups")  # addresses that take files


class Envelope:
    """ASGI middleware around the routes of the API."""

    def __init__(self, app: ASGIApp, measured: Measured) -> None:
        self._app = app
        self._measured = measured

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the request, bound its body, answer what breaks, count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state.setdefault("request_id", _request_id(scope))
        started, sent = time.perf_counter(), 0

        async def send_enveloped(message: Message) -> None:
            nonlocal sent
            if message["type"] == "http.response.start":
                sent = message["status"]
                _address(message, scope)
            await send(message)

        try:
            await self._app(scope, _bounded(scope, receive), send_enveloped)
        except Exception:
            log.exception("request %s failed", state["request_id"])
            if sent:
                raise
            answer = problem(Request(scope), 500, _broken(state["request_id"]))
            await answer(scope, receive, send_enveloped)
        finally:
            self._measured.note(scope, sent or 500, time.perf_counter() - started)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _address(message: Message, scope: Scope) -> None:
    headers = MutableHeaders(scope=message)
    headers["X-Request-ID"] = scope["state"]["request_id"]
    headers["Vary"] = "Authorization"
    headers.setdefault("Cache-Control", "no-store")
    for name, value in scope["state"].get("rate", {}).items():
        headers[name] = value


def _broken(request_id: str) -> ApiError:
    return ApiError(
        500, "this should have worked and did not", "",
        f"tell your administrator the reference {request_id}",
    )  # fmt: skip


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """Refuse a body that is too large, at once where its length is told, else as it arrives."""
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    most = LARGEST_UPLOAD if path.startswith(UPLOADS) else LARGEST_BODY
    told = Headers(scope=scope).get("content-length", "0")
    got = 0

    async def bounded() -> Message:
        nonlocal got
        if not told.isdecimal() or int(told) > most:
            raise HTTPException(413, headers=CLOSING)
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise HTTPException(413, headers=CLOSING)  # any other error FastAPI takes for a 400
        return message

    return bounded
