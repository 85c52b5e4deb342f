"""A store in PostgreSQL: several processes, one state, no door left open."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from smartreco.config import Settings
from smartreco.errors import InputError, StoreError
from smartreco.store import Store
from smartreco.store.home import PostgresAddress
from smartreco.store.migrations import SCHEMA
from tests.postgres.processes import begun
from tests.postgres.server import PASSWORD, Server

Named = Callable[[Settings], str]


def test_two_processes_that_start_together_migrate_once(
    empty: Settings, server: Server, database: Named
) -> None:
    both = [begun(empty, "open") for _ in range(2)]
    assert [process.communicate()[0] for process in both] == ["done\n", "done\n"]
    with server.connect(database(empty)) as outside:
        applied = outside.execute("SELECT count(*) FROM schema_migrations").fetchone()
    assert applied == (len(list(SCHEMA.glob("*.sql"))),)


@pytest.mark.full
def test_numbers_that_two_processes_count_on_never_come_twice(empty: Settings) -> None:
    Store.open(empty).close()
    both = [begun(empty, "add", "15") for _ in range(2)]
    assert [process.communicate()[0] for process in both] == ["done\n", "done\n"]
    store = Store.open(empty)
    with store.cursor() as cursor:
        numbers = cursor.execute("SELECT rank FROM events ORDER BY rank").fetchall()
    store.close()
    assert numbers == [(number,) for number in range(1, 31)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY settings TO '/tmp/never.csv'",
        "ATTACH '/tmp/never.duckdb'",
        "ATTACH 'host=127.0.0.1' AS another (TYPE postgres)",
        "SET enable_external_access = true",
    ],
)
def test_no_sql_reaches_outside_the_store(
    sql: str, server: Server, empty: Settings, doors: Store
) -> None:
    with doors.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql)


def test_the_password_is_nowhere_to_be_seen(doors: Store, server: Server) -> None:
    with doors.cursor() as cursor:
        seen = cursor.execute("FROM duckdb_databases()").fetchall()
        seen += cursor.execute("FROM duckdb_secrets()").fetchall()
    assert PASSWORD not in f"{seen} {doors.home}"
    assert PASSWORD not in repr(Settings(store=server.url("doors")))
    assert doors.home.kind == "postgres"
    with pytest.raises(StoreError) as caught:
        Store.open(Settings(db=doors.path, store=server.url("nowhere")))
    assert PASSWORD not in str(caught.value)
    assert '"nowhere" does not exist' in str(caught.value)


@pytest.mark.parametrize("url", ["postgres://a:hunter2@/", "postgres://a:hunter2@h:x/b", "mysql:"])
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(InputError) as caught:
        PostgresAddress.parse(url)
    assert "hunter2" not in str(caught.value)


def test_a_write_that_postgres_gives_up_is_done_again(doors: Store) -> None:
    tries: list[int] = []

    def work(cursor: duckdb.DuckDBPyConnection) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise duckdb.Error("ERROR:  could not serialize access due to concurrent update")
        return "kept"

    assert (doors.write(work), len(tries)) == ("kept", 3)


def test_a_failing_write_leaves_nothing_behind(doors: Store) -> None:
    def half(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("INSERT INTO settings VALUES ('half', '1')")
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        doors.write(half)
    with doors.cursor() as cursor:
        assert cursor.execute("SELECT * FROM settings WHERE name = 'half'").fetchall() == []
