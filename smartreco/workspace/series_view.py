"""One series at a time: for the chart of every page that shows demand, and for a close look."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, timedelta
from typing import Final, TypeVar

import numpy as np

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import Principal, Role
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.forecast.coherent import coherent
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.pairs import SEPARATOR
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.pooled import together
from smartreco.store import dataset as dataset_store
from smartreco.store import placing
from smartreco.store.connection import Cursor
from smartreco.workspace import demand as demand_reader
from smartreco.workspace.core import Core, permits
from smartreco.workspace.demand import TOGETHER, Demand
from smartreco.workspace.forecast_scope import chosen, require_level
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.models import Models
from smartreco.workspace.series_lines import (
    AHEAD_WEEKS,
    SeriesChoice,
    SeriesLine,
    SeriesStudy,
    no_festivals,
)
from smartreco.workspace.series_names import name_of
from smartreco.workspace.shop_demand import ShopDemand, read_shop

KEPT: Final = {"demand": 1, "shop": 16, "line": 256, "origin": 8, "study": 64}  # in memory

T = TypeVar("T")


class SeriesView:
    """Use cases on single series."""

    def __init__(self, core: Core, models: Models, forecasts: Forecasts) -> None:
        self.core = core
        self._models = models
        self._forecasts = forecasts
        self._made: dict[str, MadeOnce[Hashable, object]] = {
            kind: MadeOnce(most) for kind, most in KEPT.items()
        }

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def choices(self, principal: Principal, level: Level) -> tuple[SeriesChoice, ...]:
        """Series of a level, the largest first; pairs of shop and product are not among them.

        Raises
        ------
        NotFoundError
            A level that is not looked at one by one.
        NotEnoughDataError
            The data have no series of the level.
        """
        _require_one(level)
        panel = self._demand().panel
        rows = np.flatnonzero(panel.levels == level.value)
        if not len(rows):
            raise NotEnoughDataError(
                f"series by {level.value} need orders that tell it", "none", "choose another level"
            )
        pieces = panel.values[rows].sum(axis=1)
        order = np.argsort(-pieces, kind="stable")
        catalogue = self._models.current.catalogue
        return tuple(
            SeriesChoice(one, name_of(catalogue, level, one), float(sold))
            for one, sold in zip(panel.ids[rows][order].tolist(), pieces[order], strict=True)
        )

    @permits(Role.RETAILER, Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def line(self, principal: Principal, level: Level, series_id: str) -> SeriesLine:
        """Past and coming demand of one series.

        Raises
        ------
        SmartRecoError
            As `Forecasts.forecast`.
        """
        require_level(principal, level)
        if level is Level.RETAILER_PRODUCT:
            shop, _, product = series_id.partition(SEPARATOR)
            return self.shop_line(principal, shop, product_id=product)
        demand = self._demand()
        ids = demand.panel.ids[demand.panel.levels == level.value]
        row = chosen(principal, demand, level, ids, [series_id])

        def make() -> SeriesLine:
            past = demand.panel.take(np.flatnonzero(demand.panel.levels == level.value)[row])
            made = self._forecasts.forecast(principal, level, [series_id], horizon=AHEAD_WEEKS)
            return _line(name_of(self._models.current.catalogue, level, series_id), past, made)

        return self._kept("line", (self._version(), level, series_id), make)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def shop_line(
        self, principal: Principal, retailer_id: str, category: str | None = None,
        product_id: str | None = None,
    ) -> SeriesLine:  # fmt: skip
        """What a shop orders: all of it, one category or one product.

        A category's mean is the sum of its products', its bands those of the summed series.

        Raises
        ------
        NotAllowedError
            Another's shop.
        NotFoundError
            The shop never ordered anything of it.
        NotEnoughDataError
            Too few weeks are known.
        """
        require_retailer(principal, retailer_id)
        key = (self._version(), retailer_id, category, product_id)
        return self._kept(
            "line", key, lambda: self._shop_line(principal, retailer_id, category, product_id)
        )

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def study(
        self, principal: Principal, level: Level, series_id: str,
        tell: Callable[[float], None] = lambda share: None,
    ) -> SeriesStudy:  # fmt: skip
        """Look at a series closely: parts, classical models beside ours, errors.

        Parameters
        ----------
        tell
            Called with how far the work is; not called where the answer is known.

        Raises
        ------
        NotEnoughDataError
            Too short a series, or nearly nothing sold in it.
        SmartRecoError
            As `line`.
        """
        from smartreco.workspace.series_study import STUDY_WEEKS, study_of  # loads statsmodels

        _require_one(level)
        line, demand = self.line(principal, level, series_id), self._demand()
        version = self._version()

        def origin(cut: int) -> Forecast:
            return self._kept(
                "origin", (version, cut),
                lambda: coherent(demand.panel.until(cut), demand.structure, STUDY_WEEKS),
            )  # fmt: skip

        return self._kept(
            "study", (version, level, series_id), lambda: study_of(line, demand, origin, tell)
        )

    def _shop_line(
        self, principal: Principal, retailer_id: str, category: str | None, product_id: str | None
    ) -> SeriesLine:
        catalogue, shop = self._models.current.catalogue, self._shop(retailer_id)
        ahead = self._forecasts.forecast
        if product_id is not None:
            past = shop.product(product_id)
            _require_some(len(past), product_id)
            pair = [f"{retailer_id}{SEPARATOR}{product_id}"]
            made = ahead(principal, Level.RETAILER_PRODUCT, pair, horizon=AHEAD_WEEKS)
            return _line(catalogue.product(product_id).name, past, made)
        if category is not None:
            _require_some(int((shop.categories == category).sum()), category)
            # all that is foreseen: a new product may be expected of a shop that never had it
            made = ahead(principal, Level.RETAILER_PRODUCT, horizon=AHEAD_WEEKS)
            made = made.take(shop.of_category(made.ids, category))
            rows = np.flatnonzero(shop.by_category.ids == category)
            own = shop.categories_ahead.take(rows)
            return _line(category, shop.by_category.take(rows), together(own, made))
        _require_some(len(shop.products), retailer_id)
        made = ahead(principal, Level.RETAILER, [retailer_id], horizon=AHEAD_WEEKS)
        return _line(catalogue.retailer(retailer_id).name, shop.whole, made)

    def _demand(self) -> Demand:
        def make() -> Demand:
            with self.core.store.cursor() as cursor:
                return demand_reader.read(cursor, _monday(cursor))

        return self._kept("demand", self._version(), make)

    def _shop(self, retailer_id: str) -> ShopDemand:
        def make() -> ShopDemand:
            demand = self._demand()
            with self.core.store.cursor() as cursor:
                return read_shop(cursor, demand, retailer_id)

        return self._kept("shop", (self._version(), retailer_id), make)

    def _version(self) -> Hashable:
        """What past and forecasts rest on: full weeks, so an order of this one changes neither."""
        with self.core.store.cursor() as cursor:
            monday = _monday(cursor)
            imported = dataset_store.imported_version(cursor)
            return imported, placing.placed_before(cursor, monday), monday

    def _kept(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """Made once a state of the data, the latest `KEPT` of a kind in memory.

        Who asks for one series does not wait for another that is looked at closely.
        """
        return self._made[kind].get(key, make)  # type: ignore[return-value]


def _monday(cursor: Cursor) -> date:
    """First day of the week that is not known in full: what forecasts of weeks begin with."""
    day = demand_reader.first_unknown(cursor, None)
    return day - timedelta(days=day.weekday())


def _line(name: str, past: Panel, ahead: Forecast) -> SeriesLine:
    calendar = no_festivals() if past.calendar is None else past.calendar
    return SeriesLine.of(name, past, ahead, calendar)


def _require_one(level: Level) -> None:
    if level not in TOGETHER:
        raise NotFoundError(
            "a series to look at is one of " + ", ".join(one.value for one in TOGETHER),
            level.value, "choose one of these levels",
        )  # fmt: skip


def _require_some(found: int, name: str) -> None:
    if not found:
        raise NotFoundError("a shop sees what it has ordered", repr(name), "choose another")
