"""A store in a DuckDB file of its own: one process holds it, nothing else is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from smartreco.config import Settings
from smartreco.errors import StoreError, StoreLockedError
from smartreco.store.home import Home
from smartreco.store.migrations import migrate
from smartreco.store.process import close_the_doors, process_config


class Embedded:
    """The file home of a store."""

    shared = False

    def __init__(self, settings: Settings) -> None:
        self._path = settings.db
        self.home = Home("duckdb", str(settings.db))

    def open(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Open (or make) the file and bring its tables up to date.

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
            connection = duckdb.connect(str(path), config=process_config(settings))
        except (duckdb.Error, OSError) as error:
            raise opening_error(path, error) from error
        try:
            migrate(connection)
            close_the_doors(connection, settings)
        except BaseException:
            connection.close()
            raise
        return connection

    def enter(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """A cursor of the file stands in it already."""

    def begin(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Begin to write."""
        cursor.execute("BEGIN TRANSACTION")

    def may_retry(self, error: duckdb.Error) -> bool:
        """Whether a write that failed so may succeed when it is done again."""
        return isinstance(error, duckdb.TransactionException)

    def lost(self, error: BaseException) -> bool:
        """A file has no connection that breaks."""
        return False

    @contextmanager
    def alone(self, connection: duckdb.DuckDBPyConnection, what: str) -> Iterator[None]:
        """No other process has the file."""
        yield

    def size(self, connection: duckdb.DuckDBPyConnection) -> int:
        """Bytes of the file."""
        return self._path.stat().st_size if self._path.is_file() else 0


def opening_error(path: Path, error: Exception) -> StoreError:
    words = str(error)
    if "lock" in words.lower() and "pid" in words.lower():
        pid = re.search(r"PID (\d+)", words)
        holder = f"process {pid.group(1)}" if pid else "another process"
        return StoreLockedError(
            "only one process can hold the store", f"{path} open in {holder}",
            "stop that process, or name another file with --db",
        )  # fmt: skip
    try:
        is_folder = path.is_dir()
    except OSError as cause:  # a name too long to ask about
        error, is_folder = cause, False
    if isinstance(error, OSError):
        return StoreError(
            "the store's folder can be written", f"{error.strerror or error} at {path}",
            "check the path and its permissions",
        )  # fmt: skip
    if is_folder:
        return StoreError("the store is a file", f"a folder at {path}", "name a file with --db")
    return StoreError(
        "the store is a DuckDB file made by SmartReco", f"{path}, which DuckDB cannot read",
        "name another file with --db",
    )  # fmt: skip
