"""A consistent copy of the open store, table by table, while others read and write.

The copy is a store of its own: an empty one is made by the migrations and filled from one
read transaction, so it has the keys and checks of a store, holds none of the dead space, and
is made in the same way wherever the store has its home.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from smartreco import __version__
from smartreco.config import Settings
from smartreco.errors import InputError, StoreError
from smartreco.store import backup_files, dataset
from smartreco.store.backup_files import UNFINISHED, Manifest, TableMark
from smartreco.store.connection import Cursor, Store, remove_file

#: Tables that begin empty in a copy: what signs a browser in now is no business of later.
LEFT_OUT: Final = ("sessions", "reset_tokens")
OWN: Final = "schema_migrations"  # written by the copy's own migrations
ALIAS: Final = "backup_copy"

_MAKING: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a copy: its columns with their types."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def names(self) -> str:
        """Its columns as they stand in a SELECT."""
        return ", ".join(f'"{name}"' for name, _ in self.columns)

    @property
    def mark(self) -> str:
        """The expressions that answer with rows and checksum, the same in every home."""
        typed = ", ".join(f'CAST("{name}" AS {kind})' for name, kind in self.columns)
        return f"count(*), coalesce(sum(hash({typed})::HUGEINT), 0)::VARCHAR"


def make(
    store: Store, settings: Settings, now: datetime, progress: Callable[[float, str], None]
) -> Path:
    """Copy the store into the backup folder; the path of the new backup.

    Parameters
    ----------
    store
        Open, and open to others meanwhile.
    settings
        Name the folder (``backup_dir``).
    now
        In UTC: it names the backup.

    Raises
    ------
    InputError
        No folder is set, or a backup is being made.
    StoreError
        The copy could not be written; nothing is left of it.
    """
    folder = require_folder(settings)
    if not _MAKING.acquire(blocking=False):
        raise InputError("one backup is made at a time", "one under way", "wait until it is done")
    try:
        return _made(store, settings, folder, now, progress)
    finally:
        _MAKING.release()


def require_folder(settings: Settings) -> Path:
    """The folder of backups, made if it is missing.

    Raises
    ------
    InputError
        The settings name none.
    StoreError
        It cannot be made.
    """
    if settings.backup_dir is None:
        raise InputError(
            "backups need a folder", "SMARTRECO_BACKUP_DIR not set",
            "set it to a folder that the program may write to, or use `backup --to DIR`",
        )  # fmt: skip
    folder = settings.backup_dir.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            "the backup folder can be written", f"{error.strerror or error} at {folder}",
            "check SMARTRECO_BACKUP_DIR and its permissions",
        ) from error  # fmt: skip
    return folder


def _made(
    store: Store, settings: Settings, folder: Path, now: datetime,
    progress: Callable[[float, str], None],
) -> Path:  # fmt: skip
    path = backup_files.free_path(folder, now)
    unfinished = path.with_name(path.name + UNFINISHED)
    started = time.perf_counter()
    try:
        progress(0.0, "Making room")
        remove_file(unfinished)
        Store.open(Settings(db=unfinished, memory_limit=settings.memory_limit)).close()
        manifest = _filled(store, unfinished, now, progress)
        progress(0.92, "Checking what was written")
        whole = replace(
            manifest, bytes=unfinished.stat().st_size, sha256=backup_files.checksum(unfinished),
            seconds=round(time.perf_counter() - started, 3),
        )  # fmt: skip
        backup_files.publish(unfinished, path, whole)
    except (duckdb.Error, OSError) as error:
        raise StoreError(
            "a backup is written whole or not at all", f"{str(error).splitlines()[0]}",
            f"check that {folder} can be written and has room",
        ) from error  # fmt: skip
    finally:
        remove_file(unfinished)
    backup_files.keep_last(folder, settings.keep_backups)
    progress(1.0, "Backed up")
    return path


def _filled(
    store: Store, path: Path, now: datetime, progress: Callable[[float, str], None]
) -> Manifest:
    """Fill the empty store at `path` from the open one, in one transaction of both."""
    with store.cursor() as cursor:
        cursor.execute(f"ATTACH '{quoted(path)}' AS {ALIAS}")
        try:
            tables = tables_of(cursor, ALIAS)
            for table in tables:  # a row that a migration wrote comes again with the others
                cursor.execute(f'DELETE FROM {ALIAS}."{table.name}"')
            cursor.execute("BEGIN TRANSACTION")
            try:
                manifest = _copied(cursor, tables, now, progress)
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
            cursor.execute(f"CHECKPOINT {ALIAS}")
        finally:
            cursor.execute(f"DETACH {ALIAS}")
    return manifest


def _copied(
    cursor: Cursor, tables: list[Table], now: datetime, progress: Callable[[float, str], None]
) -> Manifest:
    info = dataset.read(cursor)
    marks = {}
    for at, table in enumerate(tables):
        progress(0.05 + 0.85 * at / len(tables), "Copying the tables")
        marks[table.name] = _copy(cursor, table)
    (schema,) = cursor.execute(f"SELECT max(number) FROM {OWN}").fetchone() or (0,)
    return Manifest(
        made_at=now, schema=int(schema), program=__version__, engine=duckdb.__version__,
        data_set="" if info is None else info.name, data_version=dataset.data_version(cursor),
        seconds=0.0, bytes=0, sha256="", tables=marks,
    )  # fmt: skip


def _copy(cursor: Cursor, table: Table) -> TableMark:
    """Copy one table; what was read must be what was written."""
    if table.name in LEFT_OUT:
        return TableMark(0, "0")
    read = _mark(cursor, table, f'"{table.name}"')
    cursor.execute(
        f'INSERT INTO {ALIAS}."{table.name}" ({table.names}) '
        f'SELECT {table.names} FROM "{table.name}"'
    )
    written = _mark(cursor, table, f'{ALIAS}."{table.name}"')
    if read != written:
        raise StoreError(
            "a copied table equals its source", f"{table.name}: {read} and {written}",
            "try again; if it comes back, the disk or the store is damaged",
        )  # fmt: skip
    return written


def _mark(cursor: Cursor, table: Table, source: str) -> TableMark:
    rows, total = cursor.execute(f"SELECT {table.mark} FROM {source}").fetchone() or (0, "0")
    return TableMark(int(rows), str(total))


def tables_of(cursor: Cursor, catalog: str) -> list[Table]:
    """The tables of an attached store, but for the list of its migrations."""
    rows = cursor.execute(
        """
        SELECT table_name, list((column_name, data_type) ORDER BY column_index)
        FROM duckdb_columns() WHERE database_name = ? AND schema_name = 'main'
          AND table_name <> ? AND NOT internal
        GROUP BY table_name ORDER BY table_name
        """,
        [catalog, OWN],
    ).fetchall()
    return [Table(name, tuple((each, kind) for each, kind in columns)) for name, columns in rows]


def marks_of(cursor: Cursor, tables: list[Table]) -> dict[str, TableMark]:
    """Rows and checksums of tables of the cursor's own store."""
    return {table.name: _mark(cursor, table, f'"{table.name}"') for table in tables}


def quoted(path: Path) -> str:
    """A path as it stands between the signs of an SQL text."""
    return str(path).replace("'", "''")
