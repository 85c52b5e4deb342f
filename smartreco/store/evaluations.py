"""Evaluations that were run: who measured what when, with the whole scoreboard as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from smartreco.store.connection import Cursor
from smartreco.store.registered import count, insert


@dataclass(frozen=True, kw_only=True)
class EvaluationHead:
    """What is said of a run without its figures.

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
    blend_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class EvaluationRow(EvaluationHead):
    """One run; ``result`` is the scoreboard as plain values."""

    result: Mapping[str, Any]


HEAD: Final = tuple(one.name for one in fields(EvaluationHead))
COLUMNS: Final = (*HEAD, "result")
HEADS_FROM: Final = f"SELECT {', '.join(HEAD)} FROM evaluations"
RUNS_FROM: Final = f"SELECT {', '.join(COLUMNS)} FROM evaluations"


def next_number(cursor: Cursor) -> int:
    """The number the next run gets."""
    return count(cursor, "SELECT max(number) FROM evaluations") + 1


def add(cursor: Cursor, row: EvaluationRow) -> None:
    """Keep a run.

    Raises
    ------
    ValueError
        The result holds a number that JSON has no word for.
    """
    plain = {**vars(row), "result": json.dumps(row.result, allow_nan=False)}
    insert(cursor, f"evaluations ({', '.join(COLUMNS)})", [tuple(plain[one] for one in COLUMNS)])


def latest(cursor: Cursor, split: str, k: int | None = None) -> EvaluationRow | None:
    """The newest run of a split, of one list length if asked; None where there is none."""
    row = cursor.execute(
        f"{RUNS_FROM} WHERE split = $split AND k = coalesce($k, k) ORDER BY number DESC LIMIT 1",
        {"split": split, "k": k},
    ).fetchone()
    return None if row is None else _row(row)


def every(cursor: Cursor) -> list[EvaluationRow]:
    """All runs, newest first."""
    rows = cursor.execute(f"{RUNS_FROM} ORDER BY number DESC").fetchall()
    return [_row(row) for row in rows]


def heads(cursor: Cursor) -> list[EvaluationHead]:
    """All runs without their figures, newest first."""
    rows = cursor.execute(f"{HEADS_FROM} ORDER BY number DESC").fetchall()
    return [EvaluationHead(**dict(zip(HEAD, row, strict=True))) for row in rows]


def read(cursor: Cursor, number: int) -> EvaluationRow | None:
    """One run; None where there is none."""
    row = cursor.execute(f"{RUNS_FROM} WHERE number = ?", [number]).fetchone()
    return None if row is None else _row(row)


def _row(row: tuple[Any, ...]) -> EvaluationRow:
    plain = dict(zip(COLUMNS, row, strict=True))
    return EvaluationRow(**{**plain, "result": json.loads(plain["result"])})
