"""Counts that vendors typed: the figures in ``stock_levels``, who and when beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from smartreco.store import dataset, series
from smartreco.store.connection import Cursor
from smartreco.store.registered import count, insert

#: product_id, pieces, on_order, and who typed it when (None: it came with the data).
Before = tuple[str, int, int, str | None, datetime | None]

_BEFORE: Final = """
    SELECT p.product_id, s.on_hand, s.on_order, c.username, c.entered_at
    FROM stock_levels s JOIN products p USING (product_key)
    LEFT JOIN vendor_counts c ON c.product_id = p.product_id AND c.counted_on = s."at"
    WHERE s.holder_kind = 'vendor' AND s.holder_key = $vendor AND s."at" = $day
      AND list_contains($ids, p.product_id)
    ORDER BY p.product_id
"""
_LAST: Final = """
    SELECT max(s."at") FROM stock_levels s JOIN products p USING (product_key)
    WHERE s.holder_kind = 'vendor' AND p.vendor_key = ?
"""
_THESE: Final = """
    FROM vendor_counts WHERE counted_on = $day AND entered_at = $at
    AND list_contains($ids, product_id)
"""


def key_of(cursor: Cursor, vendor_id: str) -> int:
    """The vendor's key; he is there."""
    return count(cursor, "SELECT vendor_key FROM vendors WHERE vendor_id = ?", [vendor_id])


def day_of(cursor: Cursor, vendor_key: int, today: date) -> date:
    """The day that a count of now carries: stock of the data may be of the day after theirs."""
    row = cursor.execute(_LAST, [vendor_key]).fetchone()
    return today if row is None or row[0] is None else max(today, row[0])


def put(
    cursor: Cursor, vendor_key: int, counts: Mapping[str, tuple[int, int]], on_day: date,
    username: str, now: datetime,
) -> tuple[Before, ...]:  # fmt: skip
    """Enter pieces and pieces coming of a day; what they took the place of."""
    asked = {"vendor": vendor_key, "day": on_day, "ids": list(counts)}
    before = tuple(cursor.execute(_BEFORE, asked).fetchall())
    rows = [(one, pieces, coming, username, now) for one, (pieces, coming) in counts.items()]
    _put(cursor, vendor_key, on_day, rows)
    _say_changed(cursor, on_day)
    return before


def take_back(
    cursor: Cursor, vendor_key: int, product_ids: Sequence[str], on_day: date, entered_at: datetime,
    before: Sequence[Before],
) -> int:  # fmt: skip
    """Take away what one act entered, put back what was there; returns how many products.

    What was counted again since stays as it is.
    """
    asked: dict[str, object] = {"day": on_day, "at": entered_at, "ids": list(product_ids)}
    gone = [one for (one,) in cursor.execute(f"SELECT product_id {_THESE}", asked).fetchall()]
    if not gone:
        return 0
    cursor.execute(f"DELETE {_THESE}", asked)
    cursor.execute(
        "DELETE FROM stock_levels WHERE holder_kind = 'vendor' AND holder_key = ? AND \"at\" = ? "
        "AND product_key IN (SELECT product_key FROM products WHERE list_contains(?, product_id))",
        [vendor_key, on_day, gone],
    )
    _put(cursor, vendor_key, on_day, [one for one in before if one[0] in gone])
    _say_changed(cursor, on_day)
    return len(gone)


def _put(cursor: Cursor, vendor_key: int, on_day: date, rows: Sequence[Before]) -> None:
    for one, pieces, coming, _, _ in rows:
        cursor.execute(
            "INSERT INTO stock_levels SELECT 'vendor', ?, product_key, ?, ?, ? FROM products "
            'WHERE product_id = ? ON CONFLICT (holder_kind, holder_key, product_key, "at") '
            "DO UPDATE SET on_hand = excluded.on_hand, on_order = excluded.on_order",
            [vendor_key, on_day, pieces, coming, one],
        )
    typed = [(one, on_day, who, at) for one, _, _, who, at in rows if who is not None]
    insert(
        cursor, "vendor_counts", typed,
        "ON CONFLICT (product_id, counted_on) DO UPDATE SET username = excluded.username, "
        "entered_at = excluded.entered_at",
    )  # fmt: skip


def _say_changed(cursor: Cursor, on_day: date) -> None:
    """A count in a week that forecasts know may say that its sales were held back."""
    known = series.span(cursor)
    if known is not None and on_day < known.until:
        dataset.changed(cursor)
    else:
        dataset.acted(cursor, "counted")
