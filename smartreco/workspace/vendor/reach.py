"""How far a vendor reaches: distribution, overlap, shops won and kept, and shops to win."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, cast

import pandas as pd

from smartreco.columns import CATEGORY
from smartreco.entities import Principal
from smartreco.errors import InputError, NotReadyError
from smartreco.recommend.recent import Recent
from smartreco.store import dataset as dataset_store
from smartreco.store import vendor_reach as reach_store
from smartreco.store import vendor_sales as sales_store
from smartreco.store.connection import Cursor
from smartreco.store.vendor_scope import Scope
from smartreco.vendors.sums import GOODS
from smartreco.workspace.core import Core, permits
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.models import Models
from smartreco.workspace.vendor import reach_tables as tables
from smartreco.workspace.vendor.demand import ANYBODY
from smartreco.workspace.vendor.kept import VendorKept
from smartreco.workspace.vendor.reach_cohorts import read_cohorts
from smartreco.workspace.vendor.reach_overlap import WEEKS, read_overlap
from smartreco.workspace.vendor.reach_reading import (
    Universe,
    View,
    read_course,
    read_universe,
    read_view,
)
from smartreco.workspace.vendor.reach_views import (
    Cohorts,
    Overlap,
    Reached,
    ReachHeadline,
    WhiteSpace,
)
from smartreco.workspace.vendor.reach_white import (
    TOO_SHORT,
    WAITING,
    nothing,
    read_white_space,
)
from smartreco.workspace.vendor.reading import periods_of, read_sales, scope_of
from smartreco.workspace.vendor.views import VendorFilter
from smartreco.workspace.vendor.white_books import WhiteBooks

PARTS_HELD: Final = 8  # of shop x product, which may be a few megabytes each


class VendorReach(VendorKept):
    """Use cases on a vendor's reach.

    Figures on shops that do not buy from him are of whole cells of the one partition
    (`smartreco.vendors.partition`); what shops buy from others counts by size groups
    (`smartreco.vendors.size_groups`). Each takes the filter, None: everything, and raises

    - NotAllowedError: another vendor;
    - NotFoundError: no such vendor (said to staff only);
    - NotEnoughDataError: the data know no full week of the time asked for.
    """

    def __init__(self, core: Core, models: Models) -> None:
        super().__init__(core)
        self._books = WhiteBooks(core, models)
        self._parts: Recent[tuple[object, ...], object] = Recent(PARTS_HELD)
        self._universe: MadeOnce[int, Universe] = MadeOnce(1)

    @permits(*ANYBODY)
    def headline(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> ReachHeadline:
        """Distribution, velocity and stocking shops, each with its change and trend."""
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> ReachHeadline:
            view, known = self._view(cursor, vendor_id, wanted), self._known(cursor, vendor_id)
            course = read_course(cursor, view.universe, known, vendor_id, view, wanted)
            return tables.headline(view, *course)

        return self._kept("headline", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def by_place(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None,
        by: str = "region",
    ) -> Reached:  # fmt: skip
        """Distribution by region | city | segment, whole cells only."""
        wanted = self._asked(principal, vendor_id, wanted)
        if by not in tables.LABELS:
            raise InputError(
                f"places are by {', '.join(tables.LABELS)}", repr(by), "choose one of them"
            )

        def make(cursor: Cursor) -> Reached:
            return tables.by_place(self._view(cursor, vendor_id, wanted), by)

        return self._kept(f"places {by}", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def by_product(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Reached:
        """Distribution of each product."""
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> Reached:
            return tables.by_product(self._view(cursor, vendor_id, wanted))

        return self._kept("products", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def overlap(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None,
        product_id: str | None = None,
    ) -> Overlap:  # fmt: skip
        """What shops buy beside his products; of one product where it is named.

        Raises
        ------
        NotFoundError
            The product is not one of his in the view.
        """
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> Overlap:
            view = self._view(cursor, vendor_id, wanted)
            selling = self._known(cursor, vendor_id).products[CATEGORY].unique().tolist()
            return read_overlap(view, selling, self._buying(cursor, vendor_id, view), product_id)

        return self._kept(f"overlap {product_id!r}", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def cohorts(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None
    ) -> Cohorts:
        """Shops won and kept by quarter, over all known time; his own buyers, by name."""
        wanted = self._asked(principal, vendor_id, wanted)

        def make(cursor: Cursor) -> Cohorts:
            known = self._known(cursor, vendor_id)
            weeks = periods_of(known, VendorFilter()).known
            scope = scope_of(vendor_id, wanted)
            span = (weeks.first, weeks.until)
            rows = reach_store.shop_quarters(cursor, known.gone, scope, span)
            return read_cohorts(rows, sales_store.shop_places(cursor, scope), weeks)

        return self._kept("cohorts", vendor_id, wanted, make)

    @permits(*ANYBODY)
    def white_space(
        self, principal: Principal, vendor_id: str, wanted: VendorFilter | None = None,
        most: int = 200,
    ) -> WhiteSpace:  # fmt: skip
        """Shops that may take a product up and do not buy it, the `most` that bring most by name.

        Learned once for all vendors in the background: until then it says so.
        """
        wanted = self._asked(principal, vendor_id, wanted)
        with self.core.store.cursor() as cursor:
            self._known(cursor, vendor_id)
        try:
            book = self._books.book()
        except NotReadyError:
            return nothing(WAITING)
        if book is None:
            return nothing(TOO_SHORT)

        def make(cursor: Cursor) -> WhiteSpace:
            known = self._known(cursor, vendor_id)
            weeks = periods_of(known, VendorFilter()).known
            ever = reach_store.last_bought(
                cursor, known.gone, Scope(vendor_id), (weeks.first, book.as_of)
            )
            return read_white_space(
                self._view(cursor, vendor_id, wanted), book, ever, wanted, most
            )  # fmt: skip

        return self._kept(f"white space {most} {book.as_of}", vendor_id, wanted, make)

    def warm(self) -> None:
        """Learn what shops take up, if that is not done; `white_space` rests on it."""
        self._books.warm()

    def close(self) -> None:
        """Let work in the background end."""
        self._books.close()

    def _all(self, cursor: Cursor) -> Universe:
        version = dataset_store.data_version(cursor)
        return self._universe.get(version, lambda: read_universe(cursor))

    def _view(self, cursor: Cursor, vendor_id: str, wanted: VendorFilter) -> View:
        key = (dataset_store.data_version(cursor), vendor_id, wanted)

        def make() -> View:
            known = self._known(cursor, vendor_id)
            sales = read_sales(cursor, known, vendor_id, wanted.everywhere())
            return read_view(cursor, self._all(cursor), known, sales, wanted)

        return cast(View, self._parts.get(key, make))

    def _buying(self, cursor: Cursor, vendor_id: str, view: View) -> pd.DataFrame:
        """Who buys which category; the same whatever the filter."""
        key = (dataset_store.data_version(cursor), vendor_id, "buying")
        until = view.periods.known.until
        span = max(until - timedelta(weeks=WEEKS), view.periods.known.first), until
        mine = self._known(cursor, vendor_id).products[GOODS]
        goods = view.universe.goods
        goods = goods.assign(mine=goods[GOODS].isin(mine))
        gone = view.universe.gone
        return cast(
            pd.DataFrame,
            self._parts.get(key, lambda: reach_store.buying(cursor, gone, goods, span)),
        )
