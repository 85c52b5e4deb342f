"""The table ``import_batches``: how the rows of each import were accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartreco.store.connection import Cursor


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
