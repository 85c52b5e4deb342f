"""The table ``audit_log``: who did what to whom, written in the act's own transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from smartreco.store.connection import Cursor


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
