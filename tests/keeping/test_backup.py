"""A backup holds one moment of the store, says so, and what is wrong with it is found."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from smartreco.entities import OPERATOR
from smartreco.errors import InputError, SmartRecoError, StoreError
from smartreco.store import backup_files
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.keeping.views import BackupView
from tests.homes import only_in_a_file
from tests.keeping import trade

pytestmark = only_in_a_file("a copy is made as a file; tests/postgres has its own of this")


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as opened:
        return opened.execute(sql).fetchall()


def here(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with workspace.store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def test_every_row_of_every_table_is_in_it_but_sessions(workspace: Workspace) -> None:
    workspace.store.write(
        lambda cursor: cursor.execute(
            "INSERT INTO sessions (token_hash, username, created_at, expires_at) "
            "VALUES ('h', 'asha', now(), now() + INTERVAL 1 DAY)"
        )
    )
    made = workspace.keeping.backup(OPERATOR)
    tables = [name for (name,) in here(workspace, "SELECT table_name FROM duckdb_tables()")]
    assert len(tables) > 35
    copied = duckdb.connect(str(made.path), read_only=True)
    for name in tables:
        # written after the copy was made, or by the copy's own migrations, or left out
        if name not in ("audit_log", "schema_migrations", "sessions"):
            sql = f"SELECT * FROM {name} ORDER BY ALL"
            assert copied.execute(sql).fetchall() == here(workspace, sql), name
    assert copied.execute("FROM sessions").fetchall() == []
    sums = " + ".join(f"(SELECT count(*) FROM {n})" for n in tables if n != "schema_migrations")
    assert copied.execute(f"SELECT {sums}").fetchone() == (made.rows,)
    copied.close()


def test_it_keeps_the_keys_and_checks_of_a_store(workspace: Workspace) -> None:
    made = workspace.keeping.backup(OPERATOR)
    sql = "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL"
    assert rows(made.path, sql) == here(workspace, sql)


def test_it_holds_one_moment_while_orders_come_in(workspace: Workspace) -> None:
    stop = threading.Event()

    def write(cursor: Cursor) -> None:
        cursor.execute("INSERT INTO settings SELECT 'a' || count(*), '' FROM settings")
        cursor.execute(
            "INSERT INTO login_attempts SELECT 'x', now()::TIMESTAMP, true FROM settings LIMIT 1"
        )

    def busy() -> None:
        while not stop.is_set():
            workspace.store.write(write)

    before = len(here(workspace, "FROM settings"))
    writer = threading.Thread(target=busy)
    writer.start()
    try:
        made = [workspace.keeping.backup(OPERATOR) for _ in range(2)]
    finally:
        stop.set()
        writer.join()
    for one in made:  # login_attempts are copied long before settings
        ((settings, attempts),) = rows(
            one.path,
            "SELECT (SELECT count(*) FROM settings), (SELECT count(*) FROM login_attempts)",
        )
        assert settings - before == attempts
    assert len(here(workspace, "FROM login_attempts")) > 0


def test_a_sound_one_is_said_to_be_so(workspace: Workspace) -> None:
    made = workspace.keeping.backup(OPERATOR)
    found = workspace.keeping.check_backup(OPERATOR, made.name)
    assert found.good
    assert found.backup == made
    assert workspace.keeping.backups(OPERATOR) == (made,)
    assert made.data_set == workspace.info().name  # type: ignore[union-attr]


def test_it_is_in_the_audit_log(workspace: Workspace) -> None:
    made = workspace.keeping.backup(OPERATOR)
    found = here(workspace, "SELECT username, subject FROM audit_log WHERE action = 'backup made'")
    assert found == [("operator", made.name)]


def cut(made: BackupView) -> None:
    made.path.write_bytes(made.path.read_bytes()[:-4096])


def flip(made: BackupView) -> None:
    held = bytearray(made.path.read_bytes())
    held[len(held) // 2] ^= 1
    made.path.write_bytes(held)


def change_a_row(made: BackupView) -> None:
    """Somebody wrote to the file, and mended the manifest's checksum of the bytes."""
    with duckdb.connect(str(made.path)) as opened:
        opened.execute("UPDATE order_lines SET quantity = quantity + 1 WHERE line_id = "
                       "(SELECT min(line_id) FROM order_lines)")  # fmt: skip
    rewrite(made, sha256=backup_files.checksum(made.path), bytes=made.path.stat().st_size)


def lose_a_row(made: BackupView) -> None:
    with duckdb.connect(str(made.path)) as opened:
        opened.execute("DELETE FROM products WHERE product_key = 1")
    rewrite(made, sha256=backup_files.checksum(made.path), bytes=made.path.stat().st_size)


def be_of_tomorrow(made: BackupView) -> None:
    rewrite(made, schema=999)


