"""What happened between two visits of an account, and the table ``tours``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from smartreco.store.connection import Cursor

_OF_SHOP = """
    SELECT t.status, count(DISTINCT t.order_key) FROM order_parts t
    JOIN orders o USING (order_key) JOIN retailers r USING (retailer_key)
    WHERE r.retailer_id = $id AND t.settled_at > $since AND t.settled_by <> $username
    GROUP BY 1
"""
_OF_VENDOR = """
    SELECT t.status, count(DISTINCT t.order_key) FROM order_parts t
    JOIN vendors v USING (vendor_key)
    WHERE v.vendor_id = $id AND t.settled_at > $since AND t.settled_by <> $username
    GROUP BY 1
"""


def last(cursor: Cursor, username: str, session_id: str) -> datetime | None:
    """When an account was last here before a session of its began; None at the first visit."""
    row = cursor.execute(
        "SELECT max(coalesce(b.last_seen_at, b.created_at)) "
        "FROM sessions b JOIN sessions here ON here.token_hash = $id "
        "WHERE b.username = $username AND here.username = $username "
        "AND b.token_hash <> $id AND b.created_at < here.created_at",
        {"id": session_id, "username": username},
    ).fetchone()
    return None if row is None else row[0]


def orders_of_shop(
    cursor: Cursor, retailer_id: str, username: str, since: datetime
) -> dict[str, int]:
    """Orders of a shop that others moved on since, by what they are now."""
    return _counted(cursor, _OF_SHOP, retailer_id, username, since)


def orders_of_vendor(
    cursor: Cursor, vendor_id: str, username: str, since: datetime
) -> dict[str, int]:
    """Orders with a vendor's products that others placed or called off since, by status."""
    return _counted(cursor, _OF_VENDOR, vendor_id, username, since)


def acts(cursor: Cursor, actions: Sequence[str], username: str, since: datetime) -> dict[str, int]:
    """Entries of the audit log that others made since, by action."""
    rows = cursor.execute(
        "SELECT action, count(*) FROM audit_log WHERE happened_at > $since "
        "AND username <> $username AND list_contains($actions, action) GROUP BY 1",
        {"since": since, "username": username, "actions": list(actions)},
    ).fetchall()
    return {str(action): int(n) for action, n in rows}


def toured(cursor: Cursor, username: str) -> bool:
    """Whether an account has ended the tour."""
    found = cursor.execute("SELECT 1 FROM tours WHERE username = ?", [username]).fetchone()
    return found is not None


def end_tour(cursor: Cursor, username: str, now: datetime) -> None:
    """Offer it no more."""
    cursor.execute("DELETE FROM tours WHERE username = ?", [username])
    cursor.execute("INSERT INTO tours VALUES (?, ?)", [username, now])


def _counted(
    cursor: Cursor, query: str, scope: str, username: str, since: datetime
) -> dict[str, int]:
    given = {"id": scope, "username": username, "since": since}
    return {str(status): int(n) for status, n in cursor.execute(query, given).fetchall()}
