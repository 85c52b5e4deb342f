"""What shops counted on their own shelves, and how sure they want to be of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from smartreco.store.connection import Cursor
from smartreco.store.registered import insert


@dataclass(frozen=True, slots=True)
class Entered:
    """Counts that were entered in one act, and those of the same day whose place they took."""

    product_ids: tuple[str, ...]
    on_day: date
    entered_at: datetime
    before: tuple[tuple[str, int, str, datetime], ...]  # product, pieces, username, entered_at


def put(
    cursor: Cursor, retailer_id: str, counts: Mapping[str, int], on_day: date, username: str,
    now: datetime,
) -> Entered:  # fmt: skip
    """Enter counts of a day; a second count of the same day takes the first one's place."""
    before = cursor.execute(
        "SELECT product_id, pieces, username, entered_at FROM shelf_counts "
        "WHERE retailer_id = ? AND counted_on = ? AND product_id IN (SELECT unnest(?))",
        [retailer_id, on_day, list(counts)],
    ).fetchall()
    _put(cursor, retailer_id, on_day, [(one, n, username, now) for one, n in counts.items()])
    return Entered(tuple(counts), on_day, now, tuple(before))


def take_back(cursor: Cursor, retailer_id: str, entered: Entered) -> int:
    """Take away what one act entered, put back what it took the place of; returns how many.

    What was counted again since stays as it is.
    """
    entered_then = (
        "FROM shelf_counts WHERE retailer_id = ? AND counted_on = ? AND entered_at = ? "
        "AND product_id IN (SELECT unnest(?))"
    )
    asked = [retailer_id, entered.on_day, entered.entered_at, list(entered.product_ids)]
    gone = cursor.execute(f"SELECT product_id {entered_then}", asked).fetchall()
    cursor.execute(f"DELETE {entered_then}", asked)
    back = {product_id for (product_id,) in gone}
    _put(cursor, retailer_id, entered.on_day, [one for one in entered.before if one[0] in back])
    return len(back)


def _put(
    cursor: Cursor, retailer_id: str, on_day: date, rows: Sequence[tuple[str, int, str, datetime]]
) -> None:
    insert(
        cursor, "shelf_counts",
        [(retailer_id, product_id, on_day, *rest) for product_id, *rest in rows],
        "ON CONFLICT (retailer_id, product_id, counted_on) DO UPDATE SET "
        "pieces = excluded.pieces, username = excluded.username, entered_at = excluded.entered_at",
    )  # fmt: skip


def state(cursor: Cursor, retailer_id: str) -> tuple[object, ...]:
    """Differs whenever counts have changed."""
    row = cursor.execute(
        "SELECT count(*), max(entered_at), bit_xor(hash(product_id, counted_on, pieces)) "
        "FROM shelf_counts WHERE retailer_id = ?",
        [retailer_id],
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
