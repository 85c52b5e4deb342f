"""Learning curves that were measured: quality by how much history lists rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from smartreco.store.connection import Cursor
from smartreco.store.registered import count

COLUMNS: Final = "number, made_at, data_version, blend_version, k, username, seconds, result"


@dataclass(frozen=True)
class CurveRow:
    """One curve.

    Attributes
    ----------
    number
        Counts up from 1.
    data_version
        State of the data that was measured on.
    blend_version
        The published version whose weights were judged; None: as learned.
    result
        The curve as plain values.
    """

    number: int
    made_at: datetime
    data_version: int
    blend_version: int | None
    k: int
    username: str
    seconds: float
    result: Mapping[str, Any]


def next_number(cursor: Cursor) -> int:
    """The number the next curve gets."""
    return count(cursor, "SELECT max(number) FROM learning_curves") + 1


def add(cursor: Cursor, row: CurveRow) -> None:
    """Keep a curve.

    Raises
    ------
    ValueError
        The result holds a number that JSON has no word for.
    """
    cursor.execute(
        f"INSERT INTO learning_curves ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row.number, row.made_at, row.data_version, row.blend_version, row.k, row.username,
            row.seconds, json.dumps(row.result, allow_nan=False),
        ],
    )  # fmt: skip


def numbers(cursor: Cursor) -> list[tuple[int, int | None, int]]:
    """Number, version and list length of every curve, newest first."""
    rows = cursor.execute(
        "SELECT number, blend_version, k FROM learning_curves ORDER BY number DESC"
    ).fetchall()
    return [(number, version, k) for number, version, k in rows]


def read(cursor: Cursor, number: int) -> CurveRow | None:
    """One curve; None where there is none."""
    row = cursor.execute(
        f"SELECT {COLUMNS} FROM learning_curves WHERE number = ?", [number]
    ).fetchone()
    if row is None:
        return None
    number, made_at, data_version, blend_version, k, username, seconds, result = row
    return CurveRow(
        number, made_at, data_version, blend_version, k, username, seconds, json.loads(result)
    )
