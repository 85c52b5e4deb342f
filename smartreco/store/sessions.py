"""The table ``sessions``: which browsers are signed in, by the hash of their cookie."""

from __future__ import annotations

from datetime import datetime

from smartreco.entities import Principal, Role
from smartreco.store.connection import Cursor


def insert(
    cursor: Cursor, session_id: str, username: str, now: datetime, expires_at: datetime
) -> None:
    """Keep a new session and forget those that ended before `now`."""
    cursor.execute("DELETE FROM sessions WHERE expires_at <= ?", [now])
    cursor.execute(
        "INSERT INTO sessions (token_hash, username, created_at, expires_at) VALUES (?, ?, ?, ?)",
        [session_id, username, now, expires_at],
    )


def principal(cursor: Cursor, session_id: str, now: datetime) -> Principal | None:
    """Who holds a session now.

    The account is read anew each time, so a changed role, a disabled account
    and a revoked session act at the next request.
    """
    row = cursor.execute(
        """
        SELECT a.username, a.name, a.role, a.retailer_id, a.vendor_id
        FROM sessions s JOIN accounts a USING (username)
        WHERE s.token_hash = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND NOT a.disabled
        """,
        [session_id, now],
    ).fetchone()
    if row is None:
        return None
    username, name, role, retailer_id, vendor_id = row
    return Principal(username, name, Role(role), retailer_id, vendor_id)


def times(cursor: Cursor, session_id: str) -> tuple[datetime, datetime] | None:
    """When a session began and when it ends by itself."""
    return cursor.execute(
        "SELECT created_at, expires_at FROM sessions WHERE token_hash = ?", [session_id]
    ).fetchone()


def revoke(cursor: Cursor, session_id: str, now: datetime) -> None:
    """End one session."""
    cursor.execute(
        "UPDATE sessions SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL",
        [now, session_id],
    )


def revoke_all(cursor: Cursor, username: str, now: datetime) -> None:
    """End every session of an account."""
    cursor.execute(
        "UPDATE sessions SET revoked_at = ? WHERE username = ? AND revoked_at IS NULL",
        [now, username],
    )
