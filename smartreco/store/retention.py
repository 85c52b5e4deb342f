"""What is forgotten with time: timings, sign-ins, ended sessions, what lists showed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from smartreco.store import audit
from smartreco.store.connection import Cursor
from smartreco.store.registered import count

#: Tables that grow with every visit, and when a row of theirs happened.
GROWING: Final = {
    "request_log": "happened_at",
    "login_attempts": "happened_at",
    "sessions": "expires_at",
    "events": "happened_at",
}


def forget(cursor: Cursor, before: datetime, username: str, now: datetime) -> dict[str, int]:
    """Delete rows older than `before` inside the running transaction; rows by table.

    Something that was forgotten leaves a line in the audit log, which is itself kept.
    """
    counts = {
        table: count(cursor, f"DELETE FROM {table} WHERE {column} < ?", [before])
        for table, column in GROWING.items()
    }
    if any(counts.values()):
        detail = {"before": before, **{name: rows for name, rows in counts.items() if rows}}
        audit.record(cursor, audit.Entry(now, username, "old rows forgotten", "store", detail))
    return counts
