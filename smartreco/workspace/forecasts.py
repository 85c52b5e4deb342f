"""What will be asked for: forecasts by level, what they are made of, how good they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.forecast.backtest import Backtest, backtest
from smartreco.forecast.explaining import explained
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.pairs import forecast_in_blocks
from smartreco.forecast.panel import Level
from smartreco.forecast.price_known import Prices
from smartreco.forecast.price_trial import Verdict
from smartreco.store import series as series_store
from smartreco.store.series import Span
from smartreco.workspace import demand as demand_reader
from smartreco.workspace.core import Core, permits
from smartreco.workspace.demand import Demand
from smartreco.workspace.filtered import DemandFilter, FilteredForecast, forecast_filtered, scoped
from smartreco.workspace.forecast_scope import chosen, require_level
from smartreco.workspace.made_forecasts import Freq, MadeForecasts
from smartreco.workspace.priced_demand import PricedDemand, at_origin

LONGEST_WEEKS, LONGEST_DAYS, MOST_ORIGINS = 104, 366, 52
MOST_WARMED: Final = 400_000  # pairs of shop and product that are forecast before anybody asks
SEED: Final = 20260  # of the bootstrap, so that a run can be repeated


class Forecasts:
    """Use cases on coming demand."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._priced = PricedDemand()
        self._made = MadeForecasts(core, self._priced)

    @permits(Role.RETAILER, Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def forecast(
        self, principal: Principal, level: Level, ids: Sequence[str] | None = None, *,
        horizon: int, freq: Freq = Freq.WEEK, as_of: date | None = None,
    ) -> Forecast:  # fmt: skip
        """Forecast series of a level, in agreement with all other levels.

        Weeks begin on Mondays, the first with the week that `as_of` falls in; days
        begin with `as_of` itself.

        Parameters
        ----------
        ids
            None: all that the account may see. A pair's id is retailer/product.
        as_of
            First day that is taken as unknown; None: the day after the last order.

        Raises
        ------
        InputError
            The horizon is too long, or `as_of` lies after the last order.
        NotAllowedError
            Level or ids are not the account's own.
        NotFoundError
            An id is not in the data.
        NotEnoughDataError
            There are too few weeks, or no series of the level.
        """
        require_level(principal, level)
        require_horizon(horizon, LONGEST_WEEKS if freq is Freq.WEEK else LONGEST_DAYS, freq)
        demand, made = self._made.of(level, horizon, freq, as_of)
        at_level = made.at(level)
        return at_level.take(chosen(principal, demand, level, at_level.ids, ids))

    @permits(Role.RETAILER, Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def explain(
        self, principal: Principal, level: Level, ids: Sequence[str] | None = None, *,
        horizon: int, as_of: date | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """Parts of weekly forecasts, see `smartreco.forecast.explaining.explained`.

        Raises
        ------
        SmartRecoError
            As `forecast`.
        """
        return explained(self.forecast(principal, level, ids, horizon=horizon, as_of=as_of))

    @permits(Role.RETAILER, Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def past(
        self, principal: Principal, level: Level, ids: Sequence[str] | None = None, *,
        as_of: date | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """What was ordered, and what would have been with full shelves, week by week.

        Returns
        -------
        Columns of `smartreco.forecast.panel.PAST_COLUMNS`.

        Raises
        ------
        SmartRecoError
            As `forecast`.
        """
        require_level(principal, level)
        with self.core.store.cursor() as cursor:
            demand = demand_reader.read(cursor, demand_reader.first_unknown(cursor, as_of))
            panel = demand.panel.take(np.flatnonzero(demand.panel.levels == level.value))
            if level is Level.RETAILER_PRODUCT:
                panel = demand_reader.read_pairs(cursor, demand)
        return panel.take(chosen(principal, demand, level, panel.ids, ids)).frame()

    @permits(Role.RETAILER, Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def filtered(
        self, principal: Principal, wanted: DemandFilter | None = None, *,
        horizon: int, as_of: date | None = None,
    ) -> FilteredForecast:  # fmt: skip
        """Weekly forecast of what filters leave, as one series; not reconciled with the levels.

        Parameters
        ----------
        wanted
            None: all that the account may see.

        Raises
        ------
        InputError
            The horizon is too long, or `as_of` lies after the last order.
        NotAllowedError
            See `smartreco.workspace.filtered.scoped`.
        NotEnoughDataError
            Too little was sold of it.
        """
        require_horizon(horizon, LONGEST_WEEKS, Freq.WEEK)
        with self.core.store.cursor() as cursor:
            chosen_ones = scoped(cursor, principal, wanted or DemandFilter())
            day = demand_reader.first_unknown(cursor, as_of)
            known = series_store.span(cursor, day) or Span(day, day)
            return forecast_filtered(cursor, known, chosen_ones, horizon)

    @permits(Role.RETAILER, Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def prices_used(self, principal: Principal, *, as_of: date | None = None) -> Verdict:
        """Whether known prices take part in the forecasts, and why not where they do not.

        Raises
        ------
        SmartRecoError
            As `forecast`.
        """
        with self.core.store.cursor() as cursor:
            demand = demand_reader.read(cursor, demand_reader.first_unknown(cursor, as_of))
            return self._priced.known(cursor, demand)[1]

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def backtest(
        self, principal: Principal, level: Level, *, horizon: int, origins: int
    ) -> Backtest:
        """Judge weekly forecasts made from past weeks, beside simple methods.

        Raises
        ------
        InputError
            Too long a horizon or too many origins.
        NotEnoughDataError
            The data are too short for them, or have no series of the level.
        """
        if not (1 <= horizon <= LONGEST_WEEKS and 1 <= origins <= MOST_ORIGINS):
            raise InputError(
                f"a backtest has 1 to {LONGEST_WEEKS} weeks ahead and 1 to {MOST_ORIGINS} origins",
                f"{horizon} and {origins}", "choose others",
            )  # fmt: skip
        with self.core.store.cursor() as cursor:
            demand = demand_reader.read(cursor, demand_reader.first_unknown(cursor, None))
            rng = np.random.default_rng(SEED)
            if level is Level.RETAILER_PRODUCT:
                pairs = demand_reader.read_pairs(cursor, demand)
                return backtest(pairs, horizon, origins, rng, forecast_in_blocks, level.value)
            chosen(principal, demand, level, demand.panel.ids[demand.panel.levels == level], None)
            prices, _ = self._priced.known(cursor, demand)
            make = partial(at_origin, demand, prices)
            return backtest(demand.panel, horizon, origins, rng, make, level.value)

    def together(self, horizon: int) -> tuple[Demand, Forecast, Prices | None]:
        """Demand, weekly forecasts of all levels but the pairs, and known prices, for a use case.

        Raises
        ------
        NotEnoughDataError
            There are too few weeks.
        """
        demand, made = self._made.of(Level.PRODUCT, horizon, Freq.WEEK, None)
        with self.core.store.cursor() as cursor:
            return demand, made, self._priced.known(cursor, demand)[0]

    def warm(self, horizon: int) -> None:
        """Make ahead what pages ask for first, where that is no long work."""
        with self.core.store.cursor() as cursor:
            many = series_store.pairs(cursor) > MOST_WARMED
        level = Level.PRODUCT if many else Level.RETAILER_PRODUCT
        self._made.of(level, horizon, Freq.WEEK, None)


def require_horizon(horizon: int, most: int, freq: Freq) -> None:
    """Refuse a horizon that is too long, or none.

    Raises
    ------
    InputError
        It is not 1 to `most`.
    """
    if not 1 <= horizon <= most:
        raise InputError(f"a horizon is 1 to {most} {freq.value}s", str(horizon), "choose another")
