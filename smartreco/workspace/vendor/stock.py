"""What a vendor's supply is read from, kept once a state of the data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, cast

import numpy as np

from smartreco.columns import CASE_SIZE, CATEGORY, NAME, PRODUCT_ID, UNIT_COST
from smartreco.entities import Principal
from smartreco.errors import InputError, NotEnoughDataError, NotFoundError
from smartreco.forecast.panel import FILL_WEEKS, Level, fill
from smartreco.recommend.recent import Recent
from smartreco.stock.arrays import Floats
from smartreco.stock.attaining import UNTRIED, Attained, attained
from smartreco.stock.outcomes import check_service
from smartreco.stock.outlook import outlook_of_weeks
from smartreco.stock.replay import ReplaySettings
from smartreco.stock.weeks_ahead import FEWEST_PAST, means_of_windows
from smartreco.store import dataset as dataset_store
from smartreco.store import free_stock, vendor_orders
from smartreco.store import vendor_goods as goods_store
from smartreco.store import vendor_sales as sales_store
from smartreco.store import vendor_supply as supply_store
from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope
from smartreco.vendors.periods import Period
from smartreco.workspace import clock
from smartreco.workspace.core import Core
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.series_lines import AHEAD_WEEKS
from smartreco.workspace.vendor.outlook import NO_FORECAST_YET, Terms, outlook_of
from smartreco.workspace.vendor.reading import Known, read_known, week_matrix
from smartreco.workspace.vendor.supplied import Supplied, supplied
from smartreco.workspace.vendor.supply_views import (
    LEAD_DAYS,
    LONGEST_LEAD,
    LONGEST_REVIEW,
    REVIEW_DAYS,
    SERVICE,
    Outlook,
    Said,
    SupplyWish,
)
from smartreco.workspace.vendor.views import VendorFilter

PAST_WEEKS: Final = 65  # from which errors are learned and service levels tried
TRIED_GOODS: Final = 160  # products on which service levels are tried: those sold most
HELD: Final = 24


@dataclass(frozen=True)
class Past:
    """A vendor's past weeks at all shops: products x weeks, in the order of ``ids``.

    ``demand`` is what would have been sold with stock, NaN before the first sale.
    """

    ids: list[str]
    weeks: Period
    sold: Floats
    demand: Floats
    out: np.ndarray


class VendorStock:
    """Reads of a vendor's supply; nobody changes what comes out."""

    def __init__(self, core: Core, forecasts: Forecasts) -> None:
        self._core = core
        self._forecasts = forecasts
        self._kept: Recent[tuple[object, ...], object] = Recent(HELD * 4)

    def known(self, cursor: Cursor, vendor_id: str) -> Known:
        """The vendor as a whole."""
        key = (dataset_store.data_version(cursor), vendor_id, "known")
        return cast(Known, self._kept.get(key, lambda: read_known(cursor, vendor_id)))

    def require_product(self, cursor: Cursor, vendor_id: str, product_id: str) -> None:
        """Refuse a product that is not the vendor's.

        Raises
        ------
        NotFoundError
            The words are the same where another vendor has it.
        """
        if product_id not in set(self.known(cursor, vendor_id).products[PRODUCT_ID]):
            raise NotFoundError(
                "a product is one of this vendor's", repr(product_id), "check the id"
            )

    def today(self, cursor: Cursor) -> date:
        """The day of the data set."""
        return clock.today(cursor, self._core.now())

    def terms(self, cursor: Cursor, vendor_id: str, wish: SupplyWish | None) -> Terms:
        """What stock is kept for: as asked, as kept, as the data say, the usual.

        Raises
        ------
        InputError
            A wish that cannot be.
        """
        asked = wish or SupplyWish()
        service, review, lead = supply_store.wish(cursor, vendor_id) or (SERVICE, REVIEW_DAYS, None)
        told = asked.lead_days or lead or supply_store.lead_time(cursor, vendor_id)
        service = service if asked.service is None else asked.service
        review = review if asked.review_days is None else asked.review_days
        lead = LEAD_DAYS if told is None else (told if asked.lead_days else min(told, LONGEST_LEAD))
        check_service(service)
        _require_days("a vendor looks at his stock again within", review, LONGEST_REVIEW)
        _require_days("what a vendor brings in takes", lead, LONGEST_LEAD)
        share = self._attained(cursor, vendor_id, lead, review).share(service)
        return Terms(service, share, review, lead, told is not None)

    def lead_days(self, cursor: Cursor, vendor_id: str) -> int:
        """Days until what he brings in is there: as kept, as the data say, the usual."""
        kept = supply_store.wish(cursor, vendor_id)
        told = (kept[2] if kept else None) or supply_store.lead_time(cursor, vendor_id)
        return min(told or LEAD_DAYS, LONGEST_LEAD)

    def supplied(
        self, cursor: Cursor, principal: Principal, vendor_id: str
    ) -> tuple[Supplied, tuple[Said, ...]]:
        """Stock and forecast of all products, and what is missing for them."""
        today = self.today(cursor)
        key = (dataset_store.data_version(cursor), vendor_id, today, "supplied")
        made = self._kept.get(key, lambda: self._read(cursor, principal, vendor_id, today))
        return cast(tuple[Supplied, tuple[Said, ...]], made)

    def outlook(
        self, cursor: Cursor, principal: Principal, vendor_id: str, wanted: VendorFilter,
        wish: SupplyWish | None,
    ) -> Outlook:  # fmt: skip
        """All rows of a view."""
        known, said = self.supplied(cursor, principal, vendor_id)
        terms = self.terms(cursor, vendor_id, wish)
        view = replace(wanted.everywhere(), since=None, until=None)
        key = (dataset_store.data_version(cursor), vendor_id, known.today, view, terms, "outlook")
        return cast(
            Outlook, self._kept.get(key, lambda: outlook_of(_filtered(known, view), terms, said))
        )

    def order_counts(self, cursor: Cursor, vendor_id: str) -> dict[str, int]:
        """Orders with his lines by the status of his part."""
        key = (dataset_store.imported_version(cursor), vendor_id, "orders of data")
        data = self._kept.get(key, lambda: vendor_orders.counts_of_data(cursor, vendor_id))
        key = (dataset_store.data_version(cursor), vendor_id, "orders here")
        here = self._kept.get(key, lambda: vendor_orders.counts_here(cursor, vendor_id))
        both = Counter(cast(dict[str, int], data)) + Counter(cast(dict[str, int], here))
        return dict(sorted(both.items()))

    def past(self, cursor: Cursor, vendor_id: str) -> Past | None:
        """The last weeks; None where the data hold no full week."""
        key = (dataset_store.data_version(cursor), vendor_id, "past")
        return cast(Past | None, self._kept.get(key, lambda: self._past(cursor, vendor_id)))

    def _past(self, cursor: Cursor, vendor_id: str) -> Past | None:
        known = self.known(cursor, vendor_id)
        if known.weeks is None:
            return None
        weeks = min(PAST_WEEKS + FILL_WEEKS, known.weeks.weeks)
        first = known.weeks.until - timedelta(weeks=weeks)
        span, scope = (first, known.weeks.until), Scope(vendor_id)
        ids = known.products[PRODUCT_ID].tolist()
        frame = sales_store.by_product_week(cursor, known.gone, scope, span)
        outs = goods_store.stock_weeks(cursor, scope, *span)
        sold = np.maximum(week_matrix(frame, ids, first, weeks), 0.0)
        out = week_matrix(outs, ids, first, weeks, "out") > 0
        start = known.products["first_week"].to_numpy().astype("datetime64[D]")
        week = np.datetime64(first, "D") + 7 * np.arange(weeks)
        demand = np.where(week[None, :] < start[:, None], np.nan, fill(sold, out))
        demand[np.isnat(start)] = np.nan
        return Past(ids, Period(*span), sold, demand, out)

    def _read(
        self, cursor: Cursor, principal: Principal, vendor_id: str, today: date
    ) -> tuple[Supplied, tuple[Said, ...]]:
        products = self.known(cursor, vendor_id).products
        costs = supply_store.costs(cursor, vendor_id)[[PRODUCT_ID, UNIT_COST]]
        goods = products[[PRODUCT_ID, NAME, CATEGORY, "active", CASE_SIZE, "price"]]
        goods = goods.merge(costs, on=PRODUCT_ID, how="left")
        stock = free_stock.stock(cursor, goods[PRODUCT_ID].tolist())
        past = self.past(cursor, vendor_id)
        demand = np.full((len(goods), 1), np.nan) if past is None else past.demand
        said: tuple[Said, ...] = ()
        ahead = None
        try:
            if len(goods):
                ahead = self._forecasts.forecast(
                    principal, Level.PRODUCT, None, horizon=AHEAD_WEEKS
                )
        except NotEnoughDataError as error:
            said = ((NO_FORECAST_YET, {"why": str(error)}),)
        return supplied(today, goods, stock, demand, ahead), said

    def _attained(self, cursor: Cursor, vendor_id: str, lead: int, review: int) -> Attained:
        """Which shares keep which service, tried on the vendor's own past."""
        weeks = max(1, round(lead / 7)), max(1, round(review / 7))
        key = (dataset_store.imported_version(cursor), vendor_id, weeks, "attained")

        def work() -> Attained:
            past = self.past(cursor, vendor_id)
            if past is None or past.weeks.weeks <= FEWEST_PAST:
                return UNTRIED
            most = np.argsort(-past.sold.sum(axis=1), kind="stable")[:TRIED_GOODS]
            most = most[past.sold[most].sum(axis=1) > 0]
            demand = np.nan_to_num(past.demand[most])
            settings = ReplaySettings(lead=weeks[0], review=weeks[1])
            outlook = outlook_of_weeks(demand, means_of_windows, settings.span, FEWEST_PAST)
            return attained(outlook, settings)

        return cast(Attained, self._kept.get(key, work))


def _filtered(known: Supplied, wanted: VendorFilter) -> Supplied:
    """The products of a view."""
    goods = known.goods
    keep = np.ones(len(goods), dtype=bool)
    if wanted.categories:
        keep &= goods[CATEGORY].isin(wanted.categories).to_numpy()
    if wanted.products:
        keep &= goods[PRODUCT_ID].isin(wanted.products).to_numpy()
    if wanted.price_low is not None:
        keep &= (goods["price"] >= wanted.price_low).to_numpy()
    if wanted.price_high is not None:
        keep &= (goods["price"] <= wanted.price_high).to_numpy()
    return known if keep.all() else known.take(keep)


def _require_days(rule: str, days: int, most: int) -> None:
    if not 1 <= days <= most:
        raise InputError(f"{rule} 1 to {most} days", str(days), "choose another number")
