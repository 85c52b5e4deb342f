"""The table ``rules``: what holds on every shop's lists, until somebody changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartreco.store import settings
from smartreco.store.connection import Cursor

VERSION, LAST_ID = "rules_version", "rules_last_id"


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule as a person writes it.

    Attributes
    ----------
    kind
        Such as boost.
    target_kind, target_id
        all | product | category | vendor, and its id ("" for all).
    list
        The one list it is for; None for every list.
    amount, push
        In the unit of the kind.
    active
        Whether it holds now.
    note
        Why it is there.
    """

    kind: str
    target_kind: str = "all"
    target_id: str = ""
    list: str | None = None
    amount: float = 0.0
    push: float | None = None
    active: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as it is kept."""

    rule_id: int
    spec: RuleSpec
    username: str
    created_at: datetime
    changed_at: datetime


COLUMNS = "kind, target_kind, target_id, list, amount, push, active, note"


def every(cursor: Cursor) -> list[RuleRow]:
    """All rules, oldest first."""
    rows = cursor.execute(
        f"SELECT rule_id, username, created_at, changed_at, {COLUMNS} FROM rules ORDER BY rule_id"
    ).fetchall()
    return [
        RuleRow(rule_id, RuleSpec(*spec), username, created_at, changed_at)
        for rule_id, username, created_at, changed_at, *spec in rows
    ]


def find(cursor: Cursor, rule_id: int) -> RuleRow | None:
    """One rule; None where there is none."""
    return next((row for row in every(cursor) if row.rule_id == rule_id), None)


def version(cursor: Cursor) -> int:
    """Grows with every change; 0 before the first."""
    return int(settings.get(cursor, VERSION) or 0)


def add(cursor: Cursor, spec: RuleSpec, username: str, now: datetime) -> int:
    """Keep a new rule and return its id; an id is used once."""
    rule_id = int(settings.get(cursor, LAST_ID) or 0) + 1
    cursor.execute(
        f"INSERT INTO rules (rule_id, username, created_at, changed_at, {COLUMNS}) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [rule_id, username, now, now, *_values(spec)],
    )
    settings.put(cursor, LAST_ID, str(rule_id))
    _changed(cursor)
    return rule_id


def change(cursor: Cursor, rule_id: int, spec: RuleSpec, username: str, now: datetime) -> None:
    """Make a rule another; its id and its first day stay."""
    assignments = ", ".join(f"{column} = ?" for column in COLUMNS.split(", "))
    cursor.execute(
        f"UPDATE rules SET username = ?, changed_at = ?, {assignments} WHERE rule_id = ?",
        [username, now, *_values(spec), rule_id],
    )
    _changed(cursor)


def remove(cursor: Cursor, rule_id: int) -> None:
    """Forget a rule."""
    cursor.execute("DELETE FROM rules WHERE rule_id = ?", [rule_id])
    _changed(cursor)


def _values(spec: RuleSpec) -> list[object]:
    return [
        spec.kind, spec.target_kind, spec.target_id, spec.list, spec.amount, spec.push,
        spec.active, spec.note,
    ]  # fmt: skip


def _changed(cursor: Cursor) -> None:
    settings.put(cursor, VERSION, str(version(cursor) + 1))
