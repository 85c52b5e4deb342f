"""The table ``reset_tokens``: links by which an account's owner chooses a password, once."""

from __future__ import annotations

from datetime import datetime

from smartreco.store.connection import Cursor
from smartreco.store.registered import count


def insert(
    cursor: Cursor, token_hash: str, username: str, made_by: str, now: datetime, ends_at: datetime
) -> None:
    """Keep a link; those before it of the same account, and all that are too old, are void."""
    cursor.execute("DELETE FROM reset_tokens WHERE username = ? OR ends_at <= ?", [username, now])
    cursor.execute(
        "INSERT INTO reset_tokens (token_hash, username, made_by, made_at, ends_at) "
        "VALUES (?, ?, ?, ?, ?)",
        [token_hash, username, made_by, now, ends_at],
    )


def username_of(cursor: Cursor, token_hash: str, now: datetime) -> str | None:
    """Whose password a link may set now; None for one that is void, or of a disabled account."""
    found = cursor.execute(
        "SELECT username FROM reset_tokens JOIN accounts USING (username) "
        "WHERE token_hash = ? AND ends_at > ? AND NOT disabled",
        [token_hash, now],
    ).fetchone()
    return found[0] if found else None


def use_up(cursor: Cursor, token_hash: str) -> bool:
    """Void a link; whether it was there."""
    return count(cursor, "DELETE FROM reset_tokens WHERE token_hash = ?", [token_hash]) == 1


def void(cursor: Cursor, username: str) -> None:
    """Void the links of an account."""
    cursor.execute("DELETE FROM reset_tokens WHERE username = ?", [username])
