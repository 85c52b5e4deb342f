"""Addresses that no route can mean: a line break, a NUL or another control sign in the path.

A pattern of a route stops at a line break, so such an address would pass the mounted API by
and be answered by whatever serves pages; here it is refused first, in the form callers read.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from smartreco.api.problems import ApiError, problem

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
LONGEST: Final = 8_000  # signs of a path


class Addresses:
    """ASGI middleware: below a prefix, a path that cannot be one is answered as a problem."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be an address."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        error = None
        if CONTROL.search(path):
            error = ApiError(400, "an address holds no control signs", "one", "leave it out")
        elif len(path) > LONGEST:
            error = ApiError(
                414, f"an address has at most {LONGEST} signs", str(len(path)), "shorten it"
            )
        elif path == self._prefix:
            error = ApiError(
                404, "an address is one of the API's", "its beginning", "see /api/v1/docs"
            )
        if error is None:
            await self._app(scope, receive, send)
        else:
            await problem(Request(scope), error.status, error)(scope, receive, send)
