"""The table ``scenarios``: what-if questions that people keep, as plain JSON.

A deleted one stays until it is asked for back; its number is never used again, so that no
link ever leads to another question.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smartreco.store import settings
from smartreco.store.connection import Cursor

LAST_ID = "scenarios_last_id"
COLUMNS = (
    "scenario_id, name, content, found, note, username, created_at, changed_at, data_version, "
    "deleted_at"
)

Found = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One saved question.

    Attributes
    ----------
    content
        Plain values of the scenario.
    found
        When it was last played, by measure: today, scenario, difference, low and high of it.
    data_version
        State of the imported data then.
    deleted_at
        None: it is there.
    """

    scenario_id: int
    name: str
    content: Mapping[str, Any]
    found: Found
    note: str
    username: str
    created_at: datetime
    changed_at: datetime
    data_version: int
    deleted_at: datetime | None


def every(cursor: Cursor) -> list[ScenarioRow]:
    """All that are there, changed last first."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM scenarios WHERE deleted_at IS NULL "
        "ORDER BY changed_at DESC, scenario_id DESC"
    ).fetchall()
    return [_row(row) for row in rows]


def find(cursor: Cursor, scenario_id: int) -> ScenarioRow | None:
    """One, deleted or not; None where there never was one."""
    row = cursor.execute(
        f"SELECT {COLUMNS} FROM scenarios WHERE scenario_id = ?", [scenario_id]
    ).fetchone()
    return None if row is None else _row(row)


def named(cursor: Cursor, name: str) -> int | None:
    """Number of the one that is there and has a name, whatever its case; None: it is free."""
    row = cursor.execute(
        "SELECT scenario_id FROM scenarios WHERE lower(name) = lower(?) AND deleted_at IS NULL",
        [name],
    ).fetchone()
    return None if row is None else int(row[0])


@dataclass(frozen=True, slots=True)
class Played:
    """A question and what came of it, in plain values; fields as `ScenarioRow` has them."""

    name: str
    content: Mapping[str, Any]
    found: Found
    data_version: int


def add(cursor: Cursor, one: Played, note: str, username: str, now: datetime) -> int:
    """Keep a new one and return its number.

    Raises
    ------
    ValueError
        It holds a number that JSON has no word for.
    """
    scenario_id = int(settings.get(cursor, LAST_ID) or 0) + 1
    cursor.execute(
        f"INSERT INTO scenarios ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [
            scenario_id, one.name, _json(one.content), _json(one.found), note, username, now, now,
            one.data_version,
        ],
    )  # fmt: skip
    settings.put(cursor, LAST_ID, str(scenario_id))
    return scenario_id


def change(cursor: Cursor, scenario_id: int, one: Played, note: str, now: datetime) -> None:
    """Make it another question or give it another name; author and number stay.

    Raises
    ------
    ValueError
        See `add`.
    """
    cursor.execute(
        "UPDATE scenarios SET name = ?, content = ?, found = ?, data_version = ?, note = ?, "
        "changed_at = ? WHERE scenario_id = ?",
        [
            one.name, _json(one.content), _json(one.found), one.data_version, note, now,
            scenario_id,
        ],
    )  # fmt: skip


def put_away(cursor: Cursor, scenario_id: int, now: datetime | None) -> None:
    """Delete it; with None it is there again."""
    cursor.execute("UPDATE scenarios SET deleted_at = ? WHERE scenario_id = ?", [now, scenario_id])


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False)


def _row(row: tuple[Any, ...]) -> ScenarioRow:
    scenario_id, name, content, found, *rest = row
    return ScenarioRow(scenario_id, name, json.loads(content), json.loads(found), *rest)