def rewrite(made: BackupView, **words: object) -> None:
    path = backup_files.manifest_path(made.path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **words}))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (cut, "bytes instead of"),
        (flip, "SHA-256"),
        (change_a_row, "rows of table order_lines"),
        (lose_a_row, "table products has 14 rows instead of 15"),
        (be_of_tomorrow, "schema 999"),
    ],
)
def test_harm_is_found(workspace: Workspace, harm: Any, words: str) -> None:
    made = workspace.keeping.backup(OPERATOR)
    harm(made)
    found = workspace.keeping.check_backup(OPERATOR, made.name)
    assert not found.good
    assert words in found.problems[0]


def test_a_lost_or_damaged_manifest_is_said_and_others_are_still_listed(
    workspace: Workspace,
) -> None:
    first, second = (workspace.keeping.backup(OPERATOR) for _ in range(2))
    backup_files.manifest_path(first.path).write_text("{")
    damaged = workspace.keeping.backups(OPERATOR)[1]
    assert (damaged.name, damaged.rows) == (first.name, 0)
    assert "damaged" in damaged.problem
    with pytest.raises(StoreError, match="damaged"):
        workspace.keeping.check_backup(OPERATOR, first.name)
    backup_files.manifest_path(first.path).unlink()
    assert workspace.keeping.backups(OPERATOR) == (second,)
    with pytest.raises(StoreError, match="beside its manifest"):
        workspace.keeping.check_backup(OPERATOR, first.name)


@pytest.mark.parametrize("name", ["../store.duckdb", "/etc/passwd", "store.duckdb", ""])
def test_a_name_is_no_path(workspace: Workspace, name: str) -> None:
    with pytest.raises(InputError, match="as it is listed"):
        workspace.keeping.check_backup(OPERATOR, name)


def test_only_the_newest_stay(folder: Path) -> None:
    workspace = Workspace.open(replace(trade.settings(folder), keep_backups=2))
    made = [workspace.keeping.backup(OPERATOR).name for _ in range(4)]
    assert [one.name for one in workspace.keeping.backups(OPERATOR)] == [made[3], made[2]]
    left = sorted(path.name for path in (folder / "backups").iterdir())
    workspace.close()
    assert len(left) == 4  # a file and its manifest each


def test_nobody_else_may_read_one(workspace: Workspace) -> None:
    made = workspace.keeping.backup(OPERATOR)
    for path in (made.path, backup_files.manifest_path(made.path)):
        assert path.stat().st_mode & 0o077 == 0
    assert made.path.parent.stat().st_mode & 0o077 == 0


def test_without_a_folder_the_setting_is_named(folder: Path) -> None:
    workspace = Workspace.open(replace(trade.settings(folder), backup_dir=None))
    with pytest.raises(InputError, match="SMARTRECO_BACKUP_DIR"):
        workspace.keeping.backup(OPERATOR)
    assert workspace.keeping.backups(OPERATOR) == ()
    workspace.close()


def test_a_failure_leaves_nothing_behind(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(backup_files, "publish", full)
    with pytest.raises(StoreError, match="No space left"):
        workspace.keeping.backup(OPERATOR)
    assert list((folder / "backups").iterdir()) == []
    monkeypatch.undo()
    assert workspace.keeping.backup(OPERATOR).rows


def test_one_is_made_at_a_time(workspace: Workspace) -> None:
    refused: list[SmartRecoError] = []

    def again(fraction: float, doing: str) -> None:
        if not refused:
            with pytest.raises(InputError, match="one under way") as caught:
                workspace.keeping.backup(OPERATOR)
            refused.append(caught.value)

    workspace.keeping.backup(OPERATOR, again)
    assert refused


def test_a_dead_process_leaves_no_backup_and_its_file_goes(
    workspace: Workspace, folder: Path
) -> None:
    (folder / "backups").mkdir()
    dead = folder / "backups" / "smartreco-20200101T000000Z.duckdb.part"
    dead.write_bytes(b"half")
    os.utime(dead, (0, 0))
    assert workspace.keeping.backups(OPERATOR) == ()
    workspace.keeping.backup(OPERATOR)
    assert not dead.exists()


def test_an_import_goes_on_while_a_backup_is_read(workspace: Workspace, folder: Path) -> None:
    made: list[BackupView] = []
    thread = threading.Thread(target=lambda: made.append(workspace.keeping.backup(OPERATOR)))
    thread.start()
    frame = trade.orders("beside", np.random.default_rng(3), 20)
    trade.take(workspace, frame, folder / "in.csv")
    thread.join()
    lines = rows(made[0].path, "SELECT count(*) FROM order_lines JOIN orders USING (order_key) "
                               "WHERE order_id LIKE 'beside%'")[0][0]  # fmt: skip
    assert lines in (0, len(frame))
    assert workspace.keeping.check_backup(OPERATOR, made[0].name).good
