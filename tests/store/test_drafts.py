"""A draft is kept line by line; what was dismissed stays away until it is restored."""

from __future__ import annotations

from datetime import datetime

from smartreco.store import Store, drafts
from smartreco.store.drafts import DraftRow

NOON = datetime(2026, 5, 12, 12)


def row(product_id: str, quantity: int) -> DraftRow:
    return DraftRow(product_id, quantity, "reorder", NOON)


def test_a_line_put_twice_keeps_its_place_and_takes_the_new_quantity(store: Store) -> None:
    store.write(lambda c: drafts.put(c, "r1", [row("p1", 6), row("p2", 12)]))
    store.write(lambda c: drafts.put(c, "r1", [row("p1", 24)]))
    with store.cursor() as cursor:
        assert drafts.read(cursor, "r1") == [row("p1", 24), row("p2", 12)]
        assert drafts.read(cursor, "r2") == []


def test_lines_are_removed_and_replaced(store: Store) -> None:
    store.write(lambda c: drafts.put(c, "r1", [row("p1", 6), row("p2", 12)]))
    store.write(lambda c: drafts.remove(c, "r1", ["p1"]))
    with store.cursor() as cursor:
        assert drafts.read(cursor, "r1") == [row("p2", 12)]
    store.write(lambda c: drafts.replace(c, "r1", [row("p3", 1)]))
    with store.cursor() as cursor:
        assert drafts.read(cursor, "r1") == [row("p3", 1)]


def test_a_dismissed_product_is_listed_once_until_restored(store: Store) -> None:
    store.write(lambda c: drafts.dismiss(c, "r1", "p1", NOON))
    store.write(lambda c: drafts.dismiss(c, "r1", "p1", NOON))
    with store.cursor() as cursor:
        assert drafts.dismissed(cursor, "r1") == ["p1"]
    store.write(lambda c: drafts.restore(c, "r1", "p1"))
    with store.cursor() as cursor:
        assert drafts.dismissed(cursor, "r1") == []
