"""What would happen if: questions asked, kept, compared and handed on. Nothing here trades.

A scenario reads orders, stock and the published blend and writes to none of them. What it
keeps are questions (`scenarios`) and proposals to the analyst (`blend_proposals`).
"""

from __future__ import annotations

from typing import Final

from smartreco.entities import Principal, Role
from smartreco.evaluation.scenario_grading import Grading
from smartreco.language import Language
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.workspace.core import Core, permits
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.models import Models
from smartreco.workspace.scenario.book import ScenarioBook
from smartreco.workspace.scenario.comparing import comparison
from smartreco.workspace.scenario.documents import Kind, document, require_kind, trust
from smartreco.workspace.scenario.markets import ScenarioMarkets
from smartreco.workspace.scenario.playing import ScenarioPlayer
from smartreco.workspace.scenario.presets import presets as presets_of
from smartreco.workspace.scenario.proposals import Proposals, require_about_lists
from smartreco.workspace.scenario.stories import story as story_of
from smartreco.workspace.scenario.views import (
    Comparison,
    Names,
    Preset,
    Proposal,
    SavedScenario,
    ScenarioChoices,
    Story,
)

__all__ = ["Kind", "Scenarios", "Which"]

ASKING: Final = (Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
Which = int | Scenario


class Scenarios:
    """Use cases on what-ifs. A scenario is given whole, or a saved one by its number.

    Whoever asks first after an import waits until today is learned (`ready` says whether);
    all others get their answer at once.

    Raises
    ------
    InputError
        A lever cannot be.
    NotFoundError
        A lever names what the data do not know; no saved scenario has the number.
    NotEnoughDataError
        The data cannot tell what a lever does, or hold too few weeks of orders.
    NotReadyError
        A lever is about lists and no model has been fitted yet.
    NotAllowedError
        A saved scenario is another's, and would be changed.
    """

    def __init__(self, core: Core, models: Models, forecasts: Forecasts) -> None:
        self.core = core
        self._markets = ScenarioMarkets(core, models, forecasts)
        self._player = ScenarioPlayer(self._markets)
        self._book = ScenarioBook(core)
        self._proposals = Proposals(core)

    def warm(self) -> None:
        """Learn today before anybody asks."""
        self._markets.market()

    @permits(*ASKING)
    def ready(self, principal: Principal) -> bool:
        """Whether today is learned; until then the first question takes some seconds."""
        return self._markets.ready

    @permits(*ASKING)
    def choices(self, principal: Principal) -> ScenarioChoices:
        """What levers can name, and which kinds these data cannot answer."""
        return self._player.choices()

    @permits(*ASKING)
    def names(self, principal: Principal) -> Names:
        """Names of products and vendors, for `scenario_words`."""
        return self._player.names()

    @permits(*ASKING)
    def presets(self, principal: Principal, words: Language) -> tuple[Preset, ...]:
        """Five ready questions on the data at hand; those they cannot answer say why."""
        lists, names = self._player.lists(), self._player.names()
        return presets_of(self._markets.market(), lists, names, words)

    @permits(*ASKING)
    def run(self, principal: Principal, which: Which) -> Outcome:
        """Today and the scenario on the same draws; held until anything it rests on changes."""
        return self._played(principal, which)

    @permits(*ASKING)
    def story(self, principal: Principal, which: Which, preset: str | None = None) -> Story:
        """The outcome in three sentences; said by `scenario_story_words.tell`.

        ``preset`` : `Preset.key` of a ready question, which tells its own story.
        """
        return story_of(self._played(principal, which), self._player.names(), preset)

    @permits(*ASKING)
    def compare(self, principal: Principal, left: Which, right: Which) -> Comparison:
        """Two scenarios on the data as they are, paired draw by draw where that can be."""
        return comparison(self._played(principal, left), self._played(principal, right))

    @permits(*ASKING)
    def report(
        self, principal: Principal, which: Which, kind: Kind, words: Language,
        preset: str | None = None,
    ) -> bytes:  # fmt: skip
        """One page, html or pdf: what is assumed, what came of it, how far to trust it."""
        require_kind(kind)
        outcome, names = self._played(principal, which), self._player.names()
        author = principal.name, self.core.now().date()
        return document(outcome, names, preset, author, kind, words)

    @permits(*ASKING)
    def trust(self, principal: Principal) -> Grading | None:
        """How often bands and signs were right where the truth is known; None: not graded yet."""
        return trust()

    @permits(*ASKING)
    def all(self, principal: Principal) -> tuple[SavedScenario, ...]:
        """Saved scenarios of everybody, changed last first."""
        return self._book.all(principal)

    @permits(*ASKING)
    def read(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """One of them, whoever saved it."""
        return self._book.read(principal, scenario_id)

    @permits(*ASKING)
    def save(
        self, principal: Principal, scenario: Scenario, note: str | None = None,
        scenario_id: int | None = None,
    ) -> SavedScenario:  # fmt: skip
        """Keep a scenario with what came of it; what cannot be answered is not kept.

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
        """
        outcome = self._player.play(scenario)
        if scenario_id is None:
            return self._book.add(principal, outcome, note or "")
        return self._book.change(principal, scenario_id, outcome, note)

    @permits(*ASKING)
    def rename(self, principal: Principal, scenario_id: int, name: str) -> SavedScenario:
        """Give a saved one another name, which no other has."""
        return self._book.rename(principal, scenario_id, name)

    @permits(*ASKING)
    def duplicate(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """A copy of one's own, under the next free name."""
        return self._book.duplicate(principal, scenario_id)

    @permits(*ASKING)
    def delete(self, principal: Principal, scenario_id: int) -> None:
        """Put a saved one away."""
        self._book.delete(principal, scenario_id)

    @permits(*ASKING)
    def undo_delete(self, principal: Principal, scenario_id: int) -> SavedScenario:
        """Fetch a deleted one back, unless another took its name."""
        return self._book.undo_delete(principal, scenario_id)

    @permits(*ASKING)
    def propose_blend(self, principal: Principal, which: Which, note: str = "") -> Proposal:
        """Hand weights and rules of a scenario to the analyst with what they were found to do.

        Nothing is published by it; one that moves neither is refused.
        """
        scenario = self._scenario(principal, which)
        require_about_lists(scenario)
        outcome, number = self._player.play(scenario), which if isinstance(which, int) else None
        rests_on = self._markets.version(), self._markets.lists().model_version
        return self._proposals.add(principal, number, outcome, note, rests_on)

    @permits(*ASKING)
    def proposals(self, principal: Principal) -> tuple[Proposal, ...]:
        """What was proposed, newest first."""
        return self._proposals.all()

    def _scenario(self, principal: Principal, which: Which) -> Scenario:
        return which if isinstance(which, Scenario) else self._book.read(principal, which).scenario

    def _played(self, principal: Principal, which: Which) -> Outcome:
        return self._player.play(self._scenario(principal, which))
