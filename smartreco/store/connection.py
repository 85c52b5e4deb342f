"""One DuckDB connection a process, a cursor a call, one helper for every write.

A DuckDB connection shared between threads returns other threads' rows, so each
call takes its own cursor. While a process has the file open for writing no
other can open it; `Store.open` turns that into one clear sentence.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb

from smartreco.config import Settings
from smartreco.errors import StoreError, StoreLockedError
from smartreco.store.migrations import migrate

Result = TypeVar("Result")
Cursor = duckdb.DuckDBPyConnection

RETRIES = 5
FIRST_PAUSE = 0.02  # seconds; doubles with each retry


class Store:
    """An open store.

    Use `open`; read through `cursor`, write through `write`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self._writing = threading.RLock()
        self.path = path

    @classmethod
    def open(cls, settings: Settings) -> Store:
        """Open (or make) the store's file and bring its tables up to date.

        Raises
        ------
        StoreLockedError
            Another process has the file open.
        StoreError
            The file is not a store, or its folder cannot be written.
        """
        path = settings.db
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = duckdb.connect(str(path), config=_config(settings))
        except (duckdb.Error, OSError) as error:
            raise _opening_error(path, error) from error
        try:
            migrate(connection)
            _close_the_doors(connection, settings)
        except Exception:
            connection.close()
            raise
        return cls(connection, path)

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """A cursor of its own for one call's reads."""
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def write(
        self, work: Callable[[Cursor], Result], then: Callable[[Result], object] | None = None
    ) -> Result:
        """Run `work` in one transaction: all of it is kept, or none.

        Writes queue behind one lock; a conflict is retried with back-off, any
        other failure rolls back and is raised. `then` is called with the result once it
        is kept and before anybody else writes: what memory holds beside the store
        changes with it, or not at all.
        """
        with self._writing:
            result = self._tried(work)
            if then is not None:
                then(result)
            return result

    def _tried(self, work: Callable[[Cursor], Result]) -> Result:
        for attempt in range(RETRIES):
            try:
                return self._transaction(work)
            except duckdb.TransactionException:
                if attempt == RETRIES - 1:
                    raise
                time.sleep(FIRST_PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    def _transaction(self, work: Callable[[Cursor], Result]) -> Result:
        with self.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION")
            try:
                result = work(cursor)
                cursor.execute("COMMIT")
            except BaseException:
                _roll_back(cursor)
                raise
            return result

    def close(self) -> None:
        """Write what is pending and let the file go."""
        with self._writing:
            self._connection.close()


def _config(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    # the spill folder is DuckDB's to make and clear
    return {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "temp_directory": str(settings.temp_dir),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


def _close_the_doors(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """No SQL of this process reads or writes a file outside the store from here on."""
    if settings.backup_dir is not None:
        folder = str(settings.backup_dir.resolve()).replace("'", "''")
        connection.execute(f"SET allowed_directories = ['{folder}']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _opening_error(path: Path, error: Exception) -> StoreError:
    words = str(error)
    if "lock" in words.lower() and "pid" in words.lower():
        pid = re.search(r"PID (\d+)", words)
        holder = f"process {pid.group(1)}" if pid else "another process"
        return StoreLockedError(
            "only one process can hold the store", f"{path} open in {holder}",
            "stop that process, or name another file with --db",
        )  # fmt: skip
    if path.is_dir():
        return StoreError("the store is a file", f"a folder at {path}", "name a file with --db")
    if isinstance(error, OSError):
        return StoreError(
            "the store's folder can be written", f"{error.strerror or error} at {path}",
            "check the path and its permissions",
        )  # fmt: skip
    return StoreError(
        "the store is a DuckDB file made by SmartReco", f"{path}, which DuckDB cannot read",
        "name another file with --db",
    )  # fmt: skip


def _roll_back(cursor: Cursor) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.Error:
        pass  # the failure itself may have ended the transaction


def remove_file(path: Path) -> None:
    """Delete a store's file and what DuckDB keeps beside it."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.stem + ".tmp"), ignore_errors=True)
