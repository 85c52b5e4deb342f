"""What-ifs played on today. What came of one is held until anything it rests on changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from smartreco.errors import NotReadyError
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.lists import ListMarket
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.scenario.choices import names_of
from smartreco.workspace.scenario.markets import ScenarioMarkets
from smartreco.workspace.scenario.views import Names

OUTCOMES_HELD: Final = 64


class ScenarioPlayer:
    """What `Scenarios` plays; permission is checked there."""

    def __init__(self, markets: ScenarioMarkets) -> None:
        self._markets = markets
        self._outcomes: MadeOnce[tuple[object, ...], Outcome] = MadeOnce(OUTCOMES_HELD)
        self._names: MadeOnce[int, Names] = MadeOnce(1)

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
        lists = self._markets.lists() if about_lists(scenario) else None
        asked = replace(scenario, name="?")  # another name is no other question
        key = (held.data_version, lists.state if lists else (), asked)

        def work() -> Outcome:
            return simulate(held.market, asked, lists.lists if lists else None)

        return replace(self._outcomes.get(key, work), scenario=scenario)

    def names(self) -> Names:
        """Names of what is on the market."""
        held = self._markets.market()
        return self._names.get(held.data_version, lambda: names_of(held))

    def lists(self) -> ListMarket | None:
        """What lists are made from; None: no model has been fitted yet."""
        try:
            return self._markets.lists().lists
        except NotReadyError:
            return None


def about_lists(scenario: Scenario) -> bool:
    """Whether a lever moves weights or rules of lists."""
    return any(isinstance(one, ListLever) for one in scenario.levers)
