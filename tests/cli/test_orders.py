"""``orders`` from the command line: what shops placed is confirmed, delivered, called off."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.store import Store, placing
from smartreco.store.connection import Cursor
from smartreco.store.placing import PlacedLine, Placement
from tests.cli.conftest import Run

ORDERED = datetime(2026, 4, 20, 9)


@pytest.fixture
def placed(run: Run, orders_file: Path, db: Path) -> Run:
    """A store of three shops, two of which placed an order."""
    assert run("orders", "list").code == 2
    assert run("import", "--orders", orders_file).code == 0
    assert "No orders" in run("orders", "list").out
    store = Store.open(Settings(db=db))
    for shop in ("shop-1", "shop-2"):
        line = PlacedLine("rice", 12, 50.0)
        order = Placement(shop, [line], ORDERED, ORDERED, "asha", "", 1)
        store.write(lambda cursor, order=order: placing.place(cursor, order))
    store.close()
    return run


def test_orders_are_listed_confirmed_delivered_and_cancelled(placed: Run) -> None:
    assert placed("orders", "list").out.count("SR-00000") == 2
    assert "SR-000001 is confirmed" in placed("orders", "confirm", "SR-000001").out
    delivered = placed("orders", "deliver", "SR-000001", "--on", "2026-04-20")
    assert delivered.code == 0, delivered.err
    assert placed("orders", "cancel", "SR-000002").code == 0
    assert "No orders" in placed("orders", "list").out
    everything = placed("orders", "list", "--all").out
    assert "delivered" in everything
    assert "2026-04-20" in everything
    assert "cancelled" in everything


def test_calling_off_what_is_left_says_what_was_delivered_before(placed: Run, db: Path) -> None:
    store = Store.open(Settings(db=db))

    def split(cursor: Cursor) -> None:
        cursor.execute(
            "INSERT INTO order_parts SELECT order_key, 9, 'delivered', '2026-04-20', "
            "settled_at, 'vik', NULL FROM order_parts"
        )

    store.write(split)
    store.close()
    told = placed("orders", "cancel", "SR-000001").out
    assert "delivered before" in told
    assert "SR-000001 is cancelled" not in told
    assert "so the order is delivered" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("deliver", "SR-000001"), "confirmed or cancelled next"),
        (("confirm", "SR-000009"), "by its number"),
        (("confirm", "o-shop-1-0"), "next import"),
        (("deliver", "SR-000001", "--on", "soon"), "YYYY-MM-DD"),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(
    placed: Run, words: tuple[str, ...], said: str
) -> None:
    answer = placed("orders", *words)
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1
