"""What a shop holds, when it runs out, and what it should order now."""

from __future__ import annotations

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import Principal, Role
from smartreco.errors import NotAllowedError
from smartreco.recommend.recent import Recent
from smartreco.store import shelf_counts as counts_store
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits
from smartreco.workspace.models import Models
from smartreco.workspace.order.suggesting import standing, suggest
from smartreco.workspace.order.views import Aim, OrderWish, SuggestedOrder
from smartreco.workspace.rules import RuleBook
from smartreco.workspace.shelf.counted_shelves import CountedShelves
from smartreco.workspace.shelf.counting import sheet
from smartreco.workspace.shelf.course import course_of
from smartreco.workspace.shelf.reading import USUAL_LEAD, Shelf
from smartreco.workspace.shelf.rows import shelf_view
from smartreco.workspace.shelf.stock_views import Course, ShelfView, ShelfWish
from smartreco.workspace.shelf.wishes import whole_wish

VIEWS_HELD = 32  # shelves as shown: a rerun of a page finds them made


class Stock(CountedShelves):
    """Use cases on stock."""

    def __init__(self, core: Core, models: Models, rules: RuleBook) -> None:
        super().__init__(core, models)
        self._rules = rules
        self._views: Recent[tuple[object, ...], ShelfView] = Recent(VIEWS_HELD)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def shelf(
        self, principal: Principal, retailer_id: str, wish: ShelfWish | None = None
    ) -> ShelfView:
        """What the shop holds, when it runs out and what to order, what runs out first on top.

        Raises
        ------
        NotAllowedError
            Another's shop.
        InputError
            A wish that cannot be.
        NotFoundError
            No such shop.
        NotReadyError
            No model is fitted yet, and so no catalogue read.
        """
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            return self._view(cursor, retailer_id, wish)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def course(
        self, principal: Principal, retailer_id: str, product_id: str,
        wish: ShelfWish | None = None,
    ) -> Course | None:  # fmt: skip
        """One product's use and stock week by week; None where the shop does not hold it.

        Raises
        ------
        SmartRecoError
            As `shelf`.
        """
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            row = self._view(cursor, retailer_id, wish).row(product_id)
            shelf = self._shelves.of(cursor, retailer_id)
        return None if row is None else course_of(shelf, row)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def wish(self, principal: Principal, retailer_id: str) -> ShelfWish:
        """What the shop has kept by `keep_wish`, else the usual: nothing in it is None."""
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            return ShelfWish(*whole_wish(cursor, retailer_id, None))

    @permits(Role.RETAILER)
    def keep_wish(self, principal: Principal, retailer_id: str, wish: ShelfWish) -> ShelfWish:
        """Keep the shop's service level and days between orders.

        Raises
        ------
        SmartRecoError
            As `shelf`.
        """
        require_retailer(principal, retailer_id)
        self._models.current.catalogue.retailer(retailer_id)

        def work(cursor: Cursor) -> ShelfWish:
            whole = whole_wish(cursor, retailer_id, wish)
            counts_store.keep_wish(cursor, retailer_id, *whole)
            self._record(cursor, principal, "shelf.settings", retailer_id, service=whole[0],
                         review_days=whole[1])  # fmt: skip
            return ShelfWish(*whole)

        return self.core.store.write(work)

    @permits(Role.RETAILER, Role.ADMIN)
    def template(self, principal: Principal, retailer_id: str) -> bytes:
        """A sheet to count with: the shop's regular products, as CSV."""
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            return sheet(self._view(cursor, retailer_id, None))

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def suggest_order(
        self, principal: Principal, retailer_id: str, wish: OrderWish | None = None
    ) -> SuggestedOrder:
        """An order within budget, credit and vendors' minimums, beside what is on the draft.

        Products on the draft are left out, it uses its part of the free credit, and it counts
        towards vendors' minimums; the budget is that of the suggestion alone.

        Raises
        ------
        NotAllowedError
            Another's shop; or a shop that asks for the distributor's margin.
        InputError
            A wish that cannot be.
        NotFoundError
            No such shop.
        """
        require_retailer(principal, retailer_id)
        wish = wish or OrderWish()
        if wish.aim is Aim.MARGIN and principal.role is Role.RETAILER:
            raise NotAllowedError(
                "what vendors pay is not a shop's to see", "an order by margin",
                "ask for the fewest stock-outs",
            )  # fmt: skip
        fitted = self._models.current
        fitted.catalogue.retailer(retailer_id)
        with self.core.store.cursor() as cursor:
            own = ShelfWish(wish.service, wish.review_days)
            service, review = whole_wish(cursor, retailer_id, own)
            plans = self._rules.published(cursor, fitted)
            now = standing(cursor, fitted, retailer_id, plans)
            shelf = self._shelves.of(cursor, retailer_id)
            share = self._share(cursor, shelf, service, review)
        return suggest(fitted, now, shelf, wish, service, share, review)

    def _view(self, cursor: Cursor, retailer_id: str, wish: ShelfWish | None) -> ShelfView:
        fitted = self._models.current
        fitted.catalogue.retailer(retailer_id)
        service, review = whole_wish(cursor, retailer_id, wish)
        state = self._shelves.state(cursor, retailer_id)

        def made() -> ShelfView:
            shelf = self._shelves.of(cursor, retailer_id)
            share = self._share(cursor, shelf, service, review)
            return shelf_view(shelf, fitted, retailer_id, service, share, review)

        return self._views.get((fitted.state, state, service, review), made)

    def _share(self, cursor: Cursor, shelf: Shelf, service: float, review: int) -> float:
        """The quantile that keeps the service level, by what would have kept it."""
        lead = float(shelf.lead.mean()) if len(shelf) else USUAL_LEAD
        return self._shelves.attained(cursor, lead, review).share(service)
