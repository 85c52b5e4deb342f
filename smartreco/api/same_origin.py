"""Whether a request comes from this site's own pages, as far as browsers say.

A cookie goes along with whatever a browser sends here, also when another
site's page told it to. The cookie is SameSite=Strict; this is the second door.
It stands before Streamlit's own check of a websocket's origin, which lets in
pages from any port of localhost and asks an outside host for this server's
address before it refuses a stranger.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("smartreco.api")

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSED: Final = "Only this site's own pages may do this"


class SameOrigin:
    """ASGI middleware: refuses what another site's page asks for.

    Parameters
    ----------
    app
        What is asked next.
    others
        Answers with further addresses (``https://shop.example``) that count as this site,
        where a proxy passes on another ``Host`` than browsers see.
    """

    def __init__(self, app: ASGIApp, others: Callable[[], Collection[str]] = tuple) -> None:
        self._app = app
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on websockets and changes from this site, and reading from anywhere."""
        guarded = scope["type"] == "websocket" or (
            scope["type"] == "http" and scope["method"] not in READING
        )
        if not guarded or self._ours(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        log.warning("refused: another site's page asked for %s", scope["path"])
        if scope["type"] == "websocket":
            await receive()  # the handshake's own message comes first
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await PlainTextResponse(REFUSED, 403)(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        """Whether the request names no origin (no browser sent it), this one or a further one.

        Browsers put an Origin on every websocket and every request that changes something.
        """
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        if urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != "":
            return True
        return origin.lower() in {one.lower() for one in self._others()}
