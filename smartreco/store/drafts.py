"""The order a shop is putting together, and the products it does not want to see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from smartreco.store.connection import Cursor
from smartreco.store.registered import insert


class DraftRow(NamedTuple):
    """One line of a draft as it is kept.

    ``quantity`` in pieces; ``source`` and ``blend_version`` are of the list that showed it.
    """

    product_id: str
    quantity: int
    source: str | None
    added_at: datetime
    blend_version: int | None = None


def read(cursor: Cursor, retailer_id: str) -> list[DraftRow]:
    """Lines of a shop's draft, oldest first."""
    rows = cursor.execute(
        f"SELECT {', '.join(DraftRow._fields)} FROM order_drafts "
        "WHERE retailer_id = ? ORDER BY added_at, product_id",
        [retailer_id],
    ).fetchall()
    return [DraftRow(*row) for row in rows]


def put(cursor: Cursor, retailer_id: str, rows: Sequence[DraftRow]) -> None:
    """Add lines, or set the quantity of lines already there."""
    insert(
        cursor, f"order_drafts (retailer_id, {', '.join(DraftRow._fields)})",
        [(retailer_id, *row) for row in rows],
        "ON CONFLICT (retailer_id, product_id) DO UPDATE SET quantity = excluded.quantity",
    )  # fmt: skip


def remove(cursor: Cursor, retailer_id: str, product_ids: Sequence[str]) -> None:
    """Take lines off the draft."""
    cursor.execute(
        "DELETE FROM order_drafts WHERE retailer_id = ? AND product_id IN (SELECT unnest(?))",
        [retailer_id, list(product_ids)],
    )


def replace(cursor: Cursor, retailer_id: str, rows: Sequence[DraftRow]) -> None:
    """Make the draft exactly these lines."""
    cursor.execute("DELETE FROM order_drafts WHERE retailer_id = ?", [retailer_id])
    put(cursor, retailer_id, rows)


def dismissed(cursor: Cursor, retailer_id: str) -> list[str]:
    """Products that the shop said are not for it, latest first."""
    rows = cursor.execute(
        "SELECT product_id FROM dismissals WHERE retailer_id = ? ORDER BY dismissed_at DESC",
        [retailer_id],
    ).fetchall()
    return [str(product_id) for (product_id,) in rows]


def said(cursor: Cursor, retailer_id: str) -> tuple[list[str], list[str]]:
    """Both in one read: what the shop does not want (latest first), and what is on its draft."""
    rows = cursor.execute(
        """
        SELECT true, product_id, dismissed_at AS said_at FROM dismissals WHERE retailer_id = $shop
        UNION ALL
        SELECT false, product_id, added_at FROM order_drafts WHERE retailer_id = $shop
        ORDER BY said_at, product_id
        """,
        {"shop": retailer_id},
    ).fetchall()
    hidden = [str(product_id) for unwanted, product_id, _ in rows if unwanted]
    return hidden[::-1], [str(product_id) for unwanted, product_id, _ in rows if not unwanted]


def dismiss(cursor: Cursor, retailer_id: str, product_id: str, at: datetime) -> None:
    """Remember that a product is not for this shop."""
    cursor.execute(
        "INSERT INTO dismissals VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [retailer_id, product_id, at],
    )


def restore(cursor: Cursor, retailer_id: str, product_id: str) -> None:
    """Forget that a product was not for this shop."""
    cursor.execute(
        "DELETE FROM dismissals WHERE retailer_id = ? AND product_id = ?",
        [retailer_id, product_id],
    )


def restore_ordered(cursor: Cursor, retailer_id: str, product_ids: Sequence[str]) -> None:
    """Who orders a product does not mind seeing it: forget that it was not for this shop."""
    cursor.execute(
        "DELETE FROM dismissals WHERE retailer_id = ? AND list_contains(?, product_id)",
        [retailer_id, list(product_ids)],
    )


def forget_all(cursor: Cursor) -> None:
    """Other data are in their place: whoever has a shop's id now did not say what it said."""
    for table in ("order_drafts", "dismissals", "shelf_counts", "shop_settings"):
        cursor.execute(f"DELETE FROM {table}")


def forget_unknown(cursor: Cursor) -> None:
    """After a change of data: drop what shops that are gone said, or said of products gone."""
    for table in ("order_drafts", "dismissals", "shelf_counts"):
        cursor.execute(
            f"DELETE FROM {table} WHERE product_id NOT IN (SELECT product_id FROM products) "
            "OR retailer_id NOT IN (SELECT retailer_id FROM retailers)"
        )
