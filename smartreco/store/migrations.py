"""Numbered SQL files, each applied once, in order, in a transaction of its own."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from smartreco.errors import StoreError

SCHEMA = Path(__file__).parent / "schema"
NUMBERED = re.compile(r"^(\d{3})_[a-z_]+\.sql$")


def migrate(connection: duckdb.DuckDBPyConnection, folder: Path = SCHEMA) -> list[int]:
    """Apply what this store has not seen yet; return the numbers applied.

    Raises
    ------
    StoreError
        The store was written by a newer version of the program.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations "
        "(number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
    )
    done = {
        number
        for (number,) in connection.execute("SELECT number FROM schema_migrations").fetchall()
    }
    known = _numbered_files(folder)
    if unknown := done - known.keys():
        raise StoreError(
            f"this version knows schema {max(known)}", f"schema {max(unknown)} in the store",
            "update the program, or name another file with --db",
        )  # fmt: skip
    pending = sorted(known.keys() - done)
    for number in pending:
        _apply(connection, number, known[number])
    return pending


def _numbered_files(folder: Path) -> dict[int, Path]:
    found = {}
    for path in folder.glob("*.sql"):
        if match := NUMBERED.match(path.name):
            found[int(match.group(1))] = path
    return found


def _apply(connection: duckdb.DuckDBPyConnection, number: int, path: Path) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(path.read_text(encoding="utf-8"))
        connection.execute(
            "INSERT INTO schema_migrations VALUES (?, ?, now()::TIMESTAMP)", [number, path.name]
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
