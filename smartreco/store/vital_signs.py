"""What the store says of its own health: schema, sizes of tables, open sessions, failed calls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from smartreco.store.connection import Cursor


@dataclass(frozen=True, slots=True)
class TableSize:
    """One table: rows and, about, the bytes that they take; without indexes in the file.

    In PostgreSQL the rows are the server's own estimate, since counting them would read them; a
    table that it has not looked at yet is counted.
    """

    name: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Failing:
    """Calls of one use case that ended in one error of the program."""

    name: str
    outcome: str
    calls: int
    last: datetime


def schema(cursor: Cursor) -> tuple[int, datetime | None]:
    """Number of the newest migration and when it was applied."""
    row = cursor.execute(
        "SELECT number, applied_at FROM schema_migrations ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return (0, None) if row is None else (row[0], row[1])


def tables(cursor: Cursor, home: Literal["duckdb", "postgres"]) -> tuple[TableSize, ...]:
    """Every table of the store, the largest first."""
    found = _in_postgres(cursor) if home == "postgres" else _in_the_file(cursor)
    return tuple(sorted(found, key=lambda one: (-one.bytes, -one.rows, one.name)))


def _in_the_file(cursor: Cursor) -> list[TableSize]:
    names = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT internal "
        "AND database_name = current_database() AND schema_name = current_schema()"
    ).fetchall()
    block = cursor.execute("SELECT block_size FROM pragma_database_size()").fetchone()
    size = int(block[0]) if block else 0
    return [_size(cursor, name, size) for (name,) in names]


def _size(cursor: Cursor, name: str, block: int) -> TableSize:
    row = cursor.execute(
        f'SELECT (SELECT count(*) FROM "{name}"), count(DISTINCT block_id) '
        f"FROM pragma_storage_info('{name}') WHERE persistent AND block_id >= 0"
    ).fetchone()
    return TableSize(name, 0, 0) if row is None else TableSize(name, row[0], row[1] * block)


def _in_postgres(cursor: Cursor) -> list[TableSize]:
    home = cursor.execute("SELECT current_database()").fetchone()
    rows = cursor.execute(
        f"FROM postgres_query('{home[0] if home else ''}', $$"
        "SELECT relname::text, reltuples::bigint, pg_total_relation_size(oid)::bigint "
        "FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace$$)"
    ).fetchall()
    return [TableSize(name, _rows(cursor, name, about), size) for name, about, size in rows]


def _rows(cursor: Cursor, name: str, about: int) -> int:
    """The estimate; below 0 the server has none yet, and a table so new is quickly counted."""
    if about >= 0:
        return about
    row = cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()
    return 0 if row is None else int(row[0])


def open_sessions(cursor: Cursor, now: datetime, idle_since: datetime) -> tuple[int, int]:
    """How many sessions are good now, and of how many accounts."""
    row = cursor.execute(
        "SELECT count(*), count(DISTINCT username) FROM sessions JOIN accounts USING (username) "
        "WHERE revoked_at IS NULL AND expires_at > ? AND NOT disabled "
        "AND coalesce(last_seen_at, sessions.created_at) > ?", [now, idle_since],
    ).fetchone()  # fmt: skip
    return (0, 0) if row is None else (row[0], row[1])


def admins(cursor: Cursor) -> int:
    """Accounts of administrators that may sign in."""
    row = cursor.execute(
        "SELECT count(*) FROM accounts WHERE role = 'admin' AND NOT disabled"
    ).fetchone()
    return 0 if row is None else int(row[0])


def failing(cursor: Cursor, since: datetime, refusals: Collection[str]) -> tuple[Failing, ...]:
    """Use cases that ended neither well nor in one of the refusals, the most frequent first."""
    rows = cursor.execute(
        """
        SELECT name, outcome, count(*), max(happened_at) FROM request_log
        WHERE happened_at >= $since AND outcome <> 'ok' AND NOT list_contains($refusals, outcome)
        GROUP BY name, outcome ORDER BY count(*) DESC, name, outcome
        """,
        {"since": since, "refusals": sorted(refusals)},
    ).fetchall()
    return tuple(Failing(*row) for row in rows)
