"""What the page holds for a browser tab, and every act on it: levers, undo, saved ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from pages import address
from pages.components import messages
from pages.context import Context
from pages.product_manager.what_if.draft import Draft
from pages.state import Slot
from smartreco.errors import SmartRecoError
from smartreco.scenario.assumptions import Assumptions
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.workspace.scenario.book import LONGEST_NAME
from smartreco.workspace.scenario.scenarios import Scenarios
from smartreco.workspace.scenario.views import Names, Preset, SavedScenario, ScenarioChoices
from smartreco.workspace.scenario.words import lever_words

STEPS: Final = 50  # that can be taken back
SAVED, PRESET, NEW, COMPARE, VIEW = "scenario", "preset", "new", "compare", "view"
NOWHERE: Final[dict[str, list[str]]] = {
    name: [] for name in (SAVED, PRESET, NEW, COMPARE, VIEW, "parts")
}


class WhatIfState:
    """What is kept for a browser tab."""

    source = Slot("")  # what the draft was opened from: "scenario:3", "preset:price-cut", "new:"
    draft = Slot[Draft | None](None)
    opened = Slot[Draft | None](None)  # the draft as it was opened or saved last
    before = Slot[tuple[Draft, ...]](())  # drafts that undo leads back to
    open_lever = Slot[int | None](None)  # whose settings are shown
    deleted = Slot[tuple[int, str] | None](None)  # can be fetched back


state = WhatIfState()


@dataclass(frozen=True)
class Answer:
    """What came of a draft: an outcome, or why there is none, by lever (None: all together)."""

    outcome: Outcome | None
    problems: Mapping[int | None, SmartRecoError]


@dataclass(frozen=True)
class WhatIfDesk:
    """One run of the page."""

    ctx: Context

    @property
    def scenarios(self) -> Scenarios:
        """The use cases."""
        return self.ctx.workspace.scenarios

    @cached_property
    def choices(self) -> ScenarioChoices:
        """What levers can name."""
        return self.scenarios.choices(self.ctx.principal)

    @cached_property
    def names(self) -> Names:
        """Names by id."""
        return self.choices.names

    @cached_property
    def presets(self) -> tuple[Preset, ...]:
        """Ready questions."""
        return self.scenarios.presets(self.ctx.principal, self.ctx.language)

    @property
    def draft(self) -> Draft:
        """What is being put together."""
        return state.draft or Draft("")

    @cached_property
    def saved(self) -> SavedScenario | None:
        """The saved one that the draft was opened from."""
        number = self.number
        return None if number is None else self.scenarios.read(self.ctx.principal, number)

    @property
    def number(self) -> int | None:
        """Number of the saved one in the address."""
        said = address.values(SAVED)[-1:]
        return int(said[0]) if said and said[0].isascii() and said[0].isdigit() else None

    @property
    def preset(self) -> str | None:
        """Key of the ready question, as long as the draft still asks it."""
        key = "".join(address.values(PRESET)[-1:])
        asked = state.opened is not None and self.draft.asks_the_same(state.opened)
        return key if key and asked else None

    @property
    def suggested_name(self) -> str:
        """What a new one may be called: as it is, else by what it moves; "" : not by its copy."""
        if self.number is not None:
            return ""
        if not state.source.startswith(NEW):
            return self.draft.name
        said = (lever_words(one.made(), self.names, self.ctx.language) for one in self.draft.levers)
        return "; ".join(said)[:LONGEST_NAME]

    @property
    def touched(self) -> bool:
        """Whether the draft asks anything else than what was opened."""
        return state.opened is None or not self.draft.asks_the_same(state.opened)

    @cached_property
    def compared(self) -> tuple[int, int] | None:
        """Numbers of two saved ones in the address."""
        said = "".join(address.values(COMPARE)[-1:]).split("-")
        if len(said) != 2 or not all(one.isascii() and one.isdigit() for one in said):
            return None
        return int(said[0]), int(said[1])

    def week_of(self, day: str) -> date:
        """A week's first day from what a result calls it."""
        return date.fromisoformat(day)

    def shop_name(self, retailer_id: str) -> str:
        """What a shop is called on this page."""
        return self.names.shops.get(retailer_id, retailer_id)

    def open(self) -> bool:
        """Make the draft that the address asks for, unless it is there; False: it asks for none.

        Raises
        ------
        NotFoundError
            There is no such saved one.
        """
        source = self._source()
        if source is None:
            return False
        if source == state.source and state.draft is not None:
            return True
        made = self._made(source)
        state.source, state.draft, state.opened, state.before = source, made, made, ()
        state.open_lever = made.levers[0].at if made.levers else None
        return True

    def answer(self) -> Answer:
        """Play the draft; a refusal is put beside the lever it is about."""
        draft = self.draft
        problems: dict[int | None, SmartRecoError] = {}
        problems.update(draft.problems().items())
        if problems:
            return Answer(None, problems)
        try:
            return Answer(self._play(draft.scenario()), {})
        except SmartRecoError as error:
            at = None if error.place is None else draft.levers[error.place].at
            return Answer(None, {at: error})

    def change(self, draft: Draft) -> None:
        """Put another draft in place; undo leads back."""
        if draft != self.draft:
            state.before = (*state.before, self.draft)[-STEPS:]
            state.draft = draft

    def set(self, at: int, **changes: Any) -> None:
        """Change settings of a lever."""
        self.change(self.draft.changed(at, changes))

    def assume(self, name: str, place: float | None) -> None:
        """Move an assumption; None: as learned."""
        self.change(self.draft.assuming(name, place))

    def assume_nothing(self) -> None:
        """All assumptions as learned."""
        self.change(replace(self.draft, assumptions=Assumptions()))

    def look(self, weeks: int) -> None:
        """Look further, or less far."""
        self.change(replace(self.draft, horizon=weeks))

    def undo(self) -> None:
        """Take the last change back."""
        if state.before:
            state.draft, state.before = state.before[-1], state.before[:-1]

    def keep(self, name: str, note: str, number: int | None) -> None:
        """Save the draft, as a new one or in place of its own."""
        with messages.told(self.ctx.language):
            scenario = replace(self.draft.scenario(), name=name)
            kept = self.scenarios.save(
                self.ctx.principal, scenario, note if number is None else None, number
            )
            state.draft = state.opened = replace(self.draft, name=kept.name)
            state.source = f"{SAVED}:{kept.scenario_id}"
            address.put({PRESET: [], NEW: [], SAVED: [str(kept.scenario_id)]})
            messages.done(self.ctx.t("Saved. The address of this page now leads to it."))

    def _play(self, scenario: Scenario) -> Outcome:
        return self.scenarios.run(self.ctx.principal, scenario)

    def _source(self) -> str | None:
        if self.number is not None:
            return f"{SAVED}:{self.number}"
        for name in (PRESET, NEW):
            if said := address.values(name)[-1:]:
                return f"{name}:{said[0] if name == PRESET else ''}"
        return None

    def _made(self, source: str) -> Draft:
        name, _, said = source.partition(":")
        if name == SAVED:
            return Draft.of(self.scenarios.read(self.ctx.principal, int(said)).scenario)
        ready = {one.key: one.scenario for one in self.presets} if name == PRESET else {}
        scenario = ready.get(said)
        return Draft(self.ctx.t("New question")) if scenario is None else Draft.of(scenario)


def go(**where: str) -> None:
    """Show another part of the page; going back in the browser leads here again."""
    address.put({**NOWHERE, **{name: [value] for name, value in where.items()}})
