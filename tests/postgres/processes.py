"""Processes beside the test's own: a command, or ``python -m tests.postgres.processes WHAT``.

SMARTRECO_STORE and SMARTRECO_DB say where; a line on standard output says that it is done.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys

from smartreco.config import PROJECT, Settings
from smartreco.entities import Principal, Role
from smartreco.store import Store
from smartreco.store.connection import Cursor
from smartreco.store.registered import count
from tests.browser.serving import environment


def begun(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    """Another process on the same store."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.postgres.processes", *arguments],
        env=_environment(settings), cwd=PROJECT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def commanded(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the program on the store, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "smartreco", *words],
        env=_environment(settings), cwd=PROJECT, text=True, capture_output=True, check=False,
    )  # fmt: skip


def _environment(settings: Settings) -> dict[str, str]:
    there = {} if settings.store is None else {"SMARTRECO_STORE": settings.store}
    return environment(settings.db, SMARTRECO_REFIT_AFTER="never", **there)


def checksums(settings: Settings) -> dict[str, tuple[int, str]]:
    """Of every table, its rows and a checksum over all of their values, in no order."""
    store = Store.open(settings)
    found = {}
    with store.cursor() as cursor:
        for (name,) in cursor.execute("SHOW TABLES").fetchall():
            if name == "schema_migrations":  # says when this home was made
                continue
            rows = sorted(repr(row) for row in cursor.execute(f'SELECT * FROM "{name}"').fetchall())
            found[str(name)] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    store.close()
    return found


def main(what: str, *arguments: str) -> None:
    """Do one thing on the store."""
    settings = Settings.from_environment()
    if what == "open":
        Store.open(settings).close()
    elif what == "add":
        store = Store.open(settings)
        for _ in range(int(arguments[0])):
            store.write(_next_number)
        store.close()
    elif what == "order":
        print(_order(settings, *arguments), flush=True)
    print("done", flush=True)


def _order(settings: Settings, shop_id: str, product_id: str, quantity: str) -> str:
    from smartreco.workspace import Workspace  # other processes here need none of it

    workspace = Workspace.open(settings)
    workspace.prepare()
    shop = Principal("asha", "Asha", Role.RETAILER, retailer_id=shop_id)
    workspace.drafts.clear(shop, shop_id)
    workspace.drafts.add(shop, shop_id, product_id, int(quantity))
    placed = workspace.orders.place(shop, shop_id, "from elsewhere").summary.order_id
    workspace.close()
    return placed


def _next_number(cursor: Cursor) -> None:
    number = 1 + count(cursor, "SELECT max(rank) FROM events")
    cursor.execute(
        "INSERT INTO events (happened_at, username, retailer_id, kind, product_id, rank) "
        "VALUES (now()::TIMESTAMP, 'a', 'a', 'shown', 'a', ?)",
        [number],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
