"""Promotions that vendors enter, change and end; imports respect ``promotion_edits``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from smartreco.store import dataset
from smartreco.store.connection import Cursor
from smartreco.store.registered import count, insert


class Promotion(NamedTuple):
    """``depth`` : share off the list price; both days are in."""

    product_id: str
    starts_on: date
    ends_on: date
    depth: float


_ALL: Final = """
    SELECT p.product_id, m.starts_on, m.ends_on, m.depth, any_value(p.name),
           bool_or(e.act = 'added') IS TRUE
    FROM promotions m JOIN products p USING (product_key) JOIN vendors v USING (vendor_key)
    LEFT JOIN promotion_edits e ON e.product_id = p.product_id AND e.starts_on = m.starts_on
         AND e.ends_on = m.ends_on AND e.depth = m.depth
    WHERE v.vendor_id = ? AND m.depth > 0
    GROUP BY ALL ORDER BY m.starts_on, p.product_id, m.ends_on, m.depth
"""
_WHERE: Final = """
    product_key = (SELECT product_key FROM products WHERE product_id = ?)
    AND starts_on = ? AND ends_on = ? AND depth = ?
"""
_OVERLAPS: Final = """
    SELECT p.product_id, m.starts_on, m.ends_on, m.depth
    FROM promotions m JOIN products p USING (product_key)
    WHERE p.product_id = ? AND m.starts_on <= ? AND m.ends_on >= ? AND m.depth > 0
    ORDER BY m.starts_on
"""


def every(cursor: Cursor, vendor_id: str) -> list[tuple[Promotion, str, bool]]:
    """A vendor's promotions by their start: with the product's name, and whether typed here."""
    rows = cursor.execute(_ALL, [vendor_id]).fetchall()
    return [(Promotion(*row[:4]), str(row[4]), bool(row[5])) for row in rows]


def exists(cursor: Cursor, one: Promotion) -> bool:
    """Whether there is such a promotion."""
    return bool(count(cursor, f"SELECT count(*) FROM promotions WHERE {_WHERE}", list(one)))


def overlapping(cursor: Cursor, one: Promotion) -> list[Promotion]:
    """Promotions of the same product that share a day with one."""
    rows = cursor.execute(_OVERLAPS, [one.product_id, one.ends_on, one.starts_on]).fetchall()
    return [Promotion(*row) for row in rows]


def replace(
    cursor: Cursor, before: Promotion | None, after: Promotion | None, username: str, now: datetime
) -> None:
    """Take one away, put one in; the data have changed."""
    if before is not None:
        cursor.execute(f"DELETE FROM promotions WHERE {_WHERE}", list(before))
        _note(cursor, before, "removed", username, now)
    if after is not None:
        cursor.execute(
            "INSERT INTO promotions SELECT product_key, ?, ?, ? FROM products WHERE product_id = ?",
            [after.starts_on, after.ends_on, after.depth, after.product_id],
        )
        _note(cursor, after, "added", username, now)
    dataset.changed(cursor)


def _note(cursor: Cursor, one: Promotion, act: str, username: str, now: datetime) -> None:
    insert(
        cursor, "promotion_edits", [(*one, act, username, now)],
        "ON CONFLICT (product_id, starts_on, ends_on, depth) DO UPDATE SET act = excluded.act, "
        "username = excluded.username, changed_at = excluded.changed_at",
    )  # fmt: skip
