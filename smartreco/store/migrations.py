"""Numbered SQL files, each applied once, in order, in a transaction of its own.

In an attached PostgreSQL, DuckDB passes the types of ALTER TABLE on by its own names and no
defaults; so those statements go there as text. (A column added so can be used from the next
file on.) It updates a JSON column with text, which PostgreSQL refuses; so JSON is text there.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import duckdb

from smartreco.errors import StoreError

SCHEMA = Path(__file__).parent / "schema"
NUMBERED = re.compile(r"^(\d{3})_[a-z_]+\.sql$")
POSTGRES_TYPES = {"DOUBLE": "DOUBLE PRECISION", "BLOB": "BYTEA", "TINYINT": "SMALLINT"}
JSON_TYPE = re.compile(r"\bJSON\b")


def migrate(
    connection: duckdb.DuckDBPyConnection, folder: Path = SCHEMA, attached: str | None = None
) -> list[int]:
    """Apply what this store has not seen yet; return the numbers applied.

    Parameters
    ----------
    attached
        Name of the attached PostgreSQL that ``connection`` stands in; None: a file.

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
        _apply(connection, number, known[number], attached)
    return pending


def newest(folder: Path = SCHEMA) -> int:
    """The number of the newest schema that this version knows."""
    return max(_numbered_files(folder))


def _numbered_files(folder: Path) -> dict[int, Path]:
    found = {}
    for path in folder.glob("*.sql"):
        if match := NUMBERED.match(path.name):
            found[int(match.group(1))] = path
    return found


def _apply(
    connection: duckdb.DuckDBPyConnection, number: int, path: Path, attached: str | None
) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        text = path.read_text(encoding="utf-8")
        if attached is None:
            connection.execute(text)
        else:
            _apply_there(connection, text, attached)
        connection.execute(
            "INSERT INTO schema_migrations VALUES (?, ?, now()::TIMESTAMP)", [number, path.name]
        )
        connection.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # the failure itself may have ended the transaction
            connection.execute("ROLLBACK")
        raise


def _apply_there(connection: duckdb.DuckDBPyConnection, text: str, attached: str) -> None:
    """Run a file's statements, which end with a semicolon at a line's end."""
    for statement in re.split(r";\s*(?:\n|$)", re.sub(r"--[^\n]*", "", text)):
        sql = JSON_TYPE.sub("VARCHAR", statement.strip())
        if not sql.upper().startswith("ALTER TABLE"):
            if sql:
                connection.execute(sql)
            continue
        for ours, theirs in POSTGRES_TYPES.items():
            sql = re.sub(rf"\b{ours}\b", theirs, sql, flags=re.IGNORECASE)
        connection.execute(f"CALL postgres_execute('{attached}', ?)", [sql])
        connection.execute("CALL pg_clear_cache()")  # it remembers columns as they were
