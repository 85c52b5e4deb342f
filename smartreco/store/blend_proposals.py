"""The table ``blend_proposals``: blends and rules that a what-if spoke for, with what it found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smartreco.store.connection import Cursor
from smartreco.store.registered import count

COLUMNS = (
    "proposal_id, scenario_id, content, evidence, note, username, proposed_at, data_version, "
    "model_version"
)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal.

    Attributes
    ----------
    scenario_id
        The saved scenario it came of; None: it was not saved.
    content
        The scenario as it was proposed, in plain values.
    evidence
        What lists were before and after, in plain values.
    data_version, model_version
        What the evidence rests on.
    """

    proposal_id: int
    scenario_id: int | None
    content: Mapping[str, Any]
    evidence: Mapping[str, Any]
    note: str
    username: str
    proposed_at: datetime
    data_version: int
    model_version: int


def next_number(cursor: Cursor) -> int:
    """The number that the next one gets."""
    return count(cursor, "SELECT max(proposal_id) FROM blend_proposals") + 1


def add(cursor: Cursor, row: ProposalRow) -> None:
    """Keep one.

    Raises
    ------
    ValueError
        The evidence holds a number that JSON has no word for.
    """
    cursor.execute(
        f"INSERT INTO blend_proposals ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row.proposal_id, row.scenario_id, _json(row.content), _json(row.evidence), row.note,
            row.username, row.proposed_at, row.data_version, row.model_version,
        ],
    )  # fmt: skip


def every(cursor: Cursor) -> list[ProposalRow]:
    """All of them, newest first."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM blend_proposals ORDER BY proposal_id DESC"
    ).fetchall()
    return [
        ProposalRow(number, scenario_id, json.loads(content), json.loads(evidence), *rest)
        for number, scenario_id, content, evidence, *rest in rows
    ]


def _json(plain: Mapping[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)
