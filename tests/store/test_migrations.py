"""Schema changes are applied once, in order, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from smartreco.errors import StoreError
from smartreco.store.migrations import SCHEMA, migrate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "001_first.sql").write_text("CREATE TABLE a (x INTEGER);")
    (tmp_path / "002_second.sql").write_text("ALTER TABLE a ADD COLUMN y INTEGER;")
    return tmp_path


def test_each_file_is_applied_once(folder: Path) -> None:
    with duckdb.connect() as connection:
        assert migrate(connection, folder) == [1, 2]
        assert migrate(connection, folder) == []
        connection.execute("INSERT INTO a VALUES (1, 2)")


def test_a_failing_file_changes_nothing_and_can_be_mended(folder: Path) -> None:
    bad = folder / "003_bad.sql"
    bad.write_text("CREATE TABLE b (x INTEGER); SELECT * FROM nowhere;")
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.Error):
            migrate(connection, folder)
        tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
        assert tables == {"a", "schema_migrations"}
        bad.write_text("CREATE TABLE b (x INTEGER);")
        assert migrate(connection, folder) == [3]


def test_a_store_of_a_newer_program_is_refused(folder: Path) -> None:
    with duckdb.connect() as connection:
        migrate(connection, folder)
        (folder / "002_second.sql").unlink()
        with pytest.raises(StoreError, match="update the program"):
            migrate(connection, folder)


def test_the_schema_keeps_to_what_both_homes_of_the_store_have() -> None:
    sql = "\n".join(path.read_text().upper() for path in SCHEMA.glob("*.sql"))
    statements = "\n".join(line.split("--")[0] for line in sql.splitlines())
    for absent in ("REFERENCES", "SEQUENCE", "STRUCT", "GENERATED", "RETURNING", "UBIGINT"):
        assert absent not in statements


VALUES = {
    "VARCHAR": "x", "JSON": "{}", "DATE": "2026-01-01", "TIMESTAMP": "2026-01-01 10:00",
    "BLOB": b"x",
}  # fmt: skip


def fill(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Put a row into every empty table that takes made-up values; their names."""
    filled = set()
    for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if table == "schema_migrations" or connection.execute(f'FROM "{table}"').fetchone():
            continue
        kinds = connection.execute(
            "SELECT data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()
        try:
            marks = ", ".join("?" for _ in kinds)
            row = [VALUES.get(kind, 1) for (kind,) in kinds]
            connection.execute(f'INSERT INTO "{table}" VALUES ({marks})', row)
        except duckdb.ConstraintException:
            continue
        filled.add(table)
    return filled


def test_a_store_with_rows_takes_every_later_file(tmp_path: Path) -> None:
    filled = set()
    with duckdb.connect() as connection:
        for path in sorted(SCHEMA.glob("*.sql")):
            (tmp_path / path.name).write_text(path.read_text())
            assert migrate(connection, tmp_path) == [int(path.name[:3])]
            filled |= fill(connection)
    assert {"accounts", "sessions", "orders", "quarantine", "blend_proposals"} <= filled
