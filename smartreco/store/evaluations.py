"""Evaluations that were run: who measured what when, with the whole scoreboard as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from smartreco.store.connection import Cursor

HEAD: Final = "number, evaluated_at, data_version, model_version, split, k, username, seconds"
COLUMNS: Final = f"{HEAD}, result, blend_version"


@dataclass(frozen=True)
class EvaluationRow:
    """One run.

    Attributes
    ----------
    number
        Counts up from 1.
    data_version
        State of the data that was measured on.
    model_version
        The newest model kept at that time, None where there was none. The run itself
        fits a model of its own, on a part of the data.
    seconds
        The run took.
    result
        The scoreboard as plain values.
    blend_version
        The published version whose weights were judged; None: as learned, whatever was in
        force.
    """

    number: int
    evaluated_at: datetime
    data_version: int
    model_version: int | None
    split: str
    k: int
    username: str
    seconds: float
    result: Mapping[str, Any]
    blend_version: int | None = None


@dataclass(frozen=True, slots=True)
class EvaluationHead:
    """What is said of a run without its figures."""

    number: int
    evaluated_at: datetime
    data_version: int
    model_version: int | None
    split: str
    k: int
    username: str
    seconds: float
    blend_version: int | None


def next_number(cursor: Cursor) -> int:
    """The number the next run gets."""
    row = cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM evaluations").fetchone()
    assert row is not None  # noqa: S101 - an aggregate always answers
    return int(row[0])


def add(cursor: Cursor, row: EvaluationRow) -> None:
    """Keep a run.

    Raises
    ------
    ValueError
        The result holds a number that JSON has no word for.
    """
    cursor.execute(
        f"INSERT INTO evaluations ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row.number, row.evaluated_at, row.data_version, row.model_version, row.split,
            row.k, row.username, row.seconds, json.dumps(row.result, allow_nan=False),
            row.blend_version,
        ],
    )  # fmt: skip


def latest(cursor: Cursor, split: str, k: int | None = None) -> EvaluationRow | None:
    """The newest run of a split, of one list length if asked; None where there is none."""
    row = cursor.execute(
        f"SELECT {COLUMNS} FROM evaluations WHERE split = $split AND k = coalesce($k, k) "
        "ORDER BY number DESC LIMIT 1",
        {"split": split, "k": k},
    ).fetchone()
    return None if row is None else _row(row)


def every(cursor: Cursor) -> list[EvaluationRow]:
    """All runs, newest first."""
    rows = cursor.execute(f"SELECT {COLUMNS} FROM evaluations ORDER BY number DESC").fetchall()
    return [_row(row) for row in rows]


def heads(cursor: Cursor) -> list[EvaluationHead]:
    """All runs without their figures, newest first."""
    rows = cursor.execute(
        f"SELECT {HEAD}, blend_version FROM evaluations ORDER BY number DESC"
    ).fetchall()
    return [EvaluationHead(*row) for row in rows]


def read(cursor: Cursor, number: int) -> EvaluationRow | None:
    """One run; None where there is none."""
    row = cursor.execute(f"SELECT {COLUMNS} FROM evaluations WHERE number = ?", [number]).fetchone()
    return None if row is None else _row(row)


def _row(row: tuple[Any, ...]) -> EvaluationRow:
    (number, evaluated_at, data_version, model_version, split, k, username, seconds, result,
     blend_version) = row  # fmt: skip
    return EvaluationRow(
        number, evaluated_at, data_version, model_version, split, k, username, seconds,
        json.loads(result), blend_version,
    )  # fmt: skip
