"""The style sheet as a file of its own, linked from every page, and the page's language.

An element that holds it would travel anew with each run of a page, and Streamlit would
look through its text each time; a browser asks for a file once and keeps it. Streamlit says
of every page that it is English, which a screen reader believes.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER: Final = "/look/"
FOR_EVER: Final = "public, max-age=31536000, immutable"  # another text has another address
ENGLISH: Final = b'<html lang="en"'
END: Final = b"</body>"  # after Streamlit's own rules, so that ours win where both say something
UNCHANGED: Final = {b"if-none-match", b"if-modified-since", b"accept-encoding", b"range"}


class StyleSheet:
    """ASGI middleware: answers with a style sheet, and links it from each page of HTML.

    ``language`` answers for a request's headers with the code of the page's language.
    """

    def __init__(self, app: ASGIApp, file: Path, language: Callable[[Headers], str]) -> None:
        self._app = app
        self._language = language
        self._text = file.read_bytes()
        self._packed = gzip.compress(self._text, mtime=0)
        self.path = f"{FOLDER}{hashlib.sha256(self._text).hexdigest()[:16]}.css"
        self._link = f'<link rel="stylesheet" href="{self.path}" />'.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the style sheet; link it where a page is asked for; pass on the rest."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
        elif scope["path"].startswith(FOLDER):
            await self._answer(scope)(scope, receive, send)
        elif "text/html" in Headers(scope=scope).get("accept", ""):
            language = await asyncio.to_thread(self._language, Headers(scope=scope))
            await self._app(_whole(scope), receive, _Linking(send, self._link, language))
        else:
            await self._app(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["path"] != self.path:
            return PlainTextResponse("no such style sheet", 404)
        headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return Response(self._text, headers=headers, media_type="text/css")
        headers["Content-Encoding"] = "gzip"
        return Response(self._packed, headers=headers, media_type="text/css")


class _Linking:
    """Holds an answer of HTML back until it is whole, then adds the link and the language."""

    def __init__(self, send: Send, link: bytes, language: str) -> None:
        self._send, self._link, self._language = send, link, language.encode()
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        before, end, after = self._body.rpartition(END)
        body = before + self._link + end + after if end else self._body
        body = body.replace(ENGLISH, b'<html lang="' + self._language + b'"', 1)
        headers = MutableHeaders(scope=start)
        if self._body:  # the answer to HEAD has none, and keeps the length that it is told
            headers["Content-Length"] = str(len(body))
        for stamp in ("etag", "last-modified"):  # of the page without the link
            if stamp in headers:
                del headers[stamp]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _whole(scope: Scope) -> Scope:
    """The same question for a page that is neither packed, nor in parts, nor left out."""
    kept = [(name, value) for name, value in scope["headers"] if name not in UNCHANGED]
    return {**scope, "headers": kept}
