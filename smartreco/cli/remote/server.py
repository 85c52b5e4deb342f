"""The running app as commands see it: paths in, plain values and frames out.

It is thin on purpose and stands on the standard library: a command line that only asks
another process should not need a package for it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pandas as pd

from smartreco.cli.remote.frames import frame_of
from smartreco.errors import InputError, NotFoundError, SmartRecoError

PREFIX: Final = "/api/v1"
SECONDS: Final = 600.0  # that an answer may take: a first forecast of many shops is work
LONGEST_PAGE: Final = 500
TRIES: Final = 60  # while the app says it is getting ready, or that it is asked too often
LONGEST_WAIT: Final = 30.0

Params = Mapping[str, object]
Report = Callable[[float, str], None]


class _NoRedirects(HTTPRedirectHandler):
    """A token goes to the address it was meant for, and no further."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    """A body, and where the work that it began can be asked after."""

    body: bytes
    location: str

    @property
    def plain(self) -> Any:
        """The body as plain values."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise InputError(
                "SMARTRECO_URL is the address of a SmartReco app", "an answer that is none of its",
                "check the address",
            ) from error  # fmt: skip


class Server:
    """A running app.

    Parameters
    ----------
    url
        Its address, as a browser has it.
    token
        An API key or a token.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self._opener = build_opener(_NoRedirects)

    def get(self, path: str, params: Params | None = None) -> Any:
        """Plain values that a path answers with."""
        return self.ask("GET", path, params).plain

    def post(self, path: str, body: object = None) -> Any:
        """Send plain values; plain values come back, None where nothing does."""
        answer = self.ask("POST", path, body=body)
        return answer.plain if answer.body else None

    def frames(self, path: str, params: Params) -> Iterator[tuple[pd.DataFrame, list[str]]]:
        """Pages of a table, with what is said of it."""
        offset = 0
        while True:
            page = self.get(path, {**params, "limit": LONGEST_PAGE, "offset": offset})
            yield frame_of(page), list(page["said"])
            offset += LONGEST_PAGE
            if page["next"] is None:
                return

    def table(self, path: str, params: Params) -> tuple[pd.DataFrame, list[str]]:
        """The same as one frame."""
        pages = list(self.frames(path, params))
        frames = [frame for frame, _ in pages]
        whole = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
        return whole, pages[0][1]

    def items(self, path: str) -> Iterator[dict[str, Any]]:
        """All items of a list that comes in pages."""
        offset = 0
        while True:
            page = self.get(path, {"limit": LONGEST_PAGE, "offset": offset})
            yield from page["items"]
            offset += LONGEST_PAGE
            if page["next"] is None:
                return

    def follow(self, begun: Answer, report: Report) -> dict[str, Any]:
        """Wait for work that has begun; its last state.

        Raises
        ------
        SmartRecoError
            It came to nothing.
        """
        path = begun.location.removeprefix(self._base()).removeprefix(PREFIX)
        while True:
            state: dict[str, Any] = self.get(path)
            report(state["fraction"], state["doing"])
            if not state["running"]:
                if state["problem"]:
                    raise InputError(state["problem"])
                return state
            time.sleep(0.3)

    def ask(
        self, method: str, path: str, params: Params | None = None, body: object = None,
        content: tuple[str, bytes] | None = None,
    ) -> Answer:  # fmt: skip
        """One request; tried again while the app is getting ready.

        Parameters
        ----------
        content
            Media type and bytes, in place of `body` as JSON.

        Raises
        ------
        SmartRecoError
            The app cannot be reached, or refuses.
        """
        request = self._request(method, path, params or {}, body, content)
        for _ in range(TRIES):
            answer, wait = self._once(request)
            if answer is not None:
                return answer
            time.sleep(wait)
        raise InputError("the app is ready", "still not", "try again later")

    def _request(
        self, method: str, path: str, params: Params, body: object,
        content: tuple[str, bytes] | None,
    ) -> Request:  # fmt: skip
        given = {name: value for name, value in params.items() if value not in (None, [], "")}
        query = f"?{urlencode(given, doseq=True)}" if given else ""
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        data = None
        if content is not None:
            headers["Content-Type"], data = content
        elif body is not None:
            headers["Content-Type"], data = "application/json", json.dumps(body).encode()
        elif method != "GET":
            data = b""
        url = f"{self._url}{PREFIX}{path}{query}"
        return Request(url, data, headers, method=method)  # noqa: S310 - http(s), see Settings.url

    def _once(self, request: Request) -> tuple[Answer | None, float]:
        """An answer; or None and the seconds after which to ask again."""
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return _read(answer), 0.0
        except HTTPError as refused:
            with refused:
                if refused.code in (429, 503) and "Retry-After" in refused.headers:
                    return None, _seconds(refused.headers["Retry-After"])
                raise _refusal(refused.code, refused) from refused
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise InputError(
                f"the app at {self._url} answers", type(error).__name__,
                "check SMARTRECO_URL, or unset it to open the store's file",
            ) from error  # fmt: skip

    def _base(self) -> str:
        """What the app's address has beyond its host."""
        _, _, rest = self._url.partition("://")
        _, slash, path = rest.partition("/")
        return slash + path


def part(value: object) -> str:
    """Something as one part of a path."""
    return quote(str(value), safe="")


def _read(answer: HTTPResponse) -> Answer:
    return Answer(answer.read(), answer.headers.get("Location", ""))


def _seconds(text: str) -> float:
    try:
        return min(max(float(text), 0.1), LONGEST_WAIT)
    except ValueError:
        return 1.0


def _refusal(status: int, body: IO[bytes]) -> SmartRecoError:
    """A problem's rule, what was found and what to do, as the app said them."""
    try:
        told = json.loads(body.read())
        kind = NotFoundError if status == 404 else InputError
        return kind(told["rule"], told["found"], told["action"])
    except (ValueError, KeyError, TypeError):
        return InputError(
            "SMARTRECO_URL is the address of a SmartReco app", f"an answer of status {status}",
            "check the address",
        )  # fmt: skip
