"""Where a page's one-time ticket becomes the browser's cookie.

A Streamlit page cannot set a cookie that scripts cannot read. It draws an
image at `OPEN_PATH` instead; the answer is one empty pixel and the cookie.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from smartreco.workspace import Workspace

COOKIE = "sid"
OPEN_PATH = "/session/open"
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
NOT_KEPT = {"Cache-Control": "no-store"}


def session_routes(workspace: Callable[[], Workspace]) -> list[Route]:
    """The route that hands out session cookies.

    ``workspace`` answers with the process's workspace, once it is open.
    """

    def open_session(request: Request) -> Response:
        if not from_this_site(request):
            return Response("Only this site's own pages open a session", 403, NOT_KEPT)
        people, settings = workspace().people, workspace().settings
        token = people.redeem(request.query_params.get("ticket", ""))
        if token is None:
            return Response("This ticket was used or is too old", 403, NOT_KEPT)
        answer = Response(PIXEL, media_type="image/gif", headers=NOT_KEPT)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=int(settings.session_days * 24 * 3600),
            httponly=True,
            samesite="strict",
            secure=settings.secure_cookies or request.url.scheme == "https",
        )
        return answer

    return [Route(OPEN_PATH, open_session, methods=["GET"])]


def from_this_site(request: Request) -> bool:
    """Whether a page of this very site asked, and not another site or a typed address.

    Otherwise somebody could sign a stranger's browser in to his own account.
    Browsers leave Sec-Fetch-Site out over plain http to other hosts than
    localhost; the Referer, which our pages always send here, tells it then.
    """
    asked_from = request.headers.get("sec-fetch-site")
    if asked_from is not None:
        return asked_from == "same-origin"
    return urlsplit(request.headers.get("referer", "")).netloc == request.headers.get("host")
