"""Backup, restore, export and erasure of a store in PostgreSQL."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.errors import StoreError
from smartreco.store import Store, restoring
from smartreco.workspace.keeping.backups import checked
from smartreco.workspace.keeping.restoring import restore
from tests.postgres.processes import checksums, commanded
from tests.postgres.server import Server

Named = Callable[[Settings], str]
OF_ITSELF = {"audit_log", "request_log"}  # written by commands while they run
NOT_IN_IT = {"sessions", "reset_tokens"}


def differing(one: Settings, other: Settings) -> set[str]:
    """Tables that do not hold the same in two stores."""
    here, there = checksums(one), checksums(other)
    return {name for name in here if here[name] != there[name]}


def backed_up(settings: Settings, folder: Path) -> Path:
    """The backup that the command makes."""
    done = commanded(settings, "backup", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("*.duckdb")
    return made


def written(settings: Settings, *statements: str) -> None:
    """Change a store."""
    store = Store.open(settings)
    for sql in statements:
        store.write(lambda cursor, sql=sql: cursor.execute(sql))  # type: ignore[misc]
    store.close()


@pytest.mark.full
def test_what_was_backed_up_is_there_again_and_what_it_replaced_is_kept(
    carried: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    made = backed_up(carried, folder)
    assert checked(made).good
    in_file = Settings(db=made, threads=1)
    assert differing(carried, in_file) <= OF_ITSELF | NOT_IN_IT
    written(
        carried,
        "UPDATE retailers SET name = 'Changed since'",
        "DELETE FROM stock_levels",
        "UPDATE accounts SET disabled = true WHERE username = 'analyst'",
    )
    changed = checksums(carried)
    done = restore(replace(carried, backup_dir=folder), made)
    assert differing(carried, in_file) <= OF_ITSELF | NOT_IN_IT | {"accounts", "dataset_info"}
    store = Store.open(carried)
    with store.cursor() as cursor:
        shut = cursor.execute("SELECT username FROM accounts WHERE disabled").fetchall()
        version = cursor.execute("SELECT max(data_version) FROM dataset_info").fetchone()
    store.close()
    assert shut == [("analyst",)]  # as it was when the backup was put in its place
    assert version is not None
    assert version[0] > 1  # every process notices
    assert done.aside is not None
    kept = checksums(Settings(db=done.aside, threads=1))
    assert {n for n in kept if kept[n] != changed[n]} <= OF_ITSELF | NOT_IN_IT


@pytest.mark.full
def test_a_restore_that_breaks_half_way_changes_nothing(
    carried: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    made = backed_up(carried, folder)
    written(carried, "UPDATE retailers SET name = 'Changed since'")
    before = checksums(carried)

    def full(*_: object) -> int:
        raise OSError("No space left on device")

    monkeypatch.setattr(restoring, "settle", full)
    with pytest.raises(StoreError, match="whole or not at all"):
        restore(replace(carried, backup_dir=folder), made)
    assert checksums(carried) == before


@pytest.mark.full
def test_a_shop_is_handed_out_and_erased(
    carried: Settings, server: Server, database: Named, tmp_path: Path
) -> None:
    store = Store.open(carried)
    with store.cursor() as cursor:
        found = cursor.execute(
            "SELECT retailer_id, name FROM retailers WHERE name IS NOT NULL "
            "AND retailer_id NOT IN (SELECT retailer_id FROM accounts "
            "WHERE retailer_id IS NOT NULL) ORDER BY retailer_id LIMIT 1"
        ).fetchone()
        sold = cursor.execute("SELECT count(*), sum(quantity) FROM order_lines").fetchone()
    store.close()
    assert found is not None
    shop, name = map(str, found)
    packed = tmp_path / "shop.zip"
    out = commanded(carried, "retailer", "export", shop, "--out", str(packed))
    assert out.returncode == 0, out.stderr
    with zipfile.ZipFile(packed) as held:
        assert any(name.encode() in held.read(file) for file in held.namelist())
    gone = commanded(carried, "retailer", "erase", shop, "--reason", "it asked for it")
    assert gone.returncode == 0, gone.stderr
    with server.connect(database(carried)) as outside:
        columns = outside.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'character varying'"
        ).fetchall()
        assert len(columns) > 50
        for table, column in columns:
            sql = f'SELECT count(*) FROM "{table}" WHERE "{column}" IN (%s, %s)'
            assert outside.execute(sql, (shop, name)).fetchone() == (0,), (table, column)  # type: ignore[call-overload]
        after = outside.execute("SELECT count(*), sum(quantity) FROM order_lines").fetchone()
    assert after == sold
