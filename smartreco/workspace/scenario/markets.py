"""Today as what-ifs start from it: read and learned once a state of the data, then held.

Demand, prices and what is believed of them take seconds and change only with an import or
a new week. What vendors hold changes with every order, so it is read anew and put beside the
rest, which takes a fraction of a second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from smartreco.entities import ListName
from smartreco.errors import NotEnoughDataError
from smartreco.forecast.price_belief import PriceBelief, price_belief
from smartreco.recommend.rules import Rules
from smartreco.scenario.learning import RECENT_WEEKS, Known, market
from smartreco.scenario.lists import ListMarket
from smartreco.scenario.market import Market
from smartreco.scenario.scenario import LONGEST
from smartreco.store import dataset as dataset_store
from smartreco.store import history as history_store
from smartreco.store import placing
from smartreco.store import rules as rule_store
from smartreco.store import scenario_market as market_store
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.models import Models
from smartreco.workspace.pricing import read_weeks
from smartreco.workspace.published_rules import PublishedRules
from smartreco.workspace.rule_views import PLACES

#: State of what was imported, mark of orders placed before this week, its Monday.
DemandState = tuple[int, tuple[int, int], date | None]


@dataclass(frozen=True)
class Held:
    """A market with the names of what is in it.

    Attributes
    ----------
    data_version
        State of the data that it was read from.
    products
        Columns of `smartreco.store.scenario_market.products`.
    retailers
        Columns of `smartreco.store.scenario_market.retailers`.
    """

    data_version: int
    market: Market
    products: pd.DataFrame
    retailers: pd.DataFrame


@dataclass(frozen=True)
class HeldLists:
    """What lists are made from, with a mark that differs when any of it does."""

    state: tuple[int, ...]
    model_version: int
    lists: ListMarket


class ScenarioMarkets:
    """Hands out today; whoever asks while it is made waits for it."""

    def __init__(self, core: Core, models: Models, forecasts: Forecasts) -> None:
        self._core = core
        self._models = models
        self._forecasts = forecasts
        self._published = PublishedRules()
        self._known: MadeOnce[DemandState, Known] = MadeOnce(1)
        self._held: MadeOnce[tuple[DemandState, int], Held] = MadeOnce(1)
        self._made: DemandState | None = None

    def market(self) -> Held:
        """Today.

        Raises
        ------
        NotEnoughDataError
            There are no orders, or too few weeks of them.
        """
        state, version = self._state()

        def make() -> Held:
            known = self._known.get(state, self._learn)
            with self._core.store.cursor() as cursor:
                stock, products = market_store.stock(cursor), market_store.products(cursor)
            made = market(replace(known, stock=_some(stock)))
            return Held(version, made, products, known.retailers)

        held = self._held.get((state, version), make)
        self._made = state
        return held

    @property
    def ready(self) -> bool:
        """Whether a what-if answers without the long work first."""
        return self._made == self._state()[0]

    def lists(self) -> HeldLists:
        """What lists are made from today.

        Raises
        ------
        NotReadyError
            No model has been fitted yet.
        """
        with self._core.store.cursor() as cursor:
            fitted = self._models.latest(cursor)
            held = self._published.ready(cursor, fitted)
            rules_version = rule_store.version(cursor)
        rules = {
            name: Rules(available=fitted.catalogue.orderable, plan=held.plans[name], places=PLACES)
            for name in ListName
        }
        shops = list(fitted.model.market.retailer_positions)
        made = ListMarket(fitted.model, held.facts, fitted.model.blend, rules, shops)
        return HeldLists((*fitted.state, rules_version), fitted.version, made)

    def version(self) -> int:
        """State of the data."""
        return self._state()[1]

    def _state(self) -> tuple[DemandState, int]:
        with self._core.store.cursor() as cursor:
            day = history_store.as_of(cursor)
            monday = None if day is None else day - timedelta(days=day.weekday())
            placed = (0, 0) if monday is None else placing.placed_before(cursor, monday)
            state = dataset_store.imported_version(cursor), placed, monday
            return state, dataset_store.data_version(cursor)

    def _learn(self) -> Known:
        demand, made, prices = self._forecasts.together(LONGEST)
        span = demand.known
        first = max(span.first, span.until - timedelta(weeks=RECENT_WEEKS))
        with self._core.store.cursor() as cursor:
            return Known(
                panel=demand.panel,
                forecast=made,
                prices=prices,
                belief=_belief(cursor) if prices is not None else None,
                products=market_store.products(cursor),
                retailers=market_store.retailers(cursor),
                recent=market_store.recent(cursor, first, span.until),
                first_orders=market_store.first_orders(cursor, span.first, span.until),
            )


def _belief(cursor: Cursor) -> PriceBelief | None:
    """What is believed of price response; None where orders have no prices."""
    try:
        return price_belief(read_weeks(cursor))
    except NotEnoughDataError:
        return None


def _some(stock: pd.DataFrame) -> pd.DataFrame | None:
    return None if stock.empty else stock
