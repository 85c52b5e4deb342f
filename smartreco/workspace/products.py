"""The catalogue: finding a product, and all that a shop may know of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.recommend.recent import Recent
from smartreco.store import dataset as dataset_store
from smartreco.store import drafts as draft_store
from smartreco.store import free_stock
from smartreco.store import product_facts as fact_store
from smartreco.store import product_search as search_store
from smartreco.store import search_words as word_store
from smartreco.store.connection import Cursor
from smartreco.store.product_search import Hits, Wanted
from smartreco.store.search_words import SearchIndex
from smartreco.workspace import clock
from smartreco.workspace import product_reading as reading
from smartreco.workspace.core import Core, permits
from smartreco.workspace.drafts import Drafts
from smartreco.workspace.models import Fitted, Models
from smartreco.workspace.product_views import ProductView, SearchPage, SupplyView
from smartreco.workspace.views import Draft

LONGEST_PAGE: Final = 100
INDEXES, SEARCHES, VIEWS = 2, 64, 64  # held: of states of the catalogue, and answers


class Products:
    """Use cases on the catalogue."""

    def __init__(self, core: Core, models: Models, drafts: Drafts) -> None:
        self.core = core
        self._models = models
        self._drafts = drafts
        self._indexes: Recent[tuple[int, int], SearchIndex] = Recent(INDEXES)
        self._hits: Recent[tuple[object, ...], Hits] = Recent(SEARCHES)
        self._views: Recent[tuple[object, ...], ProductView] = Recent(VIEWS)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def search(self, principal: Principal, retailer_id: str, wanted: Wanted) -> SearchPage:
        """A page of the products that a shop looks for.

        Raises
        ------
        NotAllowedError
            Another's shop.
        NotFoundError
            No such shop.
        InputError
            A page that is too long.
        """
        require_retailer(principal, retailer_id)
        if not (1 <= wanted.limit <= LONGEST_PAGE and wanted.offset >= 0):
            raise InputError(
                f"a page of the catalogue has 1 to {LONGEST_PAGE} products", str(wanted.limit),
                "choose another length",
            )  # fmt: skip
        fitted = self._models.current
        fitted.catalogue.retailer(retailer_id)
        with self.core.store.cursor() as cursor:
            version = dataset_store.data_version(cursor)
            hits = self._hits.get(
                (fitted.state, version, retailer_id, wanted),
                lambda: self._search(cursor, fitted, retailer_id, wanted),
            )
            draft = self._drafts.draft(cursor, retailer_id)
            dismissed = frozenset(draft_store.dismissed(cursor, retailer_id))
            today = clock.today(cursor, self.core.now())
        return SearchPage(
            reading.found(fitted, retailer_id, hits, today), hits.total, hits.unfiltered,
            dict(hits.categories), dict(hits.vendors), hits.match, hits.read_as,
            fitted.catalogue.facets, reading.stock_known(fitted), draft, dismissed,
        )  # fmt: skip

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def product(self, principal: Principal, retailer_id: str, product_id: str) -> ProductView:
        """All that a shop may know of a product; one no longer sold as well.

        Raises
        ------
        NotAllowedError
            Another's shop.
        NotFoundError
            No such shop or product.
        """
        require_retailer(principal, retailer_id)
        fitted = self._models.current
        fitted.catalogue.retailer(retailer_id)
        fitted.catalogue.product(product_id)
        with self.core.store.cursor() as cursor:
            today = clock.today(cursor, self.core.now())
            draft = self._drafts.draft(cursor, retailer_id)
            hidden = draft_store.dismissed(cursor, retailer_id)
            basket = tuple(one.product.product_id for one in draft.lines)
            state = (fitted.state, dataset_store.data_version(cursor), today)
            view = self._views.get(
                (*state, retailer_id, product_id, basket),
                lambda: _view(cursor, fitted, retailer_id, product_id, basket, today),
            )
        return replace(view, draft=draft, dismissed=product_id in hidden)

    def _search(self, cursor: Cursor, fitted: Fitted, retailer_id: str, wanted: Wanted) -> Hits:
        index = self._indexes.get(
            (fitted.version, fitted.reading),
            lambda: word_store.build(cursor, fitted.catalogue.products),
        )
        return search_store.search(
            cursor, index, wanted, retailer_id, reading.liked(fitted, retailer_id)
        )


def _view(
    cursor: Cursor, fitted: Fitted, retailer_id: str, product_id: str, basket: tuple[str, ...],
    today: date,
) -> ProductView:  # fmt: skip
    """What stays as long as neither model nor data nor the draft's products change."""
    product = fitted.catalogue.product(product_id)
    facts = fact_store.facts(cursor, product_id)
    own = tuple(fact_store.own_orders(cursor, retailer_id, product_id))
    free = free_stock.free(cursor, [product_id]).get(product_id)
    line = reading.line(fitted, retailer_id, product_id, basket, today)
    return ProductView(
        product=replace(product, on_hand=free),
        retailer=fitted.catalogue.retailer(retailer_id),
        today=today,
        price=reading.price(product, own, fact_store.promotion(cursor, product_id, today)),
        supply=SupplyView(
            product.vendor, facts.lead_time_days, facts.min_order_value, free, facts.stock_on
        ),
        suggestion=line,
        usual=reading.usual(fitted, retailer_id, [product_id])[0],
        own=reading.history(own, line, today),
        alike=reading.alike(fitted, retailer_id, product_id),
        together=reading.together(fitted, retailer_id, product_id),
        market=reading.market(cursor, retailer_id, product_id, today),
        draft=Draft(),
        dismissed=False,
    )
