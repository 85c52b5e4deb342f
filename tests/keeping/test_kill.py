"""``kill -9`` in the middle of imports, orders and backups loses nothing that was acknowledged."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from smartreco.config import PROJECT
from smartreco.entities import OPERATOR
from smartreco.store import Store
from smartreco.workspace import Workspace
from tests.homes import only_in_a_file
from tests.keeping import trade

pytestmark = only_in_a_file("the killed process opens the file")

LONGEST = 300.0  # seconds for a process to come up or to act; then it is stuck
BOTH = {"order", "import"}


@dataclass
class Told:
    """What all processes said so far, by tag."""

    begun: dict[str, dict[str, Any]] = field(default_factory=dict)
    done: dict[str, dict[str, Any]] = field(default_factory=dict)

    def hear(self, line: str) -> str:
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:  # cut off by the kill: not acknowledged
            return ""
        word = said.pop("word")
        if word != "ready":
            (self.begun if word == "begin" else self.done)[said["tag"]] = said
        return str(word)

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        return {tag: act for tag, act in self.begun.items() if act["kind"] == kind}


def test_a_kill_loses_nothing_acknowledged(folder: Path) -> None:
    kill_and_look(folder, rounds=1)


@pytest.mark.full
def test_twenty_kills_lose_nothing_acknowledged(folder: Path) -> None:
    kill_and_look(folder, rounds=20)


def kill_and_look(folder: Path, rounds: int) -> None:
    told, rng = Told(), np.random.default_rng()
    for number in range(rounds):
        acts = int(rng.integers(1, 12))
        run_and_kill(folder, number, told, acts, seconds=float(rng.uniform(0.0, 0.4)))
        survivors(folder)
        look(folder, told)
    kinds = {told.begun[tag]["kind"] for tag in told.done}
    assert kinds >= BOTH, "the processes died before they did anything"


def run_and_kill(folder: Path, number: int, told: Told, acts: int, seconds: float) -> None:
    """Start a process, kill it without a word that long after so many acts, read what it said.

    Counted in acts, so that a busy machine does not kill before anything was done.
    """
    words = [sys.executable, "-m", "tests.keeping.acting", str(folder), str(number)]
    errors = (folder / "errors.txt").open("w")
    with subprocess.Popen(
        words, cwd=PROJECT, stdout=subprocess.PIPE, stderr=errors, text=True
    ) as p:
        assert p.stdout is not None
        stuck = threading.Timer(LONGEST, p.kill)
        stuck.start()
        line = p.stdout.readline()
        assert told.hear(line) == "ready", (folder / "errors.txt").read_text()
        killer = threading.Timer(seconds, p.kill)
        for line in p.stdout:  # to the end: what was said before the kill counts
            word, kinds = told.hear(line), {told.begun[tag]["kind"] for tag in told.done}
            acts -= word == "done"
            if acts <= 0 and kinds >= BOTH and killer.ident is None:
                killer.start()
        killer.join()
        stuck.cancel()
    errors.close()
    assert p.returncode == -9, (folder / "errors.txt").read_text()


def survivors(folder: Path) -> None:
    """The next start works on the file as the kill left it; a copy of it is tried first."""
    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for path in folder.glob("store.duckdb*"):
        shutil.copy(path, copy / path.name)
    Store.open(trade.settings(copy)).close()


def look(folder: Path, told: Told) -> None:
    workspace = Workspace.open(trade.settings(folder))
    try:
        orders_are_whole(workspace.store, told)
        imports_are_whole(workspace.store, told)
        sums_agree(workspace.store)
        backups_are_whole(workspace, told)
    finally:
        workspace.close()


def query(store: Store, sql: str) -> list[tuple[Any, ...]]:
    with store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def orders_are_whole(store: Store, told: Told) -> None:
    rows = query(
        store,
        """
        SELECT note, order_id, o.status, product_id, ordered_quantity, gone, parts
        FROM placements JOIN orders o USING (order_key)
        LEFT JOIN (
            SELECT order_key, product_key, ordered_quantity, false AS gone FROM order_lines
            UNION ALL SELECT order_key, product_key, ordered_quantity, true FROM cancelled_lines
        ) USING (order_key)
        LEFT JOIN products USING (product_key)
        LEFT JOIN (SELECT order_key, count(*) AS parts FROM order_parts GROUP BY order_key)
            USING (order_key)
        """,
    )
    found: dict[str, dict[str, int]] = {}
    for tag, order_id, status, product, quantity, gone, parts in rows:
        found.setdefault(tag, {})[product] = quantity
        assert parts == 1, f"{tag} has no part of its vendor"
        assert gone == (status == "cancelled"), f"{tag} is cancelled by half"
        if tag in told.done:
            assert told.done[tag]["order_id"] == order_id
    placed = told.of("order")
    assert found.keys() <= placed.keys()
    for tag, act in placed.items():
        if tag in told.done:
            assert tag in found, f"acknowledged order {tag} is gone"
        if tag in found:
            assert found[tag] == act["lines"], f"{tag} is there by half"
    events_and_drafts(store, placed, found)
    cancelled = {tag for tag, _, status, *_ in rows if status == "cancelled"}
    asked = told.of("cancel")
    assert {a["order"] for tag, a in asked.items() if tag in told.done} <= cancelled
    assert cancelled <= {act["order"] for act in asked.values()}


def events_and_drafts(
    store: Store, placed: dict[str, dict[str, Any]], found: dict[str, dict[str, int]]
) -> None:
    """An order is an event a line and a line of the audit log; its draft is empty."""
    (events,) = query(store, "SELECT count(*) FROM events WHERE kind = 'ordered'")[0]
    assert events == sum(len(lines) for lines in found.values())
    (noted,) = query(store, "SELECT count(*) FROM audit_log WHERE action = 'order.placed'")[0]
    assert noted == len(found)
    if placed:
        last, act = list(placed.items())[-1]
        draft = query(
            store,
            f"SELECT product_id, quantity FROM order_drafts WHERE retailer_id = '{act['shop']}'",
        )
        if last not in found:
            assert dict(draft) == act["lines"], "neither order nor draft"


def imports_are_whole(store: Store, told: Told) -> None:
    held = dict(query(store, """
        SELECT order_id, count(*) FROM orders JOIN order_lines USING (order_key)
        WHERE order_id LIKE 'round%' GROUP BY order_id
    """))  # fmt: skip
    batches = {int(batch) for (batch,) in query(store, "SELECT batch_id FROM import_batches")}
    for tag, act in told.of("import").items():
        there = {order: held.get(order, 0) for order in act["orders"]}
        if tag in told.done:
            assert told.done[tag]["batch"] in batches, f"acknowledged import {tag} is gone"
        if tag in told.done or any(there.values()):
            assert there == act["orders"], f"import {tag} is there by half"


def sums_agree(store: Store) -> None:
    """What is kept twice is the same twice."""
    lines = "SELECT date_trunc('week', ordered_on)::DATE, retailer_key, product_key, " \
        "sum(quantity)::BIGINT, count(*)::INTEGER FROM order_lines GROUP BY ALL"  # fmt: skip
    weekly = "SELECT week, retailer_key, product_key, quantity, lines FROM weekly_sales"
    for one, other in ((lines, weekly), (weekly, lines)):
        assert not query(store, f"({one}) EXCEPT ALL ({other})")
    values = query(
        store,
        "SELECT (SELECT sum(quantity * unit_price) FROM order_lines), sum(value) FROM weekly_sales",
    )[0]
    assert values[0] == pytest.approx(values[1])
    assert not query(
        store,
        """
        SELECT batch_id FROM import_batches b WHERE
            rows_read <> rows_kept + rows_fixed + rows_quarantined
            OR lines_added <> (SELECT count(*) FROM order_lines l WHERE l.batch_id = b.batch_id)
            OR rows_fixed + rows_quarantined <>
               (SELECT count(*) FROM quarantine q WHERE q.batch_id = b.batch_id)
        """,
    )
    lines = "SELECT order_key FROM order_lines UNION SELECT order_key FROM cancelled_lines"
    assert not query(store, f"SELECT * FROM orders ANTI JOIN ({lines}) USING (order_key)")
    assert not query(store, "SELECT * FROM order_lines ANTI JOIN orders USING (order_key)")


def backups_are_whole(workspace: Workspace, told: Told) -> None:
    there = {one.name: one for one in workspace.keeping.backups(OPERATOR)}
    for tag in told.of("backup"):
        if tag in told.done:
            assert told.done[tag]["name"] in there
    for name in there:
        assert workspace.keeping.check_backup(OPERATOR, name).good
