"""In which language a page comes, as far as its request tells before it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

from smartreco.accounts.sessions import digest
from smartreco.api.session import COOKIE
from smartreco.errors import SmartRecoError
from smartreco.language import SOURCE, languages
from smartreco.workspace import Workspace


def language_of(workspace: Callable[[], Workspace]) -> Callable[[Headers], str]:
    """What the session chose, else the first that the browser asks for and there are words in.

    As `pages.components.language_switch.spoken` decides when the page is drawn.
    """

    def answer(headers: Headers) -> str:
        token = _cookie(headers)
        try:
            who = workspace().people.principal_of_session(digest(token)) if token else None
        except SmartRecoError:  # the store is away: the page itself says so
            who = None
        if who is not None and who.language:
            return who.language
        first = headers.get("accept-language", "").split(",")[0].split(";")[0]
        code = first.strip().split("-")[0].lower()
        return code if code in languages() else SOURCE

    return answer


def _cookie(headers: Headers) -> str:
    try:
        held = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return held.value if held is not None else ""
