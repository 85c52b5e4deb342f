"""Weights and rules that a what-if spoke for, handed to the analyst. Nothing is published here."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smartreco.entities import Principal
from smartreco.errors import InputError
from smartreco.scenario.lists import ListOutcome
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.store import audit, blend_proposals
from smartreco.store.blend_proposals import ProposalRow
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, log
from smartreco.workspace.scenario.playing import about_lists
from smartreco.workspace.scenario.views import Proposal


class Proposals:
    """What `Scenarios` hands on; permission is checked there."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def add(
        self, principal: Principal, number: int | None, outcome: Outcome, note: str,
        rests_on: tuple[int, int],
    ) -> Proposal:  # fmt: skip
        """Keep one with its evidence.

        Parameters
        ----------
        number
            Of the saved scenario that it came of.
        rests_on
            State of the data, and version of the model.
        """
        scenario = outcome.scenario

        def work(cursor: Cursor) -> Proposal:
            row = ProposalRow(
                blend_proposals.next_number(cursor), number, scenario.to_dict(),
                {one.list.value: _evidence(one) for one in outcome.lists}, note.strip(),
                principal.username, self._core.now(), *rests_on,
            )  # fmt: skip
            blend_proposals.add(cursor, row)
            subject, detail = f"proposal {row.proposal_id}", {"scenario": scenario.name}
            audit.record(
                cursor,
                audit.Entry(row.proposed_at, principal.username, "blend proposed", subject, detail),
            )
            return _view(row)

        return self._core.store.write(work)

    def all(self) -> tuple[Proposal, ...]:
        """Newest first; what another version of the program wrote is left out."""
        with self._core.store.cursor() as cursor:
            rows = blend_proposals.every(cursor)
        found = []
        for row in rows:
            try:
                found.append(_view(row))
            except (InputError, ValueError, TypeError) as error:
                log.warning("proposal %d cannot be read: %s", row.proposal_id, error)
        return tuple(found)


def require_about_lists(scenario: Scenario) -> None:
    """Refuse what an analyst could not publish.

    Raises
    ------
    InputError
        The scenario moves no weights and no rule.
    """
    if not about_lists(scenario):
        raise InputError(
            "a proposal is about weights or rules of lists", "a scenario without any",
            "add a blend or a rule",
        )  # fmt: skip


def _evidence(one: ListOutcome) -> Mapping[str, float | None]:
    """Figures of a list before and after; None: not known."""
    preview = one.preview
    found = {
        "shops": preview.retailers, "changed": preview.changed,
        "coverage_before": preview.coverage[0], "coverage_after": preview.coverage[1],
    }  # fmt: skip
    for name, change in (
        ("orders", preview.orders), ("margin", preview.margin), ("variety", preview.variety),
    ):  # fmt: skip
        found[f"{name}_before"], found[f"{name}_after"] = change.before, change.after
        found[f"{name}_low"], found[f"{name}_high"] = change.difference.low, change.difference.high
    return {name: float(one) if np.isfinite(one) else None for name, one in found.items()}


def _view(row: ProposalRow) -> Proposal:
    return Proposal(
        row.proposal_id, row.scenario_id, Scenario.from_dict(row.content), row.evidence, row.note,
        row.username, row.proposed_at,
    )  # fmt: skip
