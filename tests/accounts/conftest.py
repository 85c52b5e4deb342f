"""People of an almost empty store, with a clock that a test can turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import bcrypt
import pytest

from smartreco.accounts import passwords
from smartreco.config import Settings
from smartreco.entities import OPERATOR, Principal, Role
from smartreco.store import Store, accounts
from smartreco.store.connection import Cursor
from smartreco.store.request_log import RequestLog
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core

PASSWORD = "amber-kettle-river-42"
CHEAP_DUMMY = bcrypt.hashpw(b"nobody's", bcrypt.gensalt(4)).decode()


@dataclass
class Clock:
    """The time that the code under test sees."""

    now: datetime = datetime(2026, 5, 4, 9, 0)

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    monkeypatch.setattr(Core, "now", staticmethod(lambda: turned.now))
    return turned


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(passwords, "DUMMY_HASH", CHEAP_DUMMY)


@pytest.fixture
def core(tmp_path: Path, clock: Clock) -> Iterator[Core]:
    settings = Settings(db=tmp_path / "people.duckdb")
    store = Store.open(settings)
    store.write(_two_shops_and_a_vendor)
    yield Core(settings, store, RequestLog(store))
    store.close()


@pytest.fixture
def people(core: Core) -> People:
    return People(core)


def join(people: People, username: str, role: Role = Role.ANALYST, **about: str) -> Principal:
    """Somebody with an account and a password of his own, `PASSWORD`, who has not signed in yet."""
    people.add_account(OPERATOR, username, role, password=PASSWORD, must_change=False, **about)
    with people.core.store.cursor() as cursor:
        account = accounts.find(cursor, username)
    assert account is not None
    return account.principal


def _two_shops_and_a_vendor(cursor: Cursor) -> None:
    cursor.execute(
        "INSERT INTO retailers (retailer_key, retailer_id, name, open_to_vendors, active) "
        "VALUES (1, 'r1', 'Asha Stores', true, true), (2, 'r2', 'Omar & Sons', true, true)"
    )
    cursor.execute("INSERT INTO vendors (vendor_key, vendor_id, name) VALUES (1, 'v1', 'Himal')")


def rows(core: Core, sql: str) -> list[tuple[object, ...]]:
    """What the store holds."""
    with core.store.cursor() as cursor:
        return cursor.execute(sql).fetchall()
