"""What would happen if: questions asked, kept, compared and handed on. Nothing here trades.

A scenario reads orders, stock and the published blend and writes to none of them. What it
keeps are questions (`scenarios`) and proposals to the analyst (`blend_proposals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

import numpy as np

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotReadyError
from smartreco.evaluation.scenario_grading import SHIPPED, Grading
from smartreco.language import Language
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.lists import ListMarket, ListOutcome
from smartreco.scenario.outcome import UNITS, Compared, Measure, Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from smartreco.store import audit, blend_proposals
from smartreco.store.blend_proposals import ProposalRow
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.models import Models
from smartreco.workspace.scenario_book import ScenarioBook
from smartreco.workspace.scenario_choices import choices_of, names_of
from smartreco.workspace.scenario_html import as_html
from smartreco.workspace.scenario_markets import HeldLists, ScenarioMarkets
from smartreco.workspace.scenario_pdf import as_pdf
from smartreco.workspace.scenario_presets import presets as presets_of
from smartreco.workspace.scenario_report import report_of
from smartreco.workspace.scenario_stories import story as story_of
from smartreco.workspace.scenario_views import (
    ComparedMeasure,
    Comparison,
    Names,
    Preset,
    Proposal,
    SavedScenario,
    ScenarioChoices,
    Story,
)

OUTCOMES_HELD: Final = 64
ASKING: Final = (Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
Which = int | Scenario


class Scenarios:
    """Use cases on what-ifs. A scenario is given whole, or a saved one by its number.

    Whoever asks first after an import waits until today is learned (`ready` says whether);
    all others get their answer at once.
    """

    def __init__(self, core: Core, models: Models, forecasts: Forecasts) -> None:
        self.core = core
        self._models = models
        self._markets = ScenarioMarkets(core, models, forecasts)
        self._book = ScenarioBook(core)
        self._outcomes: MadeOnce[tuple[object, ...], Outcome] = MadeOnce(OUTCOMES_HELD)

    @permits(*ASKING)
    def ready(self, principal: Principal) -> bool:
        """Whether today is learned; until then the first question takes some seconds."""
        return self._markets.ready

    @permits(*ASKING)
    def choices(self, principal: Principal) -> ScenarioChoices:
        """What levers can name, and which kinds these data cannot answer.

        Raises
        ------
        NotEnoughDataError
            There are too few weeks of orders.
        """
        return choices_of(self._markets.market(), self._lists_if_any())

    @permits(*ASKING)
    def run(self, principal: Principal, which: Which) -> Outcome:
        """Today and the scenario on the same draws; held until anything it rests on changes.

        Raises
        ------
        InputError
            A lever cannot be.
        NotFoundError
            A lever names what the data do not know, or there is no such saved scenario.
        NotEnoughDataError
            The data cannot tell what a lever does, or hold too few weeks.
        NotReadyError
            A lever is about lists and no model has been fitted yet.
        """
        return self._run(self._scenario(principal, which))

    @permits(*ASKING)
    def story(self, principal: Principal, which: Which, preset: str | None = None) -> Story:
        """The outcome in three sentences; said by `scenario_story_words.tell`.

        Parameters
        ----------
        preset
            `Preset.key` of a ready question, which tells its own story.

        Raises
        ------
        SmartRecoError
            As `run`.
        """
        outcome = self._run(self._scenario(principal, which))
        return story_of(outcome, self._names(), preset)

    @permits(*ASKING)
    def names(self, principal: Principal) -> Names:
        """Names of products and vendors, for `scenario_words`."""
        return self._names()

    @permits(*ASKING)
    def presets(self, principal: Principal, words: Language) -> tuple[Preset, ...]:
        """Five ready questions on the data at hand; those they cannot answer say why.

        Raises
        ------
        NotEnoughDataError
            There are too few weeks of orders.
        """
        lists = self._lists_if_any()
        return presets_of(self._markets.market(), lists, self._names(), words)

    @permits(*ASKING)
    def compare(self, principal: Principal, left: Which, right: Which) -> Comparison:
        """Two scenarios on the data as they are.

        Raises
        ------
        SmartRecoError
            As `run`.
        """
        one, other = (self._run(self._scenario(principal, each)) for each in (left, right))
        found, others = (_by_measure(outcome) for outcome in (one, other))
        both = [measure for measure in Measure if measure in found and measure in others]
        rows = tuple(
            ComparedMeasure(measure, UNITS[measure], found[measure], others[measure])
            for measure in both
        )
        return Comparison(one, other, rows, one.scenario.horizon == other.scenario.horizon)

    @permits(*ASKING)
    def report(
        self, principal: Principal, which: Which, kind: Literal["html", "pdf"], words: Language,
        preset: str | None = None,
    ) -> bytes:  # fmt: skip
        """One page: what is assumed, what came of it, how far to trust it.

        Raises
        ------
        InputError
            The kind is neither.
        SmartRecoError
            As `run`.
        """
        made = {"html": as_html, "pdf": as_pdf}
        if kind not in made:
            raise InputError("a report is html or pdf", repr(kind), "choose one of them")
        outcome = self._run(self._scenario(principal, which))
        names = self._names()
        told = story_of(outcome, names, preset)
        day = self.core.now().date()
        content = report_of(outcome, told, names, self._trust(), principal.name, day, words)
        return made[kind](content, words)

    @permits(*ASKING)
    def trust(self, principal: Principal) -> Grading | None:
        """How often bands and signs were right where the truth is known; None: not graded yet."""
        return self._trust()

    @permits(*ASKING)
    def all(self, principal: Principal) -> tuple[SavedScenario, ...]:
        """Saved scenarios of everybody, changed last first."""
        return self._book.all(principal)

    @permits(*ASKING)
    def read(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """One of them, whoever saved it.

        Raises
        ------
        NotFoundError
            There is none of this number, or it was deleted.
        """
        return self._book.read(principal, scenario_id)

    @permits(*ASKING)
    def save(
        self, principal: Principal, scenario: Scenario, note: str | None = None,
        scenario_id: int | None = None,
    ) -> SavedScenario:  # fmt: skip
        """Keep a scenario, with what came of it.

        Parameters
        ----------
        note
            None: none, or that which it has.
        scenario_id
            The saved one that becomes this; None: a new one.

        Raises
        ------
        InputError
            Another has its name.
        NotAllowedError
            The saved one is another's.
        SmartRecoError
            As `run`: what cannot be answered is not kept.
        """
        outcome = self._run(scenario)
        if scenario_id is None:
            return self._book.add(principal, outcome, note or "")
        return self._book.change(principal, scenario_id, outcome, note)

    @permits(*ASKING)
    def rename(self, principal: Principal, scenario_id: int, name: str) -> SavedScenario:
        """Give a saved one another name.

        Raises
        ------
        InputError
            Another has the name.
        NotAllowedError
            It is another's.
        NotFoundError
            There is none of this number.
        """
        return self._book.rename(principal, scenario_id, name)

    @permits(*ASKING)
    def duplicate(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """A copy of one's own, under the next free name.

        Raises
        ------
        NotFoundError
            There is none of this number.
        """
        return self._book.duplicate(principal, scenario_id)

    @permits(*ASKING)
    def delete(self, principal: Principal, scenario_id: int) -> None:
        """Put a saved one away.

        Raises
        ------
        SmartRecoError
            As `rename`.
        """
        self._book.delete(principal, scenario_id)

    @permits(*ASKING)
    def undo_delete(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """Fetch a deleted one back.

        Raises
        ------
        SmartRecoError
            As `rename`.
        """
        return self._book.undo_delete(principal, scenario_id)

    @permits(*ASKING)
    def propose_blend(self, principal: Principal, which: Which, note: str = "") -> Proposal:
        """Hand weights and rules of a scenario to the analyst with what they were found to do.

        Nothing is published by it.

        Raises
        ------
        InputError
            The scenario moves no weights and no rule.
        SmartRecoError
            As `run`.
        """
        scenario = self._scenario(principal, which)
        if not any(isinstance(one, ListLever) for one in scenario.levers):
            raise InputError(
                "a proposal is about weights or rules of lists", "a scenario without any",
                "add a blend or a rule",
            )  # fmt: skip
        outcome, lists = self._run(scenario), self._markets.lists()

        def work(cursor: Cursor) -> ProposalRow:
            row = ProposalRow(
                blend_proposals.next_number(cursor), which if isinstance(which, int) else None,
                scenario.to_dict(), {one.list.value: _evidence(one) for one in outcome.lists},
                note.strip(), principal.username, self.core.now(), self._markets.version(),
                lists.model_version,
            )  # fmt: skip
            blend_proposals.add(cursor, row)
            subject, detail = f"proposal {row.proposal_id}", {"scenario": scenario.name}
            entry = audit.Entry(
                row.proposed_at, principal.username, "blend proposed", subject, detail
            )
            audit.record(cursor, entry)
            return row

        return _proposal(self.core.store.write(work))

    @permits(*ASKING)
    def proposals(self, principal: Principal) -> tuple[Proposal, ...]:
        """What was proposed, newest first."""
        with self.core.store.cursor() as cursor:
            return tuple(_proposal(row) for row in blend_proposals.every(cursor))

    def warm(self) -> None:
        """Learn today before anybody asks."""
        self._markets.market()

    def _scenario(self, principal: Principal, which: Which) -> Scenario:
        return which if isinstance(which, Scenario) else self._book.read(principal, which).scenario

    def _run(self, scenario: Scenario) -> Outcome:
        held = self._markets.market()
        on_lists = any(isinstance(one, ListLever) for one in scenario.levers)
        lists = self._markets.lists() if on_lists else None
        asked = replace(scenario, name="?")  # another name is no other question
        key = (held.data_version, lists.state if lists else (), asked)

        def play() -> Outcome:
            return simulate(held.market, asked, lists.lists if lists else None)

        return replace(self._outcomes.get(key, play), scenario=scenario)

    def _names(self) -> Names:
        return names_of(self._markets.market())

    def _lists_if_any(self) -> ListMarket | None:
        try:
            lists: HeldLists = self._markets.lists()
        except NotReadyError:
            return None
        return lists.lists

    @staticmethod
    def _trust() -> Grading | None:
        return Grading.shipped() if SHIPPED.exists() else None


def _by_measure(outcome: Outcome) -> dict[Measure, Compared]:
    return {one.measure: one.compared for one in outcome.measures}


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


def _proposal(row: ProposalRow) -> Proposal:
    scenario = Scenario.from_dict(row.content)
    return Proposal(
        row.proposal_id, row.scenario_id, scenario, row.evidence, row.note, row.username,
        row.proposed_at,
    )  # fmt: skip
