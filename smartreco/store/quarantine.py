"""The table ``quarantine``: rows that an import fixed or set aside, as they came."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pandas as pd

from smartreco.store.connection import Cursor
from smartreco.store.registered import count

MARKS: Final = ["kind", "file", "row_number", "outcome", "reason", "also", "line_id"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of an import; None: whatever they are."""

    batch: int
    kind: str | None = None
    file: str | None = None
    reason: str | None = None
    outcome: str | None = None
    reasons: frozenset[str] | None = None


def counted(cursor: Cursor, batch: int) -> list[tuple[str, str, str, str, int]]:
    """(kind, file, outcome, reason, rows), the most rows first; kind "" where it is unknown."""
    rows = cursor.execute(
        "SELECT coalesce(kind, '') AS kind, file, outcome, reason, count(*) AS n FROM quarantine "
        "WHERE batch_id = ? GROUP BY ALL ORDER BY outcome DESC, n DESC, reason",
        [batch],
    ).fetchall()
    return [(str(k), str(f), str(o), str(r), int(n)) for k, f, o, r, n in rows]


def mendable(
    cursor: Cursor, batches: list[int], reasons: frozenset[str]
) -> dict[tuple[int, str], int]:
    """Rows under some reasons by import and file."""
    if not batches:
        return {}
    marks = ", ".join("?" * len(batches)), ", ".join("?" * len(reasons))
    rows = cursor.execute(
        f"SELECT batch_id, file, count(*) FROM quarantine WHERE batch_id IN ({marks[0]}) "
        f"AND outcome = 'quarantined' AND reason IN ({marks[1]}) GROUP BY batch_id, file",
        [*batches, *sorted(reasons)],
    ).fetchall()
    return {(int(batch), str(file)): int(n) for batch, file, n in rows}


def read(
    cursor: Cursor, wanted: Wanted, limit: int | None = None, offset: int = 0
) -> tuple[pd.DataFrame, int]:
    """Rows with their marks, then the columns of the file; and how many there are in all."""
    where, values = _where(wanted)
    total = count(cursor, f"SELECT count(*) FROM quarantine WHERE {where}", values)
    page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    found = cursor.execute(
        "SELECT coalesce(kind, '') AS kind, file, row_number, outcome, reason, also, line_id, "
        f"original::VARCHAR AS original FROM quarantine WHERE {where} "
        f"ORDER BY file, row_number{page}",
        values,
    ).df()
    originals = [json.loads(text) for text in found.pop("original")]
    cells = pd.DataFrame(originals, dtype=object).rename(
        columns={name: f"{name} (file)" for name in MARKS}
    )
    return pd.concat([found, cells], axis=1), total


def as_they_came(cursor: Cursor, wanted: Wanted) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Marks (reason, line_id) and the file's own columns, each a frame of the same rows."""
    where, values = _where(wanted)
    found = cursor.execute(
        "SELECT reason, line_id, row_number, original::VARCHAR AS original FROM quarantine "
        f"WHERE {where} ORDER BY row_number",
        values,
    ).df()
    originals = [json.loads(text) for text in found.pop("original")]
    return found, pd.DataFrame(originals, index=found.index, dtype=object)


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    tests: list[str] = ["batch_id = ?"]
    values: list[object] = [wanted.batch]
    for name in ("file", "reason", "outcome"):
        value = getattr(wanted, name)
        if value is not None:
            tests.append(f"{name} = ?")
            values.append(value)
    if wanted.kind is not None:  # it was not kept always
        tests.append("(kind = ? OR kind IS NULL)")
        values.append(wanted.kind)
    if wanted.reasons is not None:
        tests.append(f"reason IN ({', '.join('?' * len(wanted.reasons))})")
        values += sorted(wanted.reasons)
    return " AND ".join(tests), values
