"""What shops counted on their own shelves, and how sure they want to be of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from smartreco.store.connection import Cursor
from smartreco.store.registered import count, insert


def put(
    cursor: Cursor, retailer_id: str, counts: Mapping[str, int], on_day: date, username: str,
    now: datetime,
) -> None:  # fmt: skip
    """Enter counts of a day; a second count of the same day takes the first one's place."""
    insert(
        cursor, "shelf_counts",
        [(retailer_id, one, on_day, pieces, username, now) for one, pieces in counts.items()],
        "ON CONFLICT (retailer_id, product_id, counted_on) DO UPDATE SET "
        "pieces = excluded.pieces, username = excluded.username, entered_at = excluded.entered_at",
    )  # fmt: skip


def forget(cursor: Cursor, retailer_id: str, product_ids: Sequence[str] | None = None) -> int:
    """Take away counts (None: all) that were entered; returns how many."""
    which = "" if product_ids is None else "AND product_id IN (SELECT unnest(?))"
    values: list[object] = [retailer_id, *([] if product_ids is None else [list(product_ids)])]
    return count(cursor, f"DELETE FROM shelf_counts WHERE retailer_id = ? {which}", values)


def state(cursor: Cursor, retailer_id: str) -> tuple[object, ...]:
    """Differs whenever counts have changed."""
    row = cursor.execute(
        "SELECT count(*), max(entered_at) FROM shelf_counts WHERE retailer_id = ?", [retailer_id]
    ).fetchone()
    return tuple(row or ())


def wish(cursor: Cursor, retailer_id: str) -> tuple[float, int] | None:
    """Service level and days between orders that a shop chose; None: it chose none."""
    row = cursor.execute(
        "SELECT service, review_days FROM shop_settings WHERE retailer_id = ?", [retailer_id]
    ).fetchone()
    return None if row is None else (float(row[0]), int(row[1]))


def keep_wish(cursor: Cursor, retailer_id: str, service: float, review_days: int) -> None:
    """Keep what a shop chose."""
    insert(
        cursor, "shop_settings", [(retailer_id, service, review_days)],
        "ON CONFLICT (retailer_id) DO UPDATE SET "
        "service = excluded.service, review_days = excluded.review_days",
    )  # fmt: skip
