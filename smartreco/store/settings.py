"""The table ``settings``: single values that belong to this store."""

from __future__ import annotations

from smartreco.store.connection import Cursor
from smartreco.store.registered import count


def get(cursor: Cursor, name: str) -> str | None:
    """A setting's value; None where it is not set."""
    row = cursor.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
    return row[0] if row else None


def put(cursor: Cursor, name: str, value: str) -> None:
    """Set a value."""
    if not count(cursor, "UPDATE settings SET value = ? WHERE name = ?", [value, name]):
        cursor.execute("INSERT INTO settings VALUES (?, ?)", [name, value])


def remove(cursor: Cursor, name: str) -> None:
    """Forget a setting."""
    cursor.execute("DELETE FROM settings WHERE name = ?", [name])
