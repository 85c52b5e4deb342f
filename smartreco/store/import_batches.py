"""The table ``import_batches``: how the rows of each import were accounted for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smartreco.store.connection import Cursor
from smartreco.store.registered import count


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import; kept + fixed + quarantined = read."""

    imported_at: datetime
    username: str
    files: str
    read: int
    kept: int
    fixed: int
    quarantined: int
    lines_added: int
    lines_replaced: int
    lines_unchanged: int


def latest(cursor: Cursor) -> ImportBatch | None:
    """The last import; None before the first."""
    row = cursor.execute(
        """
        SELECT imported_at, username, files, rows_read, rows_kept, rows_fixed, rows_quarantined,
               lines_added, lines_replaced, lines_unchanged
        FROM import_batches ORDER BY batch_id DESC LIMIT 1
        """
    ).fetchone()
    return None if row is None else ImportBatch(*row)


@dataclass(frozen=True, slots=True)
class NumberedBatch:
    """One import of the history with its number and its files' accounts."""

    number: int
    batch: ImportBatch
    accounting: Mapping[str, Any]
    mapping: Mapping[str, Mapping[str, str]] | None


_COLUMNS = """
    batch_id, accounting::VARCHAR, mapping, imported_at, username, files, rows_read, rows_kept,
    rows_fixed, rows_quarantined, lines_added, lines_replaced, lines_unchanged
"""


def newest(cursor: Cursor, limit: int, offset: int = 0) -> tuple[list[NumberedBatch], int]:
    """Imports, the newest first, and how many there are."""
    rows = cursor.execute(
        f"SELECT {_COLUMNS} FROM import_batches ORDER BY batch_id DESC LIMIT ? OFFSET ?",
        [limit, offset],
    ).fetchall()
    return [_numbered(row) for row in rows], count(cursor, "SELECT count(*) FROM import_batches")


def numbered(cursor: Cursor, number: int) -> NumberedBatch | None:
    """One import; None: there is none of that number."""
    row = cursor.execute(
        f"SELECT {_COLUMNS} FROM import_batches WHERE batch_id = ?", [number]
    ).fetchone()
    return None if row is None else _numbered(row)


def mappings(cursor: Cursor, most: int = 20) -> list[Mapping[str, Mapping[str, str]]]:
    """What was said of columns in the last imports, the newest first."""
    rows = cursor.execute(
        "SELECT mapping FROM import_batches WHERE mapping IS NOT NULL "
        "ORDER BY batch_id DESC LIMIT ?",
        [most],
    ).fetchall()
    return [json.loads(text) for (text,) in rows]


def _numbered(row: tuple[Any, ...]) -> NumberedBatch:
    number, accounting, mapping, *rest = row
    return NumberedBatch(
        int(number), ImportBatch(*rest), json.loads(accounting),
        None if mapping is None else json.loads(mapping),
    )  # fmt: skip
