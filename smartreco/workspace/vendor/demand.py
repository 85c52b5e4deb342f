"""Where a vendor's demand is: figures, places, movers, assortment, buyers, and what comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, cast

import pandas as pd

from smartreco.accounts.permissions import require_vendor
from smartreco.columns import CATEGORY, CITY, PRODUCT_ID, REGION
from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.forecast.forecaster import FEWEST_WEEKS, Forecast
from smartreco.forecast.panel import Level
from smartreco.language import Message
from smartreco.recommend.recent import Recent
from smartreco.store import dataset as dataset_store
from smartreco.store import series as series_store
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.series_lines import AHEAD_WEEKS
from smartreco.workspace.vendor import tables
from smartreco.workspace.vendor.assortment import read_assortment
from smartreco.workspace.vendor.course import VIEW, line_of, own_forecast, past_of
from smartreco.workspace.vendor.demand_views import (
    NOTHING_SOLD,
    TOO_FEW_WEEKS,
    Assortment,
    Compared,
    Course,
    Headline,
    Movers,
)
from smartreco.workspace.vendor.facets import facets as facets_of
from smartreco.workspace.vendor.kept import VendorKept
from smartreco.workspace.vendor.reading import (
    Sales,
    periods_of,
    read_orders,
    read_sales,
    read_weeks,
    scope_of,
)
from smartreco.workspace.vendor.views import Facets, VendorFilter

LEVELS: Final = {"product": PRODUCT_ID, "category": CATEGORY, "region": REGION, "city": CITY}
BASES: Final = {"before": "_before", "last_year": "_last_year"}
SALES_HELD: Final = 8  # of shop x product, which may be a few megabytes each
ANYBODY: Final = (Role.VENDOR, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)


class VendorDemand(VendorKept):
    """Use cases on a vendor's demand; all are of his own products at shops that buy them.

    Each takes the filter, None: everything, and raises

    - NotAllowedError: another vendor;
    - NotFoundError: no such vendor (said to staff only);
    - NotEnoughDataError: the data know no full week of the time asked for.
    """

    def __init__(self, core: Core, forecasts: Forecasts) -> None:
        super().__init__(core)
        self._forecasts = forecasts
        self._sales: Recent[tuple[object, ...], Sales] = Recent(SALES_HELD)

    @permits(*ANYBODY)
    def facets(self, principal: Principal, vendor_id: str) -> Facets:
        """What the filter can choose."""
        require_vendor(principal, vendor_id)
        with self.core.store.cursor() as cursor:
            known = self._known(cursor, vendor_id)
            key = (dataset_store.data_version(cursor), vendor_id, "facets")
            return cast(Facets, self._views.get(key, lambda: facets_of(known)))

    @permits(*ANYBODY)
    def headline(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Headline:
        """Value, pieces, orders, buying shops and price, each with its change."""
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> Headline:
            known, sales = self._known(cursor, vendor_id), self._sold(cursor, vendor_id, wanted)
            orders = read_orders(cursor, known, sales, scope_of(vendor_id, wanted))
            return tables.headline(sales, self._weeks(cursor, vendor_id, wanted), orders)

        return self._kept("headline", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def heat(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Compared:
        """Region x category, see `smartreco.workspace.vendor.tables.heat`."""
        wanted = self._asked(principal, vendor_id, wanted)
        return self._table("heat", vendor_id, wanted, tables.heat)

    @permits(*ANYBODY)
    def heat_of_products(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Compared:
        """Region x product, see `smartreco.workspace.vendor.tables.heat_of_products`."""
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> Compared:
            known = self._known(cursor, vendor_id)
            return tables.heat_of_products(self._sold(cursor, vendor_id, wanted), known)

        return self._kept("heat_of_products", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def regions(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Compared:
        """Regions, see `smartreco.workspace.vendor.tables.regions`."""
        wanted = self._asked(principal, vendor_id, wanted)
        return self._table("regions", vendor_id, wanted, tables.regions)

    @permits(*ANYBODY)
    def cities(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Compared:
        """Cities on the map, see `smartreco.workspace.vendor.tables.cities`."""
        wanted = self._asked(principal, vendor_id, wanted)
        return self._table("cities", vendor_id, wanted, tables.cities)

    @permits(*ANYBODY)
    def shops(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Compared:
        """His own buyers by name, see `smartreco.workspace.vendor.tables.shops`."""
        wanted = self._asked(principal, vendor_id, wanted)
        return self._table("shops", vendor_id, wanted, tables.shops)

    @permits(*ANYBODY)
    def products(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Compared:
        """Products that were bought, see `smartreco.workspace.vendor.tables.products`."""
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> Compared:
            known = self._known(cursor, vendor_id)
            return tables.products(self._sold(cursor, vendor_id, wanted), known)

        return self._kept("products", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def movers(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None,
        level: str = "product", base: str = "before", most: int = 5,
    ) -> Movers:  # fmt: skip
        """What grew and fell since a time, and why; parts sum to the change.

        Parameters
        ----------
        level
            product | category | region | city.
        base
            before | last_year.
        """
        wanted = self._asked(principal, vendor_id, wanted)
        _require("movers are by", level, LEVELS)
        _require("a change is since", base, BASES)

        def make(cursor: Cursor) -> Movers:
            known, sales = self._known(cursor, vendor_id), self._sold(cursor, vendor_id, wanted)
            return tables.movers(sales, known, LEVELS[level], BASES[base], most)

        return self._kept(f"movers {level} {base} {most}", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def assortment(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Assortment:
        """Every product with its classes, stock cover and lost sales."""
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> Assortment:
            known, sales = self._known(cursor, vendor_id), self._sold(cursor, vendor_id, wanted)
            return read_assortment(cursor, known, sales, vendor_id, wanted)

        return self._kept("assortment", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def over_time(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Course:
        """All known weeks of the filtered view, and what comes with its bands.

        The whole and a single product are forecast in agreement with all other levels; any
        other view by itself, beside the whole that it is part of.
        """
        wanted = self._asked(principal, vendor_id, wanted)
        return self._kept(
            "over_time", vendor_id, wanted,
            partial(self._course, principal, vendor_id, wanted),
        )  # fmt: skip

    def _course(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter, cursor: Cursor
    ) -> Course:
        known = self._known(cursor, vendor_id)
        when = periods_of(known, wanted)
        weeks = self._weeks(cursor, vendor_id, wanted)
        whole = self._weeks(cursor, vendor_id, VendorFilter())
        level, name = _series(vendor_id, wanted)
        calendar = series_store.festivals(cursor)
        panel = past_of(level, name, weeks, whole, when.known, calendar)
        why: tuple[Message, dict[str, object]] | None = None
        ahead: Forecast | None = None
        if when.known.weeks < FEWEST_WEEKS:
            why = TOO_FEW_WEEKS, {"needed": FEWEST_WEEKS, "weeks": when.known.weeks}
        elif not panel.values[0].any():
            why = NOTHING_SOLD, {}
        elif name == VIEW:
            ahead = own_forecast(panel)
        else:
            ahead = self._forecasts.forecast(principal, level, [name], horizon=AHEAD_WEEKS)
        return Course(when, line_of(name, panel, ahead), weeks, why)

    def _sold(self, cursor: Cursor, vendor_id: str, wanted: VendorFilter) -> Sales:
        known = self._known(cursor, vendor_id)
        key = (dataset_store.data_version(cursor), vendor_id, wanted)
        return self._sales.get(key, lambda: read_sales(cursor, known, vendor_id, wanted))

    def _weeks(self, cursor: Cursor, vendor_id: str, wanted: VendorFilter) -> pd.DataFrame:
        """Weeks of the view over all that is known, whatever time is looked at."""
        always = replace(wanted, since=None, until=None)
        known = self._known(cursor, vendor_id)
        period = periods_of(known, always).known
        key = (dataset_store.data_version(cursor), vendor_id, always, "weeks")
        scope = scope_of(vendor_id, always)
        return cast(
            pd.DataFrame, self._views.get(key, lambda: read_weeks(cursor, known, period, scope))
        )

    def _table(
        self, name: str, vendor_id: str, wanted: VendorFilter, made: Callable[[Sales], Compared]
    ) -> Compared:
        return self._kept(
            name, vendor_id, wanted, lambda cursor: made(self._sold(cursor, vendor_id, wanted))
        )


def _series(vendor_id: str, wanted: VendorFilter) -> tuple[Level, str]:
    """The series that the view is."""
    if not wanted.places and not wanted.goods:
        return Level.VENDOR, vendor_id
    one = VendorFilter(wanted.since, wanted.until, products=wanted.products)
    if len(wanted.products) == 1 and wanted == one:
        return Level.PRODUCT, wanted.products[0]
    return Level.VENDOR, VIEW


def _require(rule: str, found: str, known: dict[str, str]) -> None:
    if found not in known:
        raise InputError(f"{rule} {', '.join(known)}", repr(found), "choose one of them")
