"""One DuckDB connection a process, a cursor a call, one helper for every write.

A DuckDB connection shared between threads returns other threads' rows, so each
call takes its own cursor. What differs between a file and PostgreSQL is in
`embedded` and `attached`.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import duckdb

from smartreco.config import Settings
from smartreco.store.attached import Attached
from smartreco.store.away import away, away_while_keeping
from smartreco.store.embedded import Embedded
from smartreco.store.home import Home

Result = TypeVar("Result")
Cursor = duckdb.DuckDBPyConnection

RETRIES = 5
FIRST_PAUSE = 0.02  # seconds; doubles with each retry


class Place(Protocol):
    """What a home has to know to be a store's."""

    home: Home
    shared: bool  # whether other processes may write to it too

    def open(self, settings: Settings) -> duckdb.DuckDBPyConnection: ...
    def enter(self, cursor: Cursor) -> None: ...
    def begin(self, cursor: Cursor) -> None: ...
    def may_retry(self, error: duckdb.Error) -> bool: ...
    def lost(self, error: BaseException) -> bool: ...
    def alone(
        self, connection: duckdb.DuckDBPyConnection, what: str
    ) -> AbstractContextManager[None]: ...
    def size(self, connection: duckdb.DuckDBPyConnection) -> int: ...


class Store:
    """An open store.

    Use `open`; read through `cursor`, write through `write`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, place: Place, path: Path) -> None:
        self._connection = connection
        self._place = place
        self._writing = threading.RLock()
        self._changes = 0
        self.path = path

    @classmethod
    def open(cls, settings: Settings) -> Store:
        """Open (or make) the store that the settings name and bring its tables up to date.

        Raises
        ------
        StoreLockedError
            Another process has the file open.
        StoreError
            The file is not a store, its folder cannot be written, or PostgreSQL does not answer.
        """
        place = place_of(settings)
        return cls(place.open(settings), place, settings.db)

    @property
    def home(self) -> Home:
        """Where the store lies, as a person may know it."""
        return self._place.home

    @property
    def changes(self) -> int | None:
        """Grows with every write; None where other processes write to the same home.

        What was read after asking for it is as the store holds it while the number stays.
        """
        return None if self._place.shared else self._changes

    def size(self) -> int:
        """Bytes that the store takes where it lies."""
        with self._answering():
            return self._place.size(self._connection)

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """A cursor of its own for one call's reads.

        Raises
        ------
        StoreAwayError
            The database that holds the store gives no answer.
        """
        cursor = self._connection.cursor()
        try:
            with self._answering():
                self._place.enter(cursor)
                yield cursor
        finally:
            cursor.close()

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """What several processes on one store do one after another, such as fitting."""
        with self._answering(), self._place.alone(self._connection, what):
            yield

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            if self._place.lost(error):
                raise away() from error
            raise

    def write(
        self,
        work: Callable[[Cursor], Result],
        then: Callable[[Result], object] | None = None,
        *,
        aside: bool = False,
    ) -> Result:
        """Run `work` in one transaction: all of it is kept, or none.

        Writes queue behind one lock; a conflict is retried with back-off, any
        other failure rolls back and is raised. `then` is called with the result once it
        is kept and before anybody else in this process writes: what memory holds beside
        the store changes with it, or not at all.

        What only notes that something happened, and no held answer rests on, is written ``aside``:
        `changes` stays.

        Raises
        ------
        StoreAwayError
            The database that holds the store gives no answer; its words say what is known.
        """
        with self._writing:
            try:
                result = self._tried(work)
            finally:  # a failed one too: it may have been kept before its answer was lost
                self._changes += not aside
            if then is not None:
                then(result)
            return result

    def _tried(self, work: Callable[[Cursor], Result]) -> Result:
        for attempt in range(RETRIES):
            last = attempt == RETRIES - 1
            with self.cursor() as cursor:
                try:
                    self._place.begin(cursor)
                    result = work(cursor)
                except duckdb.Error as error:
                    _roll_back(cursor)
                    if last or not self._place.may_retry(error):
                        raise
                except BaseException:
                    _roll_back(cursor)
                    raise
                else:
                    if self._kept(cursor, last):
                        return result
            time.sleep(FIRST_PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    def _kept(self, cursor: Cursor, last: bool) -> bool:
        """Commit; False where a conflict undid the work. A lost answer is no such thing."""
        try:
            cursor.execute("COMMIT")
        except duckdb.TransactionException as error:
            _roll_back(cursor)
            if self._place.lost(error):
                raise away_while_keeping() from error
            if last:
                raise
            return False
        except BaseException:
            _roll_back(cursor)
            raise
        return True

    def close(self) -> None:
        """Write what is pending and let the home go."""
        with self._writing:
            self._connection.close()


def place_of(settings: Settings) -> Place:
    """The home that the settings name."""
    return Embedded(settings) if settings.store is None else Attached(settings.store)


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
