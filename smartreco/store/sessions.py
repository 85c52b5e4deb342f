"""The table ``sessions``: which browsers are signed in, by the hash of their cookie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from smartreco.entities import Principal, Role
from smartreco.store import api_keys
from smartreco.store.connection import Cursor
from smartreco.store.registered import count


@dataclass(frozen=True, slots=True)
class Held:
    """A session that has neither been ended nor reached its last moment, and who holds it."""

    principal: Principal
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as it is kept."""

    session_id: str
    username: str
    began_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    device: str
    language: str = ""


def insert(cursor: Cursor, session: SessionRow) -> None:
    """Keep a new session and forget those that ended before it began."""
    cursor.execute("DELETE FROM sessions WHERE expires_at <= ?", [session.began_at])
    cursor.execute(
        "INSERT INTO sessions (token_hash, username, created_at, last_seen_at, expires_at, device, "
        "language) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            session.session_id, session.username, session.began_at, session.last_seen_at,
            session.ends_at, session.device, session.language,
        ],
    )  # fmt: skip


def held(cursor: Cursor, session_id: str, now: datetime) -> Held | None:
    """Who holds a session now; whether it was used lately is the caller's to judge.

    The account is read anew each time, so a changed role, a disabled account
    and a revoked session act at the next request.
    """
    row = cursor.execute(
        """
        SELECT a.username, a.name, a.role, a.retailer_id, a.vendor_id, a.must_change,
               coalesce(s.last_seen_at, s.created_at), coalesce(s.language, '')
        FROM sessions s JOIN accounts a USING (username)
        WHERE s.token_hash = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND NOT a.disabled
        """,
        [session_id, now],
    ).fetchone()
    if row is None:
        return None
    username, name, role, retailer_id, vendor_id, must_change, seen, language = row
    who = Principal(username, name, Role(role), retailer_id, vendor_id, must_change, language)
    return Held(who, seen)


def username_of(cursor: Cursor, session_id: str) -> str | None:
    """Whose a session is or was; None where it is unknown or forgotten."""
    row = cursor.execute(
        "SELECT username FROM sessions WHERE token_hash = ?", [session_id]
    ).fetchone()
    return None if row is None else str(row[0])


def of(cursor: Cursor, username: str, now: datetime, idle_since: datetime) -> list[SessionRow]:
    """The sessions of an account that are good now, the one used last first."""
    rows = cursor.execute(
        """
        SELECT token_hash, username, created_at, coalesce(last_seen_at, created_at) AS seen,
               expires_at, coalesce(device, ''), coalesce(language, '')
        FROM sessions
        WHERE username = ? AND revoked_at IS NULL AND expires_at > ?
          AND coalesce(last_seen_at, created_at) > ?
        ORDER BY seen DESC, token_hash
        """,
        [username, now, idle_since],
    ).fetchall()
    return [SessionRow(*row) for row in rows]


def set_language(cursor: Cursor, session_id: str, username: str, language: str) -> int:
    """Keep the language of an account's open session; how many there were."""
    return count(
        cursor,
        "UPDATE sessions SET language = ? WHERE token_hash = ? AND username = ? "
        "AND revoked_at IS NULL",
        [language, session_id, username],
    )


def last_language(cursor: Cursor, username: str) -> str:
    """What the account read last; "" where nobody chose, or it is long ago."""
    row = cursor.execute(
        "SELECT coalesce(language, '') FROM sessions WHERE username = ? "
        "ORDER BY created_at DESC LIMIT 1",
        [username],
    ).fetchone()
    return "" if row is None else str(row[0])


def touch(cursor: Cursor, seen: Mapping[str, datetime]) -> None:
    """Keep when sessions were used last."""
    for session_id, at in seen.items():
        cursor.execute(
            "UPDATE sessions SET last_seen_at = ? WHERE token_hash = ? AND revoked_at IS NULL",
            [at, session_id],
        )


def revoke(cursor: Cursor, session_id: str, now: datetime, username: str | None = None) -> int:
    """End one session, if it is `username`'s where that is given; how many ended."""
    return count(
        cursor,
        "UPDATE sessions SET revoked_at = $now WHERE token_hash = $id AND revoked_at IS NULL "
        "AND ($username IS NULL OR username = $username)",
        {"now": now, "id": session_id, "username": username},
    )


def revoke_all(
    cursor: Cursor, username: str, now: datetime, except_session: str | None = None
) -> int:
    """End every session of an account but one; how many ended that were good until now.

    Its tokens of the API end with them; its keys are revoked by themselves.
    """
    api_keys.revoke_tokens(cursor, username, now)
    return count(
        cursor,
        "UPDATE sessions SET revoked_at = $now WHERE username = $username AND revoked_at IS NULL "
        "AND ($kept IS NULL OR token_hash <> $kept)",
        {"now": now, "username": username, "kept": except_session},
    )
