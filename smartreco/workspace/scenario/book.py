"""Saved what-ifs: kept, renamed, copied, put away and fetched back, each act in the audit log.

Everybody who may ask may read all of them; only its author, or an admin, changes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Final

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.scenario.outcome import Compared, Measure, Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.store import audit
from smartreco.store import dataset as dataset_store
from smartreco.store import scenarios as scenario_store
from smartreco.store.connection import Cursor
from smartreco.store.scenarios import Found, Played, ScenarioRow
from smartreco.workspace.core import Core, log
from smartreco.workspace.scenario.views import SavedScenario

LONGEST_NAME: Final = 120


class ScenarioBook:
    """What `Scenarios` keeps; permission is checked there."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self, principal: Principal) -> tuple[SavedScenario, ...]:
        """All that are there, changed last first; what another version wrote is left out."""
        with self._core.store.cursor() as cursor:
            rows, version = scenario_store.every(cursor), dataset_store.imported_version(cursor)
        found = (_view(row, principal, version) for row in rows)
        return tuple(one for one in found if one is not None)

    def read(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """One of them."""
        with self._core.store.cursor() as cursor:
            return self._shown(cursor, principal, scenario_id)

    def add(self, principal: Principal, outcome: Outcome, note: str) -> SavedScenario:
        """Keep a new one."""

        def work(cursor: Cursor) -> SavedScenario:
            one = _played(cursor, outcome)
            _require_free(cursor, one.name, None)
            now = self._core.now()
            number = scenario_store.add(cursor, one, note.strip(), principal.username, now)
            self._note(cursor, principal, "scenario saved", number, {"name": one.name})
            return self._shown(cursor, principal, number)

        return self._core.store.write(work)

    def change(
        self, principal: Principal, scenario_id: int, outcome: Outcome, note: str | None
    ) -> SavedScenario:
        """Make it another question, or the same under another name; None: the note stays."""

        def work(cursor: Cursor) -> SavedScenario:
            before = _own(cursor, principal, scenario_id)
            one = _played(cursor, outcome)
            _require_free(cursor, one.name, scenario_id)
            said = before.note if note is None else note.strip()
            scenario_store.change(cursor, scenario_id, one, said, self._core.now())
            detail = {"before": before.content, "after": one.content}
            self._note(cursor, principal, "scenario changed", scenario_id, detail)
            return self._shown(cursor, principal, scenario_id)

        return self._core.store.write(work)

    def rename(self, principal: Principal, scenario_id: int, name: str) -> SavedScenario:
        """Give it another name; what it asks and found stays."""

        def work(cursor: Cursor) -> SavedScenario:
            before, named = _own(cursor, principal, scenario_id), _name(name)
            _require_free(cursor, named, scenario_id)
            content = {**before.content, "name": named}
            one = Played(named, content, before.found, before.data_version)
            scenario_store.change(cursor, scenario_id, one, before.note, self._core.now())
            detail = {"before": before.name, "after": named}
            self._note(cursor, principal, "scenario renamed", scenario_id, detail)
            return self._shown(cursor, principal, scenario_id)

        return self._core.store.write(work)

    def duplicate(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """A copy of one's own, under the next free name."""

        def work(cursor: Cursor) -> SavedScenario:
            row = _there(cursor, scenario_id)
            named = _next_name(cursor, row.name)
            one = Played(named, {**row.content, "name": named}, row.found, row.data_version)
            number = scenario_store.add(cursor, one, row.note, principal.username, self._core.now())
            self._note(cursor, principal, "scenario copied", number, {"of": scenario_id})
            return self._shown(cursor, principal, number)

        return self._core.store.write(work)

    def delete(self, principal: Principal, scenario_id: int) -> None:
        """Put it away; `undo_delete` fetches it back."""

        def work(cursor: Cursor) -> None:
            row = _own(cursor, principal, scenario_id)
            scenario_store.put_away(cursor, scenario_id, self._core.now())
            self._note(cursor, principal, "scenario deleted", scenario_id, {"name": row.name})

        self._core.store.write(work)

    def undo_delete(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """Fetch it back."""

        def work(cursor: Cursor) -> SavedScenario:
            row = _own(cursor, principal, scenario_id, deleted=True)
            _require_free(cursor, row.name, scenario_id)
            scenario_store.put_away(cursor, scenario_id, None)
            self._note(cursor, principal, "scenario fetched back", scenario_id, {"name": row.name})
            return self._shown(cursor, principal, scenario_id)

        return self._core.store.write(work)

    def _shown(self, cursor: Cursor, principal: Principal, scenario_id: int) -> SavedScenario:
        row = _there(cursor, scenario_id)
        view = _view(row, principal, dataset_store.imported_version(cursor))
        if view is None:
            raise InputError(
                "a saved scenario is of this version of the program",
                f"scenario {scenario_id}, which it cannot read", "compose it again",
            )  # fmt: skip
        return view

    def _note(
        self, cursor: Cursor, who: Principal, action: str, number: int, detail: Mapping[str, object]
    ) -> None:
        now = self._core.now()
        audit.record(cursor, audit.Entry(now, who.username, action, f"scenario {number}", detail))


def _played(cursor: Cursor, outcome: Outcome) -> Played:
    """In plain values, under the name as it is kept."""
    scenario = replace(outcome.scenario, name=_name(outcome.scenario.name))
    found = {one.measure.value: list(astuple(one.compared)) for one in outcome.measures}
    version = dataset_store.imported_version(cursor)
    return Played(scenario.name, scenario.to_dict(), found, version)


def _view(row: ScenarioRow, reader: Principal, version: int) -> SavedScenario | None:
    """None for one that another version of the program wrote in other words."""
    try:
        scenario, found = Scenario.from_dict(row.content), _found(row.found)
    except (InputError, ValueError, TypeError, KeyError) as error:
        log.warning("scenario %d cannot be read: %s", row.scenario_id, error)
        return None
    return SavedScenario(
        row.scenario_id, scenario, row.note, row.username, row.created_at, row.changed_at, found,
        outdated=row.data_version != version, mine=_may_change(row, reader),
    )  # fmt: skip


def _found(plain: Found) -> dict[Measure, Compared]:
    return {Measure(name): Compared(*figures) for name, figures in plain.items()}


def _there(cursor: Cursor, scenario_id: int) -> ScenarioRow:
    row = scenario_store.find(cursor, scenario_id)
    if row is None or row.deleted_at is not None:
        found = "none" if row is None else "one that was deleted"
        raise NotFoundError(
            f"scenario {scenario_id} is a saved one", found, "look through the saved ones"
        )
    return row


def _own(
    cursor: Cursor, principal: Principal, scenario_id: int, *, deleted: bool = False
) -> ScenarioRow:
    """One that the reader may change."""
    row = scenario_store.find(cursor, scenario_id) if deleted else _there(cursor, scenario_id)
    if row is None or (deleted and row.deleted_at is None):
        raise NotFoundError(
            f"scenario {scenario_id} is a deleted one", "none", "look through the saved ones"
        )
    if not _may_change(row, principal):
        raise NotAllowedError(
            "a saved scenario is changed by its author", f"one of {row.username}",
            "make a copy and change that",
        )  # fmt: skip
    return row


def _may_change(row: ScenarioRow, reader: Principal) -> bool:
    return reader.role is Role.ADMIN or row.username == reader.username


def _name(name: str) -> str:
    named = " ".join(name.split())
    if not 0 < len(named) <= LONGEST_NAME:
        raise InputError(
            f"a scenario's name has 1 to {LONGEST_NAME} characters", f"{len(named)}",
            "give it another",
        )  # fmt: skip
    return named


def _require_free(cursor: Cursor, name: str, own: int | None) -> None:
    taken = scenario_store.named(cursor, name)
    if taken not in (None, own):
        raise InputError(
            "a saved scenario has a name of its own", f"scenario {taken} is called {name!r}",
            "choose another name",
        )  # fmt: skip


def _next_name(cursor: Cursor, name: str) -> str:
    number = 2
    while scenario_store.named(cursor, made := f"{name[: LONGEST_NAME - 6]} ({number})"):
        number += 1
    return made
