"""A vendor's stock and service: what met demand, what comes, and what he edits and settles.

Figures are here; the acts are in files of their own, by what they change.
"""

from __future__ import annotations

from typing import Final, cast

from smartreco.accounts.permissions import require_vendor
from smartreco.columns import PRODUCT_ID
from smartreco.entities import Principal
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.panel import Level
from smartreco.recommend.recent import Recent
from smartreco.store import audit
from smartreco.store import dataset as dataset_store
from smartreco.store import vendor_supply as supply_store
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits
from smartreco.workspace.forecasts import Forecasts
from smartreco.workspace.models import Models
from smartreco.workspace.series_lines import AHEAD_WEEKS
from smartreco.workspace.vendor.counts import VendorCounts
from smartreco.workspace.vendor.desk import ANYBODY, EDITORS
from smartreco.workspace.vendor.goods import VendorGoods
from smartreco.workspace.vendor.orders import VendorOrderDesk
from smartreco.workspace.vendor.promotions import VendorPromotions
from smartreco.workspace.vendor.service import read_service
from smartreco.workspace.vendor.stock import VendorStock
from smartreco.workspace.vendor.stock_course import course_of
from smartreco.workspace.vendor.supply_views import Outlook, Service, StockCourse, SupplyWish
from smartreco.workspace.vendor.views import VendorFilter

VIEWS_HELD: Final = 64


class VendorSupply(VendorCounts, VendorPromotions, VendorGoods, VendorOrderDesk):
    """Use cases on a vendor's stock, service, data and orders.

    Every method is of one vendor and raises

    - NotAllowedError: another vendor, or staff that only read where something is changed;
    - NotFoundError: no such vendor (said to staff only), or a product or order not his.
    """

    def __init__(self, core: Core, models: Models, forecasts: Forecasts) -> None:
        super().__init__(core, models, VendorStock(core, forecasts))
        self._forecasts = forecasts
        self._views: Recent[tuple[object, ...], object] = Recent(VIEWS_HELD)

    @permits(*ANYBODY)
    def service(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Service:
        """How much of the demand met stock, and what was lost: over time, by region, by product.

        Raises
        ------
        NotEnoughDataError
            The data know no full week of the time asked for.
        """
        require_vendor(principal, vendor_id)
        wanted = wanted or VendorFilter()
        with self.core.store.cursor() as cursor:
            key = (dataset_store.data_version(cursor), vendor_id, wanted)
            known = self._stock.known(cursor, vendor_id)
            made = self._views.get(key, lambda: read_service(cursor, known, vendor_id, wanted))
            return cast(Service, made)

    @permits(*ANYBODY)
    def outlook(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None,
        wish: SupplyWish | None = None,
    ) -> Outlook:  # fmt: skip
        """Stock against forecast, product by product, and what to bring in by when.

        Raises
        ------
        InputError
            A wish that cannot be.
        """
        require_vendor(principal, vendor_id)
        with self.core.store.cursor() as cursor:
            self._stock.known(cursor, vendor_id)
            return self._stock.outlook(cursor, principal, vendor_id, wanted or VendorFilter(), wish)

    @permits(*ANYBODY)
    def course(
        self, principal: Principal, vendor_id: str, product_id: str,
        wish: SupplyWish | None = None,
    ) -> StockCourse:  # fmt: skip
        """One product's demand and stock week by week, with arrivals and promotions.

        Raises
        ------
        InputError
            A wish that cannot be.
        """
        require_vendor(principal, vendor_id)
        with self.core.store.cursor() as cursor:
            self._stock.require_product(cursor, vendor_id, product_id)
            row = self._stock.outlook(cursor, principal, vendor_id, VendorFilter(), wish).row(
                product_id
            )
            if row is None:
                raise NotFoundError(
                    "a course is of a product on offer or in stock", repr(product_id),
                    "choose one of the outlook",
                )  # fmt: skip
            known, _ = self._stock.supplied(cursor, principal, vendor_id)
            terms = self._stock.terms(cursor, vendor_id, wish)
            version = dataset_store.data_version(cursor)
            key = (version, known.today, vendor_id, product_id, terms, "course")

            def make() -> StockCourse:
                ahead = self._ahead(principal, product_id) if row.weekly is not None else None
                past = self._stock.past(cursor, vendor_id)
                first = known.today if past is None else past.weeks.first
                planned = supply_store.promotions(cursor, vendor_id, first)
                own = planned[planned[PRODUCT_ID] == product_id]
                return course_of(known, row, past, ahead, own, terms.lead_days)

            return cast(StockCourse, self._views.get(key, make))

    @permits(*ANYBODY)
    def wish(self, principal: Principal, vendor_id: str) -> SupplyWish:
        """What stock is kept for: as kept, else the usual; nothing in it is None."""
        require_vendor(principal, vendor_id)
        with self.core.store.cursor() as cursor:
            return self._wish(cursor, vendor_id, None)

    @permits(*EDITORS)
    def keep_wish(self, principal: Principal, vendor_id: str, wish: SupplyWish) -> SupplyWish:
        """Keep a service level, a time between looks and a lead time; None stays as it was.

        Raises
        ------
        InputError
            A wish that cannot be.
        """
        require_vendor(principal, vendor_id)

        def work(cursor: Cursor) -> SupplyWish:
            self._stock.known(cursor, vendor_id)
            terms = self._stock.terms(cursor, vendor_id, wish)
            kept = supply_store.wish(cursor, vendor_id)
            lead = wish.lead_days or (None if kept is None else kept[2])
            supply_store.keep_wish(cursor, vendor_id, terms.service, terms.review_days, lead)
            detail = {"service": terms.service, "review_days": terms.review_days, "lead_days": lead}
            entry = audit.Entry(
                self.core.now(), principal.username, "vendor.settings", vendor_id, detail
            )
            audit.record(cursor, entry)
            return SupplyWish(terms.service, terms.review_days, terms.lead_days)

        return self.core.store.write(work)

    def _wish(self, cursor: Cursor, vendor_id: str, wish: SupplyWish | None) -> SupplyWish:
        self._stock.known(cursor, vendor_id)
        terms = self._stock.terms(cursor, vendor_id, wish)
        return SupplyWish(terms.service, terms.review_days, terms.lead_days)

    def _ahead(self, principal: Principal, product_id: str) -> Forecast | None:
        try:
            return self._forecasts.forecast(
                principal, Level.PRODUCT, [product_id], horizon=AHEAD_WEEKS
            )
        except NotEnoughDataError:
            return None
