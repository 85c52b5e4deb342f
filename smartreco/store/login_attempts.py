"""The table ``login_attempts``: what the lock-out counts, for unknown names too."""

from __future__ import annotations

from datetime import datetime

from smartreco.store.connection import Cursor


def failures_since(cursor: Cursor, username: str, since: datetime) -> list[datetime]:
    """Times of wrong passwords after `since` and after the last right one."""
    rows = cursor.execute(
        """
        SELECT happened_at FROM login_attempts
        WHERE username = $name AND NOT succeeded AND happened_at > $since
          AND happened_at > coalesce(
            (SELECT max(happened_at) FROM login_attempts WHERE username = $name AND succeeded),
            TIMESTAMP '-infinity')
        """,
        {"name": username, "since": since},
    ).fetchall()
    return [at for (at,) in rows]


def record(cursor: Cursor, username: str, at: datetime, succeeded: bool) -> None:
    """Keep one attempt."""
    cursor.execute("INSERT INTO login_attempts VALUES (?, ?, ?)", [username, at, succeeded])


def forget_before(cursor: Cursor, moment: datetime) -> None:
    """Drop attempts that no lock-out can count any more."""
    cursor.execute("DELETE FROM login_attempts WHERE happened_at < ?", [moment])
