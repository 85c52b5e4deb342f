"""Accounts as an admin looks for them: by words, role and state, with their sessions counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from smartreco.entities import Role
from smartreco.store.accounts import READ, Account, account
from smartreco.store.connection import Cursor

LOCKED: Final = "list_contains($locked, sha256(username))"
STATES: Final = {
    None: "true",
    "open": f"NOT disabled AND NOT must_change AND password_hash <> '' AND NOT {LOCKED}",
    "disabled": "disabled",
    "locked": LOCKED,
    "must_change": "must_change AND NOT disabled AND password_hash <> ''",
    "invited": "NOT disabled AND password_hash = ''",
}


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which accounts are wanted; what is not given does not bound.

    ``words`` (lower case) all stand in its username, name or binding. ``locked`` holds the
    SHA-256 of the names that are locked now, as `login_attempts` keeps them.
    """

    words: tuple[str, ...] = ()
    role: Role | None = None
    state: str | None = None
    locked: tuple[str, ...] = ()


def search(
    cursor: Cursor, wanted: AccountFilter, limit: int, offset: int
) -> tuple[list[Account], int]:
    """A stretch of the accounts that a filter leaves, by username, and how many those are."""
    where = f"""
        ($role IS NULL OR role = $role) AND ({STATES[wanted.state]})
        AND len(list_filter($words, lambda word: NOT contains(
            lower(concat_ws(' ', username, name, retailer_id, vendor_id)), word))) = 0
    """
    given: dict[str, object] = {
        "role": None if wanted.role is None else wanted.role.value,
        "words": list(wanted.words),
    }
    if LOCKED in where:  # DuckDB refuses a value that no place takes
        given["locked"] = list(wanted.locked)
    rows = cursor.execute(
        f"SELECT {READ} FROM accounts WHERE {where} ORDER BY username LIMIT $limit OFFSET $offset",
        {**given, "limit": limit, "offset": offset},
    ).fetchall()
    counted = cursor.execute(f"SELECT count(*) FROM accounts WHERE {where}", given).fetchone()
    return [account(row) for row in rows], counted[0] if counted else 0


def sessions_of(
    cursor: Cursor, usernames: Sequence[str], now: datetime, idle_since: datetime
) -> dict[str, int]:
    """How many sessions of each of some accounts are good now; none: left out."""
    rows = cursor.execute(
        "SELECT username, count(*) FROM sessions WHERE list_contains($names, username) "
        "AND revoked_at IS NULL AND expires_at > $now "
        "AND coalesce(last_seen_at, created_at) > $idle GROUP BY username",
        {"names": list(usernames), "now": now, "idle": idle_since},
    ).fetchall()
    return dict(rows)
