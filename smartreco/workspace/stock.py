"""What a shop holds, when it runs out, and what it should order now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from smartreco.accounts.permissions import require_retailer
from smartreco.columns import PRODUCT_ID
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError
from smartreco.recommend.recent import Recent
from smartreco.stock.builder import build
from smartreco.stock.limits import Candidates, Limits
from smartreco.stock.outcomes import check_service
from smartreco.stock.suggesting import weigh
from smartreco.store import audit, placing
from smartreco.store import drafts as draft_store
from smartreco.store import shelf as shelf_store
from smartreco.store import shelf_counts as counts_store
from smartreco.store.connection import Cursor
from smartreco.store.shelf_counts import Entered
from smartreco.workspace.core import Core, permits
from smartreco.workspace.models import Models
from smartreco.workspace.on_draft import on_draft
from smartreco.workspace.order_candidates import offered, wanted
from smartreco.workspace.order_views import Aim, OrderWish, SuggestedOrder
from smartreco.workspace.rules import RuleBook
from smartreco.workspace.shelf_counting import check_counts, preview, sheet
from smartreco.workspace.shelf_course import course_of
from smartreco.workspace.shelf_reading import USUAL_LEAD, Shelf
from smartreco.workspace.shelf_rows import shelf_view
from smartreco.workspace.shelves import Shelves
from smartreco.workspace.stock_views import (
    LONGEST_REVIEW,
    REVIEW_DAYS,
    SERVICE,
    CountsPreview,
    Course,
    ShelfView,
    ShelfWish,
)
from smartreco.workspace.suggested_orders import suggested

VIEWS_HELD = 32  # shelves as shown: a rerun of a page finds them made


class Stock:
    """Use cases on stock."""

    def __init__(self, core: Core, models: Models, rules: RuleBook) -> None:
        self.core = core
        self._models = models
        self._rules = rules
        self._shelves = Shelves(core)
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
            return ShelfWish(*_whole(cursor, retailer_id, None))

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
            whole = _whole(cursor, retailer_id, wish)
            counts_store.keep_wish(cursor, retailer_id, *whole)
            self._record(cursor, principal, "shelf.settings", retailer_id, service=whole[0],
                         review_days=whole[1])  # fmt: skip
            return ShelfWish(*whole)

        return self.core.store.write(work)

    @permits(Role.RETAILER)
    def set_counts(
        self, principal: Principal, retailer_id: str, counts: Mapping[str, int],
        on_day: date | None = None,
    ) -> Entered:  # fmt: skip
        """Enter what was counted on a day (None: today); returns what `uncount` takes back.

        See `smartreco.stock.counting` for what is made of a count on later days.

        Raises
        ------
        InputError
            A count below zero, a day that is not past or too long ago, or nothing counted.
        NotFoundError
            No such product or shop.
        """
        require_retailer(principal, retailer_id)
        catalogue = self._models.current.catalogue
        catalogue.retailer(retailer_id)
        for one in counts:
            catalogue.product(one)

        def work(cursor: Cursor) -> Entered:
            today, now = self._shelves.today(cursor), self.core.now()
            day = check_counts(counts, on_day or today, today)
            entered = counts_store.put(cursor, retailer_id, counts, day, principal.username, now)
            self._record(
                cursor, principal, "shelf.counted", retailer_id, products=len(counts), day=day
            )
            return entered

        return self.core.store.write(work)

    @permits(Role.RETAILER)
    def uncount(self, principal: Principal, retailer_id: str, entered: Entered) -> int:
        """Take back what one act of `set_counts` entered; returns how many products.

        Earlier counts stay, and one of the same day that was overwritten is there again.
        What was counted once more since then stays too.
        """
        require_retailer(principal, retailer_id)

        def work(cursor: Cursor) -> int:
            gone = counts_store.take_back(cursor, retailer_id, entered)
            if gone:
                self._record(cursor, principal, "shelf.uncounted", retailer_id, products=gone)
            return gone

        return self.core.store.write(work)

    @permits(Role.RETAILER)
    def forget_counts(
        self, principal: Principal, retailer_id: str, product_ids: Sequence[str] | None = None
    ) -> int:
        """Take back counts that were entered (None: all); returns how many."""
        require_retailer(principal, retailer_id)

        def work(cursor: Cursor) -> int:
            gone = counts_store.forget(cursor, retailer_id, product_ids)
            if gone:
                self._record(cursor, principal, "shelf.forgotten", retailer_id, counts=gone)
            return gone

        return self.core.store.write(work)

    @permits(Role.RETAILER)
    def read_counts(
        self, principal: Principal, retailer_id: str, content: str | bytes, name: str = ""
    ) -> CountsPreview:
        """Read codes and pieces that were typed, pasted or uploaded; nothing is changed.

        Raises
        ------
        InputError
            A file that cannot be read.
        """
        require_retailer(principal, retailer_id)
        return preview(self._models.current.catalogue, content, name)

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
            service, review = _whole(cursor, retailer_id, ShelfWish(wish.service, wish.review_days))
            hidden = draft_store.dismissed(cursor, retailer_id)
            there = on_draft(fitted.catalogue, draft_store.read(cursor, retailer_id))
            plans = self._rules.published(cursor, fitted)
            shelf = self._shelves.of(cursor, retailer_id)
            share = self._share(cursor, shelf, service, review)
            credit = there.credit_left(shelf_store.credit(cursor, retailer_id).free)
            minimum = there.minimums_left(shelf_store.minimums(cursor))
            ordered = placing.ordered_since(cursor, retailer_id, fitted.data_version)
            offer = offered(fitted, retailer_id, plans, [*hidden, *there.product_ids], ordered)
            ids = fitted.catalogue.products[PRODUCT_ID].iloc[offer.product].tolist()
            free = placing.free(cursor, ids)
        asked = wanted(fitted, offer, shelf, free, review, wish.aim is Aim.MARGIN)
        weighed = weigh(asked, share)
        order = build(
            Candidates(
                asked.product_ids, asked.vendors, asked.unit_price * asked.case_size,
                weighed.lots, asked.discover,
            ),
            Limits(wish.budget, credit, minimum, wish.discovery_share),
        )  # fmt: skip
        order = replace(order, limits=tuple(there.whole(one) for one in order.limits))
        return suggested(fitted, asked, weighed, order, wish, service)

    def _view(self, cursor: Cursor, retailer_id: str, wish: ShelfWish | None) -> ShelfView:
        fitted = self._models.current
        fitted.catalogue.retailer(retailer_id)
        service, review = _whole(cursor, retailer_id, wish)
        state = self._shelves.state(cursor, retailer_id)

        def made() -> ShelfView:
            shelf = self._shelves.of(cursor, retailer_id)
            share = self._share(cursor, shelf, service, review)
            return shelf_view(shelf, fitted.catalogue, service, share, review)

        return self._views.get((fitted.version, state, service, review), made)

    def _share(self, cursor: Cursor, shelf: Shelf, service: float, review: int) -> float:
        """The quantile that keeps the service level, by what would have kept it."""
        lead = float(shelf.lead.mean()) if len(shelf) else USUAL_LEAD
        return self._shelves.attained(cursor, lead, review).share(service)

    def _record(
        self, cursor: Cursor, principal: Principal, action: str, retailer_id: str, **detail: object
    ) -> None:
        entry = audit.Entry(self.core.now(), principal.username, action, retailer_id, detail)
        audit.record(cursor, entry)


def _whole(cursor: Cursor, retailer_id: str, wish: ShelfWish | None) -> tuple[float, int]:
    """Service level and review days: as asked for, else as kept, else the usual ones."""
    wish = wish or ShelfWish()
    kept = counts_store.wish(cursor, retailer_id) or (SERVICE, REVIEW_DAYS)
    service = kept[0] if wish.service is None else wish.service
    review = kept[1] if wish.review_days is None else wish.review_days
    check_service(service)
    if not 1 <= review <= LONGEST_REVIEW:
        raise InputError(
            f"a shop orders again within 1 to {LONGEST_REVIEW} days", str(review),
            "choose another number",
        )  # fmt: skip
    return service, review
