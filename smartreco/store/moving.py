"""Carrying a whole store from one home to the other: all of it arrives, or none.

Both are attached to one DuckDB, which reads one side in one transaction and writes the
other in the same. Source and target are brought to this version's tables by migration
first, so that nothing but rows has to be carried.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from smartreco.config import Settings
from smartreco.errors import InputError, StoreError
from smartreco.store.attached import Attached, take_the_line
from smartreco.store.connection import Store
from smartreco.store.home import Home, PostgresAddress
from smartreco.store.process import process_config
from smartreco.store.registered import count

FROM: Final = "origin"
TO: Final = "target"
OF_ITS_OWN: Final = "schema_migrations"  # each home keeps its own


@dataclass(frozen=True, slots=True)
class Moved:
    """What was carried where: rows by table."""

    origin: Home
    target: Home
    rows: dict[str, int]


def move(
    settings_from: Settings, settings_to: Settings, progress: Callable[[float, str], None]
) -> Moved:
    """Copy every row to another home, made by migration; what was there stays as it was.

    Raises
    ------
    InputError
        Both are the same, the source holds no data, or the target is not empty.
    StoreError
        One of them cannot be opened, or something broke on the way: the target holds nothing.
    """
    progress(0.0, "Opening both stores")
    homes = [_made(settings) for settings in (settings_from, settings_to)]
    if homes[0] == homes[1]:
        raise InputError(
            "a store is moved to another place", f"{homes[0].where} for both", "name another one"
        )
    try:
        rows = _carried(settings_from, settings_to, homes, progress)
    except (duckdb.Error, OSError) as error:
        raise StoreError(
            "a store is moved whole or not at all", _words(error, settings_from, settings_to),
            "nothing has been moved: mend that and try again",
        ) from None  # fmt: skip
    progress(1.0, "Moved")
    return Moved(homes[0], homes[1], rows)


def _carried(
    settings_from: Settings, settings_to: Settings, homes: list[Home],
    progress: Callable[[float, str], None],
) -> dict[str, int]:  # fmt: skip
    rows: dict[str, int] = {}
    config = process_config(settings_from)
    with closing(duckdb.connect(":memory:", config=config)) as connection:
        _attach(connection, settings_from, FROM, reads=True)
        _attach(connection, settings_to, TO, reads=False)
        connection.execute("BEGIN TRANSACTION")
        for name, settings in ((FROM, settings_from), (TO, settings_to)):
            if settings.store is not None:
                take_the_line(connection, name)
        tables = _tables(connection)
        _refuse(connection, tables, homes)
        for done, (table, columns) in enumerate(tables.items()):
            progress(done / len(tables), table)
            rows[table] = _copy(connection, table, columns)
        _copy_models(settings_from.model_dir, settings_to.model_dir)
        _copy_models(settings_from.truth_dir, settings_to.truth_dir)
        connection.execute("COMMIT")
    return rows


def _words(error: Exception, *homes: Settings) -> str:
    """The first line that PostgreSQL, DuckDB or the disk says, without what signs in."""
    said = str(error).strip().splitlines()[0]
    for settings in homes:
        if settings.store is not None:
            said = PostgresAddress.parse(settings.store).without_secrets(said)
    return said.rpartition("ERROR:")[2].strip() or said


def _made(settings: Settings) -> Home:
    store = Store.open(settings)
    store.close()
    return store.home


def _attach(
    connection: duckdb.DuckDBPyConnection, settings: Settings, name: str, *, reads: bool
) -> None:
    if settings.store is not None:
        Attached(settings.store).attach(connection, name)
        return
    path = str(settings.db).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS {name}" + (" (READ_ONLY)" if reads else ""))


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every table with its columns as the target has them, in the spelling of a SELECT."""
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = $to "
        "AND schema_name IN ('main', 'public') AND table_name <> $own AND table_name IN "
        "(SELECT table_name FROM duckdb_tables() WHERE database_name = $from) "
        "ORDER BY table_name, column_index",
        {"to": TO, "from": FROM, "own": OF_ITS_OWN},
    ).fetchall():
        found.setdefault(str(table), []).append(f'"{column}"')
    return {table: ", ".join(columns) for table, columns in found.items()}


def _refuse(
    connection: duckdb.DuckDBPyConnection, tables: dict[str, str], homes: list[Home]
) -> None:
    full = [table for table in tables if _rows(connection, TO, table)]
    if full:
        raise InputError(
            "a store is moved into an empty one",
            f"rows in {', '.join(full[:3])}{' and others' if len(full) > 3 else ''} "
            f"at {homes[1].where}",
            "name a new file or an empty database",
        )
    if not _rows(connection, FROM, "dataset_info"):
        raise InputError(
            "a store with data can be moved", f"none at {homes[0].where}",
            "name the right one with --db or SMARTRECO_STORE",
        )  # fmt: skip


def _copy(connection: duckdb.DuckDBPyConnection, table: str, columns: str) -> int:
    connection.execute(
        f'INSERT INTO {TO}."{table}" ({columns}) SELECT {columns} FROM {FROM}."{table}"'
    )
    there, here = _rows(connection, FROM, table), _rows(connection, TO, table)
    if there != here:
        raise StoreError(
            f"every row of {table} arrives", f"{here:,} of {there:,}",
            "nothing has been moved: see that nothing else writes there, and try again",
        )  # fmt: skip
    return here


def _rows(connection: duckdb.DuckDBPyConnection, name: str, table: str) -> int:
    return count(connection, f'SELECT count(*) FROM {name}."{table}"')


def _copy_models(source: Path, target: Path) -> None:
    """What lies beside the store: kept models, the demo's truth."""
    if source.is_dir() and source.resolve() != target.resolve():
        shutil.copytree(source, target, dirs_exist_ok=True)
