"""The store keeps what was acknowledged, and says plainly why it cannot open."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from smartreco.config import Settings
from smartreco.errors import StoreError, StoreLockedError
from smartreco.store import Store
from smartreco.store.connection import Cursor
from tests.homes import only_in_a_file

HOLD = """
import sys, duckdb
held = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
"""


def put(cursor: Cursor, name: str, value: str) -> None:
    cursor.execute("INSERT INTO settings VALUES (?, ?)", [name, value])


def count(store: Store) -> int:
    with store.cursor() as cursor:
        row = cursor.execute("SELECT count(*) FROM settings").fetchone()
    assert row is not None
    return int(row[0])


def test_what_was_written_is_there_after_opening_again(settings: Settings) -> None:
    store = Store.open(settings)
    store.write(lambda cursor: put(cursor, "a", "1"))
    store.close()
    again = Store.open(settings)
    assert count(again) == 1
    again.close()


def test_a_failing_write_leaves_nothing_behind(store: Store) -> None:
    def half(cursor: Cursor) -> None:
        put(cursor, "a", "1")
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        store.write(half)
    assert count(store) == 0


def test_writes_from_many_threads_all_arrive(store: Store) -> None:
    def work(number: int) -> None:
        for step in range(20):
            store.write(lambda cursor: put(cursor, f"{number}-{step}", ""))  # noqa: B023

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(store) == 160


def test_a_conflict_is_tried_again(store: Store) -> None:
    tries: list[int] = []

    def conflicting(cursor: Cursor) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise duckdb.TransactionException("conflict")
        put(cursor, "a", "1")
        return "done"

    assert store.write(conflicting) == "done"
    assert (len(tries), count(store)) == (3, 1)


@only_in_a_file("no process holds a database alone")
def test_a_file_held_by_another_process_is_named_with_that_process(settings: Settings) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.db)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLockedError) as caught:
            Store.open(settings)
        holder.communicate("\n")
    assert str(holder.pid) in str(caught.value)
    assert "--db" in str(caught.value)


def test_a_file_that_is_no_store_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "letter.duckdb"
    path.write_text("Dear Sir or Madam, " * 400)
    with pytest.raises(StoreError, match="DuckDB cannot read"):
        Store.open(Settings(db=path))
    assert path.read_text().startswith("Dear Sir")


@only_in_a_file("a database has no folder")
def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="a folder"):
        Store.open(Settings(db=tmp_path))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY settings TO '/tmp/never.csv'",
        "ATTACH '/tmp/never.duckdb'",
        "SET enable_external_access = true",
    ],
)
def test_no_sql_reaches_outside_the_store(store: Store, sql: str) -> None:
    with store.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql)


def test_memory_and_spilling_follow_the_settings(tmp_path: Path) -> None:
    store = Store.open(Settings(db=tmp_path / "a.duckdb", memory_limit="512MB", threads=1))
    with store.cursor() as cursor:
        row = cursor.execute(
            "SELECT current_setting('threads'), current_setting('temp_directory'), "
            "current_setting('memory_limit')"
        ).fetchone()
    store.close()
    assert row is not None
    assert row[:2] == (1, str(tmp_path / "a.tmp"))
    assert row[2].startswith("488")  # MiB of 512 MB
