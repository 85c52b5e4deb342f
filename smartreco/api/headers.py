"""Headers that tell a browser what this site never does.

The page loads nothing from outside, is never framed, and runs no script that
the server did not send as a file; so the policy can say so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The one script that Streamlit's own index.html holds (``window.prerenderReady = false``);
#: a test computes it from the installed version.
STREAMLIT_INLINE = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="

UNFRAMED = "frame-ancestors 'none'"
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        f"script-src 'self' '{STREAMLIT_INLINE}'",
        "style-src 'self' 'unsafe-inline'",  # Streamlit styles its elements in place
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        UNFRAMED,
        "object-src 'none'",
        "base-uri 'self'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # a set-up link stays here; our own images say where from
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR = "max-age=31536000"


class SecurityHeaders:
    """ASGI middleware: `HEADERS` on every answer, and HSTS where it came over https.

    ``framed_by`` answers with the addresses that may show these pages in a frame; none
    unless whoever runs the process names them.
    """

    def __init__(self, app: ASGIApp, framed_by: Callable[[], Collection[str]] = tuple) -> None:
        self._app = app
        self._framed_by = framed_by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through; add headers where an answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if framing := self._framed_by():
                    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
                        UNFRAMED, " ".join(["frame-ancestors 'self'", *framing])
                    )
                    del headers["X-Frame-Options"]  # it cannot name another site
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = ONE_YEAR
            await send(message)

        await self._app(scope, receive, send_with_headers)
