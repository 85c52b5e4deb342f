"""From a market and a scenario to its outcome."""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.errors import InputError
from smartreco.forecast.arrays import Ints
from smartreco.scenario import assuming, flags, parts
from smartreco.scenario.draws import Draws
from smartreco.scenario.effects import Effects
from smartreco.scenario.launching import LikelyShop, likely_shops
from smartreco.scenario.levers.base import Lever, blaming
from smartreco.scenario.levers.launch import Launch
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.lists import ListMarket, list_outcomes
from smartreco.scenario.market import Market
from smartreco.scenario.outcome import Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.today import Today
from smartreco.scenario.tornado import tornado
from smartreco.scenario.world import play

CELLS: Final = 1_200_000  # products x weeks x draws at most: bounds time and memory
FEWEST_DRAWS: Final = 50


def simulate(market: Market, scenario: Scenario, lists: ListMarket | None = None) -> Outcome:
    """Play today and the scenario on the same draws.

    Parameters
    ----------
    market
        Today, for at least the scenario's weeks.
    lists
        What lists are made from; needed where a lever is about lists.

    Raises
    ------
    InputError
        The market does not reach as far as the scenario, or a lever cannot be.
    NotFoundError
        A lever names what the data do not know.
    NotEnoughDataError
        The data cannot tell what a lever does.

    What is refused of one lever has its ``place`` among the scenario's.
    """
    if market.weeks < scenario.horizon:
        raise InputError(
            f"today is known for {market.weeks} weeks ahead", f"{scenario.horizon}",
            "look less far",
        )  # fmt: skip
    market = market.until(scenario.horizon)
    effects = effects_of(market, scenario.levers)
    on_demand = tuple(one for one in scenario.levers if not isinstance(one, ListLever))
    on_lists = {at: one for at, one in enumerate(scenario.levers) if isinstance(one, ListLever)}
    rows = np.flatnonzero(effects.touched())
    draws = Draws(scenario.seed, _draws(scenario, market, rows))
    held = scenario.assumptions.held()
    worlds = play(effects, draws, rows, held)
    today, change = Today.of(effects, worlds, rows, held), parts.Change.of(worlds)
    assumed = assuming.of(effects, rows, scenario.assumptions)
    categories, category = np.unique(today.goods.category, return_inverse=True)
    vendors, vendor = np.unique(today.goods.vendor, return_inverse=True)
    return Outcome(
        scenario=scenario,
        since=market.starts[0].astype("datetime64[D]").item(),
        measures=parts.measures(market, today, worlds, change),
        by_week=parts.by_week(market, today, change),
        by_category=parts.by_group(today, change, category, categories, categories),
        by_region=parts.by_region(market, today, worlds, change),
        by_vendor=parts.by_group(today, change, vendor, vendors, vendors),
        by_product=parts.by_product(today, change),
        contributions=tornado(market, on_demand, effects, draws, rows, held),
        assumed=assumed,
        flags=(*assuming.flags(assumed), *flags.of(effects)),
        draws=draws.count,
        likely_shops=tuple(_likely(market, one) for one in on_demand if isinstance(one, Launch)),
        lists=list_outcomes(lists, on_lists, scenario.seed),
    )


def effects_of(market: Market, levers: tuple[Lever, ...]) -> Effects:
    """What levers do together, checked one by one; those on lists do nothing here.

    Raises
    ------
    SmartRecoError
        See `Lever.check`; its ``place`` says which lever it is about.
    """
    effects = Effects(market)
    for at, lever in enumerate(levers):
        with blaming(at):
            lever.check(market)
            lever.apply(effects)
    return effects


def _draws(scenario: Scenario, market: Market, rows: Ints) -> int:
    size = max(len(rows) * market.weeks, 1)
    return int(np.clip(CELLS // size, min(FEWEST_DRAWS, scenario.draws), scenario.draws))


def _likely(market: Market, launch: Launch) -> tuple[LikelyShop, ...]:
    return likely_shops(market, launch.compared_with(market))
