"""The table ``api_keys``: tokens and keys of the API, each by the hash of its secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.store.connection import Cursor

COLUMNS = (
    "key_hash, key_id, username, kind, name, scopes, retailer_id, vendor_id, password_mark, "
    "created_at, expires_at, last_used_at, revoked_at"
)
TOKEN, KEY = "token", "key"  # kinds


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One token or key; ``scopes`` are names with blanks between."""

    key_hash: str
    key_id: str
    username: str
    kind: str
    name: str
    scopes: str
    retailer_id: str | None
    vendor_id: str | None
    password_mark: str | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """A key that is good now, with its account as it is now."""

    row: KeyRow
    principal: Principal
    password_hash: str


def insert(cursor: Cursor, row: KeyRow) -> None:
    """Keep a new one."""
    places = ", ".join("?" * len(KeyRow.__slots__))
    values = [getattr(row, name) for name in KeyRow.__slots__]
    cursor.execute(f"INSERT INTO api_keys ({COLUMNS}) VALUES ({places})", values)


def holder(cursor: Cursor, key_hash: str, now: datetime) -> Holder | None:
    """Who holds a secret; None where it is unknown, over or revoked, or its account disabled."""
    columns = ", ".join(f"k.{name}" for name in COLUMNS.split(", "))
    row = cursor.execute(
        f"""
        SELECT {columns}, a.name, a.role, a.retailer_id, a.vendor_id,
               coalesce(a.must_change, false), a.password_hash
        FROM api_keys k JOIN accounts a ON a.username = k.username
        WHERE k.key_hash = ? AND k.revoked_at IS NULL AND NOT a.disabled
          AND (k.expires_at IS NULL OR k.expires_at > ?)
        """,
        [key_hash, now],
    ).fetchone()
    if row is None:
        return None
    key, (name, role, retailer_id, vendor_id, must_change, hashed) = _row(row[:-6]), row[-6:]
    account = Principal(key.username, name, Role(role), retailer_id, vendor_id, must_change)
    return Holder(key, account, hashed)


def keys(cursor: Cursor, username: str | None, limit: int, offset: int) -> tuple[list[KeyRow], int]:
    """Keys (no tokens) of an account or of all, the newest first, and how many there are."""
    where, values = "kind = 'key' AND (? IS NULL OR username = ?)", [username, username]
    total = cursor.execute(f"SELECT count(*) FROM api_keys WHERE {where}", values).fetchone()
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM api_keys WHERE {where} "
        "ORDER BY created_at DESC, key_id LIMIT ? OFFSET ?",
        [*values, limit, offset],
    ).fetchall()
    return [_row(row) for row in rows], 0 if total is None else int(total[0])


def find(cursor: Cursor, key_id: str) -> KeyRow | None:
    """A key or token by its public id."""
    row = cursor.execute(f"SELECT {COLUMNS} FROM api_keys WHERE key_id = ?", [key_id]).fetchone()
    return None if row is None else _row(row)


def require_room(cursor: Cursor, username: str, now: datetime, most: int) -> None:
    """Refuse another key where an account has many that are good.

    Raises
    ------
    InputError
        It has `most`.
    """
    row = cursor.execute(
        "SELECT count(*) FROM api_keys WHERE kind = 'key' AND username = ? "
        "AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
        [username, now],
    ).fetchone()
    if row is not None and row[0] >= most:
        raise InputError(
            f"an account has at most {most} keys at once", str(row[0]), "revoke one first"
        )


def revoke(cursor: Cursor, key_id: str, now: datetime) -> None:
    """End one."""
    cursor.execute(
        "UPDATE api_keys SET revoked_at = ? WHERE key_id = ? AND revoked_at IS NULL", [now, key_id]
    )


def revoke_tokens(cursor: Cursor, username: str, now: datetime) -> None:
    """End every token of an account, as its sessions end; its keys stay."""
    cursor.execute(
        "UPDATE api_keys SET revoked_at = ? "
        "WHERE username = ? AND kind = 'token' AND revoked_at IS NULL",
        [now, username],
    )


def used(cursor: Cursor, key_hash: str, now: datetime) -> None:
    """Note that one was used."""
    cursor.execute("UPDATE api_keys SET last_used_at = ? WHERE key_hash = ?", [now, key_hash])


def forget_tokens(cursor: Cursor, before: datetime) -> None:
    """Drop tokens that ended before a moment."""
    cursor.execute("DELETE FROM api_keys WHERE kind = 'token' AND expires_at < ?", [before])


def _row(values: Sequence[Any]) -> KeyRow:
    return KeyRow(*values)
