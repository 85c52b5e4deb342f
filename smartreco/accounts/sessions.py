"""What a signed-in browser holds, and the one-time ticket that gets it there.

The cookie is an opaque random token; the store knows only its SHA-256, the
session id, so a copy of the store signs nobody in. A page cannot set an
HttpOnly cookie itself: it draws an image whose address carries a ticket, and
the route behind it (`smartreco.api.session`) swaps the ticket for the cookie.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

TICKET_LIFE = timedelta(seconds=30)


def new_token() -> str:
    """256 random bits, as text that a cookie or an address can hold."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """SHA-256 of a token. A random token needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session just opened: its id for the server's memory, a ticket for the browser."""

    session_id: str
    ticket: str = field(repr=False)


class Tickets:
    """Tickets of this process that wait to be swapped for their token, once."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def issue(self, token: str, now: datetime) -> str:
        """A new ticket for `token`, good for `TICKET_LIFE`."""
        ticket = new_token()
        with self._lock:
            self._forget_late_ones(now)
            self._waiting[digest(ticket)] = (token, now + TICKET_LIFE)
        return ticket

    def redeem(self, ticket: str, now: datetime) -> str | None:
        """The token, the first time and in time; None ever after."""
        with self._lock:
            self._forget_late_ones(now)
            token, _ = self._waiting.pop(digest(ticket), (None, now))
        return token

    def _forget_late_ones(self, now: datetime) -> None:
        late = [key for key, (_, until) in self._waiting.items() if until <= now]
        for key in late:
            del self._waiting[key]
