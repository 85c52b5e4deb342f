"""One line in the log for each request, and the id that joins it to all others of that request.

Neither the query nor a header is written: they hold tickets, tokens and what
people search for. What a path itself gives away (a file's or a session's name)
is left out too.
"""

from __future__ import annotations

import logging
import time
import uuid
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartreco.api.envelope import REQUEST_ID
from smartreco.logs import request_id

log = logging.getLogger("smartreco.requests")

QUIET: Final = frozenset({"/healthz", "/ready", "/metrics", "/api/v1/metrics", "/_stcore/health"})
BEARERS: Final = ("/media/", "/_stcore/upload_file/")  # who knows the rest of it, holds the file
LONGEST: Final = 300


class RequestLines:
    """ASGI middleware around everything that this process answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the request, pass it on, write its line when the answer has ended."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asked = _request_id(scope)
        scope["state"] = {**scope.get("state", {}), "request_id": asked}
        named = request_id.set(asked)
        began, seen = time.perf_counter(), _Seen()

        async def send_seen(message: Message) -> None:
            seen.note(message, asked)
            await send(message)

        try:
            await self._app(scope, receive, send_seen)
        finally:
            _write(scope, seen, (time.perf_counter() - began) * 1000)
            request_id.reset(named)


class _Seen:
    """What has gone out of one answer; status 500 where nothing has."""

    def __init__(self) -> None:
        self.status = 500
        self.bytes = 0

    def note(self, message: Message, asked: str) -> None:
        """Look at one message of the answer; its head gets the id."""
        match message["type"]:
            case "http.response.start":
                self.status = message["status"]
                MutableHeaders(scope=message).setdefault("X-Request-ID", asked)
            case "http.response.body":
                self.bytes += len(message.get("body", b""))
            case "websocket.accept":
                self.status = 101
            case "websocket.close" if self.status != 101:
                self.status = 403  # refused: so the server answers the handshake
            case "websocket.send":
                self.bytes += len(message.get("bytes") or message.get("text") or b"")


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _write(scope: Scope, seen: _Seen, took: float) -> None:
    path = _path(scope)
    level = logging.DEBUG if path in QUIET and seen.status < 500 else logging.INFO
    method = scope.get("method", "WEBSOCKET")
    log.log(
        level, "%s %s %s %.1f ms %s bytes", method, path, seen.status, took, seen.bytes,
        extra={
            "method": method, "path": path, "status": seen.status, "ms": round(took, 1),
            "bytes": seen.bytes,
        },
    )  # fmt: skip


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    for bearer in BEARERS:
        if path.startswith(bearer):
            return bearer + "…"
    return path[:LONGEST]
