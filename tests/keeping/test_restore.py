"""What a backup held is there again, and what it replaced is not lost."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from smartreco.config import PROJECT, Settings
from smartreco.entities import OPERATOR
from smartreco.errors import InputError, StoreError, StoreLockedError
from smartreco.store import Store, backup_files, restoring
from smartreco.workspace import Workspace
from smartreco.workspace.keeping.restoring import restore
from smartreco.workspace.keeping.views import BackupView
from tests.homes import only_in_a_file
from tests.keeping import trade
from tests.keeping.test_backup import flip, here, rewrite, rows

pytestmark = only_in_a_file("a copy is opened as a file; tests/postgres has its own of this")

COUNTS = "SELECT (SELECT count(*) FROM order_lines), (SELECT count(*) FROM import_batches)"


@pytest.fixture
def made(folder: Path) -> BackupView:
    """A backup, after which another import came; the store is closed."""
    workspace = Workspace.open(trade.settings(folder))
    backup = workspace.keeping.backup(OPERATOR)
    trade.take(workspace, trade.orders("later", np.random.default_rng(2), 9), folder / "in.csv")
    workspace.close()
    return backup


def counts(settings: Settings) -> tuple[Any, ...]:
    store = Store.open(settings)
    with store.cursor() as cursor:
        found = cursor.execute(COUNTS).fetchone()
    store.close()
    return tuple(found or ())


def test_the_store_is_as_it_was_and_the_replaced_one_is_whole(
    folder: Path, made: BackupView
) -> None:
    settings = trade.settings(folder)
    before, meant = counts(settings), rows(made.path, COUNTS)[0]
    assert before != meant
    done = restore(settings, made.path)
    assert counts(settings) == meant
    assert done.aside is not None
    assert counts(replace(settings, db=done.aside)) == before
    assert done.aside.with_suffix(".models").is_dir()
    assert not settings.model_dir.exists()  # the models that were there know other data
    assert not list(folder.glob("*.restoring*"))


def test_the_restored_store_answers(folder: Path, made: BackupView) -> None:
    restore(trade.settings(folder), Path(made.name))  # by its name in the backup folder
    workspace = Workspace.open(trade.settings(folder))
    workspace.prepare()
    assert workspace.models.current.catalogue.retailers["retailer_id"].size == len(trade.SHOPS)
    noted = here(workspace, "SELECT subject FROM audit_log WHERE action = 'store restored'")
    assert noted == [(made.name,)]
    workspace.close()


def test_a_store_that_is_gone_is_restored(folder: Path, made: BackupView) -> None:
    settings = trade.settings(folder)
    settings.db.unlink()
    assert restore(settings, made.path).aside is None
    assert counts(settings) == rows(made.path, COUNTS)[0]


def test_a_damaged_store_is_replaced_and_kept(folder: Path, made: BackupView) -> None:
    settings = trade.settings(folder)
    settings.db.write_bytes(b"no store at all" * 1000)
    done = restore(settings, made.path)
    assert done.aside is not None
    assert done.aside.read_bytes() == b"no store at all" * 1000
    assert counts(settings) == rows(made.path, COUNTS)[0]


def test_a_damaged_backup_changes_nothing(folder: Path, made: BackupView) -> None:
    before = counts(trade.settings(folder))
    flip(made)
    with pytest.raises(StoreError, match="restored if it is whole"):
        restore(trade.settings(folder), made.path)
    assert counts(trade.settings(folder)) == before
    assert not list(folder.glob("*before-restore*"))


def test_a_missing_file_is_named(folder: Path, made: BackupView) -> None:
    with pytest.raises(InputError, match="none at"):
        restore(trade.settings(folder), folder / "nothing.duckdb")


def test_a_running_process_keeps_its_store(folder: Path, made: BackupView) -> None:
    code = (
        "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('held', flush=True); "
        "sys.stdin.read()"
    )
    settings = trade.settings(folder)
    words = [sys.executable, "-c", code, str(settings.db)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, cwd=PROJECT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLockedError, match="stop the application first"):
            restore(settings, made.path)
        holder.communicate("")
    assert not list(folder.glob("*before-restore*"))
    assert not list(folder.glob("*.restoring*"))


def test_a_failure_on_the_way_changes_nothing(
    folder: Path, made: BackupView, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = trade.settings(folder)
    before = counts(settings)

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(restoring.shutil, "copyfile", full)
    with pytest.raises(StoreError, match=r"whole or not at all.*No space left"):
        restore(settings, made.path)
    assert counts(settings) == before


def test_a_shop_erased_since_stays_erased(folder: Path, made: BackupView) -> None:
    settings = trade.settings(folder)
    workspace = Workspace.open(settings)
    erased = workspace.keeping.erase_retailer(OPERATOR, "shop-3", "asked for it")
    workspace.close()
    assert restore(settings, made.path).erased_again == 1
    with duckdb.connect(str(settings.db), read_only=True) as opened:
        names = dict(opened.execute("SELECT retailer_id, name FROM retailers").fetchall())
    assert "shop-3" not in names
    assert names[erased.retailer_id] == erased.name


def test_who_was_shut_out_since_stays_out(folder: Path) -> None:
    settings = trade.settings(folder)
    workspace = Workspace.open(settings)
    workspace.store.write(
        lambda cursor: cursor.execute(
            "INSERT INTO accounts (username, name, role, password_hash, demo, disabled, created_at)"
            " VALUES ('asha', 'Asha', 'analyst', '', false, false, now()::TIMESTAMP)"
        )
    )
    workspace.store.write(
        lambda cursor: cursor.execute(
            "INSERT INTO api_keys (key_hash, key_id, username, kind, name, scopes, created_at) "
            "VALUES ('h', 'k', 'asha', 'key', 'reports', 'read', now()::TIMESTAMP)"
        )
    )
    made = workspace.keeping.backup(OPERATOR)
    workspace.store.write(lambda cursor: cursor.execute("UPDATE accounts SET disabled = true"))
    workspace.store.write(lambda cursor: cursor.execute("UPDATE api_keys SET revoked_at = now()"))
    workspace.close()
    restore(settings, made.path)
    with duckdb.connect(str(settings.db), read_only=True) as opened:
        found = opened.execute("SELECT disabled, revoked_at IS NOT NULL FROM accounts, api_keys")
        assert found.fetchall() == [(True, True)]


def test_an_older_schema_is_brought_to_this_one(folder: Path, made: BackupView) -> None:
    """A backup of an earlier version: here one that knew of no erasures, languages, tours yet."""
    with duckdb.connect(str(made.path)) as opened:
        opened.execute("DROP TABLE erasures")
        opened.execute("DROP TABLE tours")
        opened.execute("ALTER TABLE sessions DROP COLUMN language")
        opened.execute("DELETE FROM schema_migrations WHERE number >= 17")
        opened.execute("CHECKPOINT")
    tables = json.loads(backup_files.manifest_path(made.path).read_text())["tables"]
    for name in ("erasures", "tours"):
        tables.pop(name)
    digest, size = backup_files.checksum(made.path), made.path.stat().st_size
    rewrite(made, schema=16, tables=tables, sha256=digest, bytes=size)
    settings = trade.settings(folder)
    restore(settings, made.path)
    assert counts(settings) == rows(made.path, COUNTS)[0]
