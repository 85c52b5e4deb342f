"""The table ``audit_log``: who did what to whom, written in the act's own transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from smartreco.store.connection import Cursor

WHERE: Final = """
    ($since IS NULL OR happened_at >= $since) AND ($until IS NULL OR happened_at < $until)
    AND ($username IS NULL OR username = $username)
    AND (len($actions) = 0 OR list_contains($actions, action))
    AND len(list_filter($words, lambda word: NOT contains(
        lower(concat_ws(' ', username, action, subject, CAST(detail AS VARCHAR))), word))) = 0
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log; ``detail`` never holds a secret."""

    at: datetime
    username: str  # who did it
    action: str  # such as account.disabled
    subject: str  # to what it was done
    detail: Mapping[str, object] = field(default_factory=dict)


def record(cursor: Cursor, entry: Entry) -> None:
    """Write one line."""
    cursor.execute(
        "INSERT INTO audit_log VALUES (?, ?, ?, ?, ?)",
        [
            entry.at, entry.username, entry.action, entry.subject,
            json.dumps(dict(entry.detail), default=str),
        ],
    )  # fmt: skip


def noted(cursor: Cursor, action: str, subject: str) -> bool:
    """Whether something was written of a subject already."""
    found = cursor.execute(
        "SELECT 1 FROM audit_log WHERE action = ? AND subject = ? LIMIT 1", [action, subject]
    ).fetchone()
    return found is not None


def latest(cursor: Cursor, limit: int = 100) -> list[Entry]:
    """The newest lines first."""
    rows = cursor.execute(
        "SELECT happened_at, username, action, subject, detail FROM audit_log "
        "ORDER BY happened_at DESC LIMIT ?",
        [limit],
    ).fetchall()
    return [
        Entry(at, who, action, what, json.loads(detail)) for at, who, action, what, detail in rows
    ]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines are wanted; what is not given does not bound.

    ``since`` is the first moment and ``until`` the first that is too late; each of ``words``
    (lower case) stands somewhere in the line.
    """

    since: datetime | None = None
    until: datetime | None = None
    username: str | None = None
    actions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def find(
    cursor: Cursor, wanted: AuditFilter, limit: int, offset: int = 0
) -> tuple[tuple[Entry, ...], int]:
    """A stretch of the lines that a filter leaves, newest first, and how many those are."""
    given = {
        "since": wanted.since, "until": wanted.until, "username": wanted.username,
        "actions": list(wanted.actions), "words": list(wanted.words),
    }  # fmt: skip
    rows = cursor.execute(
        f"SELECT happened_at, username, action, subject, detail FROM audit_log WHERE {WHERE} "
        "ORDER BY happened_at DESC, username, action, subject, CAST(detail AS VARCHAR) "
        "LIMIT $limit OFFSET $offset",
        {**given, "limit": limit, "offset": offset},
    ).fetchall()
    counted = cursor.execute(f"SELECT count(*) FROM audit_log WHERE {WHERE}", given).fetchone()
    entries = tuple(
        Entry(at, who, action, what, json.loads(detail)) for at, who, action, what, detail in rows
    )
    return entries, counted[0] if counted else 0


def names(cursor: Cursor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Everybody who did something, and every kind of act there is, each in order."""
    people = cursor.execute("SELECT DISTINCT username FROM audit_log ORDER BY 1").fetchall()
    acts = cursor.execute("SELECT DISTINCT action FROM audit_log ORDER BY 1").fetchall()
    return tuple(one for (one,) in people), tuple(one for (one,) in acts)
