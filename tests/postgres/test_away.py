"""The database goes away in the middle, and comes back: one sentence, nothing half there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import httpx
import pytest

from benchmarks.visiting import Tab, cookie_of
from smartreco.config import Settings
from smartreco.entities import Role
from smartreco.errors import StoreAwayError, StoreError
from smartreco.store import Store
from smartreco.store.moving import move
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from tests.browser.serving import serving
from tests.conftest import DEMO_PASSWORD
from tests.postgres.conftest import DOORS
from tests.postgres.server import PASSWORD, Server
from tests.postgres.test_two_processes import PATIENCE, orderable, soon

SENTENCE = "the database answers; found no answer"


def cut_off(server: Server, database: str) -> None:
    """End every connection to a database, as a restarting server does."""
    with server.connect() as outside:
        outside.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
        )


def noted(store: Store) -> list[str]:
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT name FROM settings ORDER BY name").fetchall()
    return [str(name) for (name,) in rows]


def test_a_write_cut_off_on_the_way_is_done_again(doors: Store, server: Server) -> None:
    tries: list[int] = []

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        tries.append(1)
        if len(tries) == 1:
            cut_off(server, DOORS)
        cursor.execute("INSERT INTO settings VALUES ('on the way', '')")

    doors.write(work)
    assert len(tries) == 2
    assert "on the way" in noted(doors)


def test_a_write_cut_off_while_it_is_kept_is_never_done_twice(doors: Store, server: Server) -> None:
    tries: list[int] = []

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        tries.append(1)
        cursor.execute("INSERT INTO settings VALUES ('while kept', '')")
        cut_off(server, DOORS)

    with pytest.raises(StoreAwayError, match="see in a moment whether it is there"):
        doors.write(work)
    assert tries == [1]
    assert "while kept" not in noted(doors)  # the next use makes a new connection


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that nobody else needs."""
    with Server() as running:
        yield running


@pytest.fixture
def there(own: Server, small: Settings) -> Settings:
    """The small demo on it."""
    settings = replace(small, store=own.make("own"), demo_password=DEMO_PASSWORD)
    move(replace(small, store=None), settings, lambda fraction, doing: None)
    return settings


@pytest.mark.full
def test_an_order_that_the_database_broke_off_is_a_draft_as_before(
    own: Server, there: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(there)
    workspace.prepare()
    shop, product = orderable(workspace)
    shop_id = str(shop.retailer_id)
    workspace.drafts.add(shop, shop_id, product, 6)
    before, many = workspace.drafts.read(shop, shop_id), workspace.orders.history(shop, shop_id)[1]
    kept = workspace.store._kept

    def stops_first(cursor: duckdb.DuckDBPyConnection, last: bool) -> bool:
        own.stop()
        return kept(cursor, last)

    with monkeypatch.context() as patch:
        patch.setattr(workspace.store, "_kept", stops_first)
        with pytest.raises(StoreAwayError, match="see in a moment whether it is there"):
            workspace.orders.place(shop, shop_id)
    for ask in (workspace.drafts.read, workspace.orders.history, workspace.orders.place):
        with pytest.raises(StoreAwayError, match=SENTENCE):
            ask(shop, shop_id)
    own.start()
    assert workspace.drafts.read(shop, shop_id).lines == before.lines
    assert workspace.orders.history(shop, shop_id)[1] == many
    placed = workspace.orders.place(shop, shop_id)
    newest, now = workspace.orders.history(shop, shop_id)
    assert (newest[0].order_id, now) == (placed.summary.order_id, many + 1)
    workspace.close()


@pytest.mark.full
def test_the_application_says_so_and_goes_on_once_it_is_back(own: Server, there: Settings) -> None:
    ours = {"STORE": there.store, "DEMO_PASSWORD": DEMO_PASSWORD, "REFIT_AFTER": "never"}
    words = {f"SMARTRECO_{name}": str(one) for name, one in ours.items()}
    given = {"username": USERNAMES[Role.ADMIN], "password": DEMO_PASSWORD}
    with serving(there.db, **words) as app:
        port = int(app.url.rpartition(":")[2])
        cookie = asyncio.run(cookie_of(port, USERNAMES[Role.RETAILER], DEMO_PASSWORD))

        def drawn() -> bytes:
            async def draw() -> bytes:
                async with Tab(port, cookie) as tab:
                    return b"".join((await tab.run("orders")).messages)

            return asyncio.run(draw())

        def token() -> httpx.Response:
            return httpx.post(f"{app.url}/api/v1/token", data=given, timeout=PATIENCE)

        assert b"Sign out" in drawn()
        assert token().status_code == 200
        own.stop()
        page, answer = drawn(), token()
        assert SENTENCE.encode() in page
        assert b"Traceback" not in page
        assert answer.status_code == 503
        assert answer.json()["detail"].startswith(SENTENCE)
        assert httpx.get(f"{app.url}/healthz", timeout=PATIENCE).status_code == 200
        own.start()
        assert soon(lambda: b"Sign out" in drawn())
        assert token().status_code == 200
        said = app.said()
    assert PASSWORD not in said
    assert "Traceback" not in said
    assert "its database gives no answer" in said


def test_a_store_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Connection refused") as caught:
        Store.open(Settings(db=tmp_path / "a.duckdb", store="postgres://a:hunter2@127.0.0.1:1/b"))
    assert "hunter2" not in str(caught.value)
