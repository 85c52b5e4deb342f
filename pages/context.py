"""What a page gets: the workspace, who asks, and words in the reader's language."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from smartreco.entities import Principal
from smartreco.errors import NotAllowedError
from smartreco.language import Language, Message
from smartreco.workspace import Workspace

FRESH = 1.0  # seconds for which an account once read is not read again


@dataclass(frozen=True)
class Context:
    """The one argument of every page's ``render``.

    ``asks`` answers who is signed in at the moment it is called: a fragment
    or a button's callback outlives the run that drew it, and must not act for
    an account that was shut meanwhile. Pages use `principal`.
    """

    workspace: Workspace
    language: Language
    asks: Callable[[], Principal]

    @classmethod
    def of(cls, workspace: Workspace, asks: Callable[[], Principal], words: str = "") -> Context:
        """A context with the forms of the workspace's data set, in the language ``words``."""
        info = workspace.info()
        forms = (info.locale, info.currency) if info else ("en", "")
        return cls(workspace, _language(words, *forms), asks)

    @property
    def principal(self) -> Principal:
        """Who is signed in: the first argument of every use case.

        Raises
        ------
        NotAllowedError
            Nobody is, or not any more.
        """
        return self.asks()

    def t(self, message: str | Message, **values: object) -> str:
        """Visible words: translated and filled in."""
        return self.language.text(message, **values)


class SignedIn:
    """The holder of a session, read again when the last look is older than `FRESH`."""

    def __init__(self, workspace: Workspace, session_id: str, principal: Principal) -> None:
        self._workspace = workspace
        self._session_id = session_id
        self._principal = principal
        self._read_at = time.monotonic()

    def __call__(self) -> Principal:
        """Who holds the session now; NotAllowedError once it has ended."""
        if time.monotonic() - self._read_at > FRESH:
            holder = self._workspace.people.principal_of_session(self._session_id)
            if holder is None:
                return nobody()
            self._principal, self._read_at = holder, time.monotonic()
        return self._principal


def nobody() -> Principal:
    """The principal of somebody who is not signed in: there is none."""
    raise NotAllowedError(
        "this is for people who are signed in", "a session that has ended", "sign in again"
    )


@lru_cache(maxsize=32)
def _language(words: str, locale: str, currency: str) -> Language:
    return Language.spoken(words, locale, currency)
