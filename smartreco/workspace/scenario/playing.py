"""What-ifs played on today. What came of one is held until anything it rests on changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from smartreco.errors import NotReadyError
from smartreco.scenario.levers.base import blaming
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.lists import ListMarket
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.scenario.choices import choices_of, names_of
from smartreco.workspace.scenario.markets import HeldLists, ScenarioMarkets
from smartreco.workspace.scenario.views import Names, ScenarioChoices

OUTCOMES_HELD: Final = 64


class ScenarioPlayer:
    """What `Scenarios` plays; permission is checked there."""

    def __init__(self, markets: ScenarioMarkets) -> None:
        self._markets = markets
        self._outcomes: MadeOnce[tuple[object, ...], Outcome] = MadeOnce(OUTCOMES_HELD)
        self._names: MadeOnce[int, Names] = MadeOnce(1)
        self._choices: MadeOnce[tuple[int, tuple[int, ...] | None], ScenarioChoices] = MadeOnce(1)

    def play(self, scenario: Scenario) -> Outcome:
        """Today and the scenario on the same draws.

        Raises
        ------
        SmartRecoError
            As `smartreco.scenario.simulate.simulate`.
        NotReadyError
            A lever is about lists and no model has been fitted yet.
        """
        held = self._markets.market()
        lists = self._lists_of(scenario)
        asked = replace(scenario, name="?")  # another name is no other question
        key = (held.data_version, lists.state if lists else (), asked)

        def work() -> Outcome:
            return simulate(held.market, asked, lists.lists if lists else None)

        return replace(self._outcomes.get(key, work), scenario=scenario)

    def _lists_of(self, scenario: Scenario) -> HeldLists | None:
        """What its levers on lists start from; None: it has none."""
        levers = enumerate(scenario.levers)
        first = next((at for at, one in levers if isinstance(one, ListLever)), None)
        if first is None:
            return None
        with blaming(first):
            return self._markets.lists()

    def choices(self) -> ScenarioChoices:
        """What a composer offers."""
        held, lists = self._markets.market(), self._ready_lists()
        key = (held.data_version, None if lists is None else lists.state)

        def work() -> ScenarioChoices:
            return choices_of(held, None if lists is None else lists.lists)

        return self._choices.get(key, work)

    def names(self) -> Names:
        """Names of what is on the market."""
        held = self._markets.market()
        return self._names.get(held.data_version, lambda: names_of(held))

    def lists(self) -> ListMarket | None:
        """What lists are made from; None: no model has been fitted yet."""
        found = self._ready_lists()
        return None if found is None else found.lists

    def _ready_lists(self) -> HeldLists | None:
        try:
            return self._markets.lists()
        except NotReadyError:
            return None


def about_lists(scenario: Scenario) -> bool:
    """Whether a lever moves weights or rules of lists."""
    return any(isinstance(one, ListLever) for one in scenario.levers)
