"""Old rows go and are counted; each day's work is done once, whoever asks."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from smartreco.entities import OPERATOR
from smartreco.errors import StoreError
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.core import Core
from smartreco.workspace.keeping import daily
from tests.keeping import trade
from tests.keeping.test_backup import here

GROWING = ("request_log", "login_attempts", "sessions", "events")


def fill(workspace: Workspace, days: list[int]) -> None:
    """A row of each growing table for each number of days ago."""

    def work(cursor: Cursor) -> None:
        for ago in days:
            at = workspace.core.now() - timedelta(days=ago)
            cursor.execute("INSERT INTO request_log VALUES (?, 'u', 'n', 1, 'ok')", [at])
            cursor.execute("INSERT INTO login_attempts VALUES ('u', ?, true)", [at])
            cursor.execute(
                "INSERT INTO sessions (token_hash, username, created_at, expires_at) "
                "VALUES (?, 'u', ?, ?)", [str(ago), at, at],
            )  # fmt: skip
            cursor.execute(
                "INSERT INTO events (happened_at, username, retailer_id, kind, product_id) "
                "VALUES (?, 'u', 'shop-1', 'shown', 'product-1')", [at],
            )  # fmt: skip

    workspace.store.write(work)


def test_only_what_is_older_goes_and_it_is_said(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    fill(workspace, [1, 399, 401, 2000])
    with caplog.at_level(logging.INFO, "smartreco"):
        done = workspace.keeping.forget_old(OPERATOR)
    assert dict(done.counts) == dict.fromkeys(GROWING, 2)
    for table in GROWING:
        assert here(workspace, f"SELECT count(*) FROM {table} WHERE username = 'u'") == [(2,)]
    ((detail,),) = here(
        workspace, "SELECT detail FROM audit_log WHERE action = 'old rows forgotten'"
    )
    assert '"events": 2' in detail
    assert "2 of events" in caplog.text


def test_the_setting_says_how_long(folder: Path) -> None:
    workspace = Workspace.open(replace(trade.settings(folder), keep_days=10.0))
    fill(workspace, [9, 11])
    assert workspace.keeping.forget_old(OPERATOR).rows == 4
    assert workspace.keeping.forget_old(OPERATOR).rows == 0
    noted = here(workspace, "SELECT count(*) FROM audit_log WHERE action = 'old rows forgotten'")
    assert noted == [(1,)]  # nothing forgotten is no news
    workspace.close()


def test_a_day_has_one_backup_and_the_next_another(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 7, 1, 8)
    monkeypatch.setattr(Core, "now", lambda self: at)
    for hours in (0, 1, 23):
        at = datetime(2026, 7, 1, 8) + timedelta(hours=hours)
        workspace.keeping.do_what_is_due()
    assert len(workspace.keeping.backups(OPERATOR)) == 1
    at = datetime(2026, 7, 2, 8)
    workspace.keeping.do_what_is_due()
    assert len(workspace.keeping.backups(OPERATOR)) == 2


def test_one_that_failed_is_tried_at_the_next_look(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("a backup is written whole or not at all", "no room")

    with monkeypatch.context() as patch:
        patch.setattr(daily.Daily, "back_up", full)
        workspace.keeping.do_what_is_due()
    workspace.keeping.do_what_is_due()
    assert len(workspace.keeping.backups(OPERATOR)) == 1


def test_without_a_folder_or_data_nothing_is_backed_up(folder: Path, tmp_path: Path) -> None:
    for settings in (
        replace(trade.settings(folder), backup_dir=None),
        trade.settings(tmp_path / "empty"),
    ):
        workspace = Workspace.open(settings)
        workspace.keeping.do_what_is_due()
        assert workspace.keeping.backups(OPERATOR) == ()
        workspace.close()


def test_the_application_forgets_at_its_start_and_a_command_does_not(folder: Path) -> None:
    settings = replace(trade.settings(folder), first_data="none")
    workspace = Workspace.open(settings)
    fill(workspace, [2000])
    workspace.prepare()
    assert here(workspace, "SELECT count(*) FROM events") == [(1,)]
    workspace.keeping.start()
    workspace.close()
    workspace = Workspace.open(settings)
    assert here(workspace, "SELECT count(*) FROM events") == [(0,)]
    workspace.close()
