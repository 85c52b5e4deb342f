"""A store in PostgreSQL, attached by DuckDB: several processes share one state.

The SQL is the same as in the file and DuckDB runs it; only what is here knows which home
it has. Writers of all processes queue behind one table lock. It is taken before the first
statement, so that PostgreSQL makes the transaction's snapshot once the writer before has
ended: numbers counted on by one are never given twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import duckdb

from smartreco.config import Settings
from smartreco.errors import StoreError
from smartreco.store.away import lost
from smartreco.store.home import PostgresAddress
from smartreco.store.migrations import migrate
from smartreco.store.process import close_the_doors, process_config

NAME: Final = "home"  # of the attached database
PACKAGE: Final = "duckdb_extension_postgres_scanner"
CONNECTIONS: Final = 8  # kept open for the next call; more are made while more are needed
IN_LINE: Final = "schema_migrations"  # the table whose lock a writer holds; nobody waits to read it

#: Words of failures that end a transaction before it was kept, through no fault of its own.
_PASSING: Final = ("could not serialize access", "deadlock detected")

# What DuckDB looks up one row at a time; in the file its own zone maps do.
_INDEXES: Final = Path(__file__).parent / "postgres_indexes.sql"


class Attached:
    """The PostgreSQL home of a store."""

    shared = True

    def __init__(self, url: str) -> None:
        self._address = PostgresAddress.parse(url)
        self.home = self._address.home

    def open(self, settings: Settings) -> duckdb.DuckDBPyConnection:
        """Attach the database and bring its tables up to date, one process at a time.

        Raises
        ------
        StoreError
            The database cannot be reached, or is not a store of this version.
        """
        settings.db.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(":memory:", config=process_config(settings))
        try:
            self.attach(connection, NAME)
            connection.execute(f"USE {NAME}")
            with self.alone(connection, "migrate"):
                connection.execute("CALL pg_clear_cache()")
                migrate(connection, attached=NAME)
                _make_indexes(connection)
            close_the_doors(connection, settings)
        except BaseException as error:
            connection.close()
            if type(error) in (duckdb.Error, duckdb.IOException):  # PostgreSQL's own words
                raise self.failure(error) from None
            raise
        return connection

    def attach(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make the database known to a DuckDB as ``name``; its password stays out of reach.

        Raises
        ------
        StoreError
            The extension that attaches PostgreSQL is not installed, or does not fit.
        duckdb.Error
            The database cannot be reached.
        """
        _load_extension(connection)
        address = self._address
        connection.execute("SET pg_null_byte_replacement = ''")  # PostgreSQL's text has no NUL
        connection.execute(f"SET pg_pool_max_connections = {CONNECTIONS}")
        words = {"connect_timeout": "10", "application_name": "smartreco", **dict(address.options)}
        options = " ".join(f"{key}={_dsn_value(value)}" for key, value in words.items())
        connection.execute(
            f"CREATE SECRET {name}_key (TYPE postgres, HOST {_text(address.host)}, "
            f"PORT {_text(address.port)}, DATABASE {_text(address.database)}, "
            f"USER {_text(address.user)}, PASSWORD {_text(address.password)})"
        )
        try:
            connection.execute(
                f"ATTACH {_text(options)} AS {name} (TYPE postgres, SECRET {name}_key)"
            )
        finally:
            connection.execute(f"DROP SECRET {name}_key")

    def enter(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Have a cursor's SQL mean the tables of the attached database."""
        cursor.execute(f"USE {NAME}")

    def begin(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Begin to write, once no other process does."""
        cursor.execute("BEGIN TRANSACTION")
        take_the_line(cursor, NAME)

    def may_retry(self, error: duckdb.Error) -> bool:
        """Whether a write that failed so may succeed when it is done again."""
        words = str(error)
        return (
            isinstance(error, duckdb.TransactionException)
            or lost(error)
            or any(passing in words for passing in _PASSING)
        )

    def lost(self, error: BaseException) -> bool:
        """Whether the database is away, rather than the SQL at fault."""
        return lost(error)

    @contextmanager
    def alone(self, connection: duckdb.DuckDBPyConnection, what: str) -> Iterator[None]:
        """Hold what only one process may do at a time; others wait here until it is done."""
        with connection.cursor() as waiting:
            waiting.execute("BEGIN TRANSACTION")
            key = zlib.crc32(f"smartreco {what}".encode())
            waiting.execute(
                f"FROM postgres_query('{NAME}', 'SELECT pg_advisory_xact_lock({key})::VARCHAR')"
            ).fetchall()
            try:
                yield
            finally:
                try:
                    waiting.execute("ROLLBACK")
                except duckdb.Error:
                    pass  # a lost connection has let go of the lock by itself

    def size(self, connection: duckdb.DuckDBPyConnection) -> int:
        """Bytes of the whole database, indexes too."""
        with connection.cursor() as cursor:
            row = cursor.execute(
                f"FROM postgres_query('{NAME}', "
                "'SELECT pg_database_size(current_database())::BIGINT')"
            ).fetchone()
        return 0 if row is None else int(row[0])

    def failure(self, error: BaseException) -> StoreError:
        """What went wrong at the database, without what signs in to it."""
        first = self._address.without_secrets(str(error)).strip().splitlines()[0]
        why = first.rpartition("FATAL:")[2] or first
        return StoreError(
            "the PostgreSQL of SMARTRECO_STORE can be reached and used",
            f"{self.home.where}: {why.rpartition(' failed: ')[2].strip()}",
            "check the address, the server and what this user may do there",
        )


def take_the_line(cursor: duckdb.DuckDBPyConnection, name: str) -> None:
    """Wait until no other process writes to the attached database ``name``."""
    cursor.execute(f"CALL postgres_execute('{name}', 'LOCK TABLE {IN_LINE} IN EXCLUSIVE MODE')")


def _load_extension(connection: duckdb.DuckDBPyConnection) -> None:
    spec = find_spec(PACKAGE)
    folders = [] if spec is None else list(spec.submodule_search_locations or ())
    below = Path("extensions") / f"v{duckdb.__version__}" / "postgres_scanner.duckdb_extension"
    for folder in folders:
        if (path := Path(folder) / below).is_file():
            connection.execute(f"LOAD {_text(str(path))}")
            return
    raise StoreError(
        f"PostgreSQL needs DuckDB's extension for {duckdb.__version__}",
        "none in this installation",
        f"install the package duckdb-extension-postgres-scanner=={duckdb.__version__}",
    )


def _make_indexes(connection: duckdb.DuckDBPyConnection) -> None:
    statements = _INDEXES.read_text(encoding="utf-8")
    connection.execute(f"CALL postgres_execute('{NAME}', {_text(statements)})")


def _text(value: str) -> str:
    """A value as SQL spells it: ATTACH and CREATE SECRET take no parameters."""
    return "'" + value.replace("'", "''") + "'"


def _dsn_value(value: str) -> str:
    """A value as libpq's connection strings spell it."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
