"""The table ``login_attempts``: what the lock-out counts, for unknown names too.

Names are kept as SHA-256 (``attempted``): people type a password where their
name belongs, and then it would stand here in clear.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from smartreco.store.connection import Cursor

FAILED = """
    SELECT username, happened_at FROM login_attempts AS tried
    WHERE NOT succeeded AND happened_at > $since
      AND ($name IS NULL OR username = $name)
      AND happened_at > coalesce(
        (SELECT max(happened_at) FROM login_attempts AS right_ones
         WHERE right_ones.username = tried.username AND right_ones.succeeded),
        TIMESTAMP '-infinity')
"""


def attempted(username: str) -> str:
    """A name as this table keeps it."""
    return hashlib.sha256(username.encode()).hexdigest()


def failures_since(cursor: Cursor, username: str, since: datetime) -> list[datetime]:
    """Times of wrong passwords after `since` and after the last right one."""
    given = {"name": attempted(username), "since": since}
    return [at for _, at in cursor.execute(FAILED, given).fetchall()]


def all_failures_since(cursor: Cursor, since: datetime) -> dict[str, list[datetime]]:
    """The same for every name, as `attempted` keeps it."""
    found: dict[str, list[datetime]] = {}
    for name, at in cursor.execute(FAILED, {"name": None, "since": since}).fetchall():
        found.setdefault(name, []).append(at)
    return found


def record(cursor: Cursor, username: str, at: datetime, succeeded: bool) -> None:
    """Keep one attempt."""
    cursor.execute(
        "INSERT INTO login_attempts VALUES (?, ?, ?)", [attempted(username), at, succeeded]
    )


def forget(cursor: Cursor, username: str) -> None:
    """Drop a name's attempts: it is open again."""
    cursor.execute("DELETE FROM login_attempts WHERE username = ?", [attempted(username)])


def forget_before(cursor: Cursor, moment: datetime) -> None:
    """Drop attempts that no lock-out can count any more."""
    cursor.execute("DELETE FROM login_attempts WHERE happened_at < ?", [moment])
