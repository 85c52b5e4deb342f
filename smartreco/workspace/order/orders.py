"""The loop closed: a draft becomes an order, and orders can be looked back on, repeated, handed on.

Everything that placing changes is written in one transaction, after the same checks that
the page showed; what lists make of it follows in the background.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import Principal, Role
from smartreco.store import order_book
from smartreco.store.connection import Cursor
from smartreco.workspace.core import permits
from smartreco.workspace.order.book_views import DraftCheck, OrderSummary, OrderView, Repeated
from smartreco.workspace.order.cancelling import cancel_order
from smartreco.workspace.order.checks import check_draft
from smartreco.workspace.order.files import OrderFiles
from smartreco.workspace.order.history import history_page
from smartreco.workspace.order.placing import Seen, clean_note, place_draft
from smartreco.workspace.order.reading import order_view
from smartreco.workspace.order.repeating import more_than_on, no_longer_sold, order_to_repeat
from smartreco.workspace.order.settling import settle_order


class Orders(OrderFiles):
    """Use cases on orders."""

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def check(self, principal: Principal, retailer_id: str) -> DraftCheck:
        """Whether the shop's draft can be placed, and what stands in the way."""
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            lines = self._drafts.draft(cursor, retailer_id).lines
            return check_draft(cursor, retailer_id, lines, self.core.now())

    @permits(Role.RETAILER)
    def place(
        self, principal: Principal, retailer_id: str, note: str = "",
        seen: Seen | None = None, total: float | None = None,
    ) -> OrderView:  # fmt: skip
        """Make the draft an order, and empty it.

        Parameters
        ----------
        note
            What the distributor should know; at most `order_placing.LONGEST_NOTE` signs.
        seen
            (product_id, quantity) of the lines as their reader saw them; None: whatever
            is on the draft.
        total
            What the reader saw it come to: prices may change while a page is open, as at
            the end of a promotion. None: whatever it comes to.

        Raises
        ------
        InputError
            Something stands in the way (see `check`), the draft is not what was seen, or
            the note is too long. Nothing has changed.
        """
        require_retailer(principal, retailer_id)
        note = clean_note(note)
        with self.core.store.cursor() as cursor:
            fitted, now = self._models.latest(cursor), self.core.now()

        def work(cursor: Cursor) -> str:
            lines = self._drafts.draft(cursor, retailer_id).lines
            return place_draft(
                cursor, principal, retailer_id, lines, seen=seen, total=total, note=note, now=now,
                fitted=fitted,
            )  # fmt: skip

        order_id = self.core.store.write(work, lambda _: self._drafts.steps.forget(retailer_id))
        self._models.refresh_soon()
        with self.core.store.cursor() as cursor:
            return order_view(cursor, fitted.catalogue, retailer_id, order_id)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def history(
        self, principal: Principal, retailer_id: str, limit: int = 20, offset: int = 0,
        status: str | None = None,
    ) -> tuple[tuple[OrderSummary, ...], int]:  # fmt: skip
        """Some of a shop's orders, newest first, and how many there are.

        Raises
        ------
        InputError
            No such status, or too long a page.
        """
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            return history_page(cursor, retailer_id, limit, offset, status)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def counts(self, principal: Principal, retailer_id: str) -> dict[str, int]:
        """How many orders the shop has of each status; a status without any is left out."""
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            return order_book.totals(cursor, retailer_id)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def read(self, principal: Principal, retailer_id: str, order_id: str) -> OrderView:
        """One order with its lines.

        Raises
        ------
        NotFoundError
            The shop has no such order; the words are the same where another has.
        """
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            return order_view(cursor, self._models.current.catalogue, retailer_id, order_id)

    @permits(Role.RETAILER)
    def cancel(self, principal: Principal, retailer_id: str, order_id: str) -> OrderView:
        """Take back an order that was placed here and that nobody has confirmed yet.

        Raises
        ------
        InputError
            It is too late, or the order came with the data.
        NotFoundError
            As `read`.
        """
        require_retailer(principal, retailer_id)
        catalogue, now = self._models.current.catalogue, self.core.now()
        self.core.store.write(
            lambda cursor: cancel_order(cursor, principal, retailer_id, order_id, now)
        )
        self._models.refresh_soon()
        with self.core.store.cursor() as cursor:
            return order_view(cursor, catalogue, retailer_id, order_id)

    @permits(Role.ADMIN)
    def placed_here(
        self, principal: Principal, statuses: Sequence[str] = ("placed", "confirmed")
    ) -> pd.DataFrame:
        """Orders of all shops that were placed here; see `order_book.placed_here`."""
        with self.core.store.cursor() as cursor:
            return order_book.placed_here(cursor, statuses)

    @permits(Role.ADMIN)
    def settle(
        self, principal: Principal, order_id: str, status: str, delivered_on: date | None = None
    ) -> str:
        """Say what became of an order that was placed here; answer what it is then.

        A placed order is confirmed, a confirmed one delivered; both can be cancelled. A
        delivery (None: today) frees the shop's credit, is on its shelf and has left the vendors'
        stock; what is free there stays, since the order had taken the pieces already. All
        vendors' parts are settled; what one has delivered or refused already stays so.

        Raises
        ------
        SmartRecoError
            See `order_settling.settle_order`. Nothing has changed.
        """
        now = self.core.now()
        became = self.core.store.write(
            lambda cursor: settle_order(cursor, principal, order_id, status, delivered_on, now)
        )
        if status == "cancelled":
            self._models.refresh_soon()
        return became

    @permits(Role.RETAILER)
    def repeat(
        self, principal: Principal, retailer_id: str, order_id: str | None = None
    ) -> Repeated:
        """Put an order (None: the last) on the draft again, in one act that undo takes back.

        A product that is on the draft already gets the larger of both quantities, so that
        repeating twice does not order twice.

        Raises
        ------
        NotFoundError
            No such order, or none at all.
        """
        require_retailer(principal, retailer_id)
        catalogue = self._models.current.catalogue
        with self.core.store.cursor() as cursor:
            draft = self._drafts.draft(cursor, retailer_id)
            order = order_to_repeat(cursor, catalogue, retailer_id, order_id)
        more = more_than_on(draft, order)
        if more:
            draft = self._drafts.set_many(principal, retailer_id, more)
        return Repeated(draft, len(more), no_longer_sold(order))
