"""Versions and publications as rows: the table itself refuses a body that was changed alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from smartreco.store import Store, blends
from smartreco.store.migrations import SCHEMA, migrate
from smartreco.store.sealing import FIRST, sealed

REFUSED = "(?i)constraint|immutable"  # in the words of both homes


def test_rows_come_back_as_they_were_kept(store: Store) -> None:
    first = sealed(1, {"name": "blåbær", "share": 0.1 + 0.2}, FIRST)
    second = sealed(2, {"name": "other"}, first.seal)
    for row in (first, second):
        store.write(lambda cursor, kept=row: blends.add_version(cursor, kept))
    store.write(lambda cursor: blends.add_publication(cursor, first))
    with store.cursor() as cursor:
        assert blends.versions(cursor) == [first, second]
        assert blends.publications(cursor) == [first]
        assert blends.newest_publication(cursor) == 1


def test_the_tables_refuse_what_is_not_as_it_was_sealed(store: Store) -> None:
    row = sealed(1, {"share": 0.5}, FIRST)
    for add in (blends.add_version, blends.add_publication):
        other = replace(row, body='{"share":0.9}')
        with pytest.raises(duckdb.Error, match=REFUSED):
            store.write(lambda cursor, kept=other, add=add: add(cursor, kept))
        store.write(lambda cursor, add=add: add(cursor, row))
    for table, key in (("blends", "version"), ("blend_publications", "number")):
        for change in ("body = '{}'", f"{key} = 7", "checksum = ''"):
            with pytest.raises(duckdb.Error, match=REFUSED):
                store.write(lambda cursor, sql=f"UPDATE {table} SET {change}": cursor.execute(sql))
    with store.cursor() as cursor:
        assert blends.versions(cursor) == [row]


def test_what_orders_noted_before_there_were_versions_is_forgotten(tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    for path in SCHEMA.glob("00*.sql"):
        shutil.copy(path, before)
    with duckdb.connect() as connection:
        migrate(connection, before)
        connection.execute(
            "INSERT INTO orders VALUES (1, 'SR-1', 1, now()::TIMESTAMP, 'placed', NULL, 5)"
        )
        migrate(connection)
        assert connection.execute("SELECT blend_version FROM orders").fetchall() == [(None,)]
