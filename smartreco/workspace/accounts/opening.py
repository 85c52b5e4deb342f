"""Opening a session: a new id, and a ticket by which the browser gets its cookie.

Signing in and changing the password both end here, so that neither goes on with an id that
somebody knew before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from smartreco.accounts.sessions import OpenedSession, Tickets, digest, new_token
from smartreco.config import Settings
from smartreco.store import sessions
from smartreco.store.connection import Cursor


class Opening:
    """Sessions that begin, and the tickets that wait for their browsers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tickets = Tickets()

    def open(
        self, cursor: Cursor, username: str, device: str, now: datetime, language: str = ""
    ) -> OpenedSession:
        """Keep a new session of an account; part of the caller's transaction."""
        token = new_token()
        ends = now + timedelta(days=self._settings.session_days)
        row = sessions.SessionRow(digest(token), username, now, now, ends, device, language)
        sessions.insert(cursor, row)
        return OpenedSession(row.session_id, self._tickets.issue(token, now))

    def redeem(self, ticket: str, now: datetime) -> str | None:
        """The cookie's value for a ticket: once, within its 30 seconds; else None."""
        return self._tickets.redeem(ticket, now)
