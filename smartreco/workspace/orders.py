"""The loop closed: a draft becomes an order, and orders can be looked back on, repeated, handed on.

Everything that placing changes is written in one transaction, after the same checks that
the page showed; what lists make of it follows in the background.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.language import Language
from smartreco.store import audit, order_book, placing
from smartreco.store.connection import Cursor
from smartreco.workspace import pasting
from smartreco.workspace.core import Core, permits
from smartreco.workspace.drafts import Drafts
from smartreco.workspace.models import Models
from smartreco.workspace.order_book_views import (
    DraftCheck,
    OrderSummary,
    OrderView,
    Pasted,
    Repeated,
)
from smartreco.workspace.order_checks import check_draft
from smartreco.workspace.order_placing import Seen, clean_note, place_draft
from smartreco.workspace.order_reading import CAN_CANCEL, order_view, require_order, summary
from smartreco.workspace.order_settling import settle_order
from smartreco.workspace.order_sheets import Sheet, made_sheet
from smartreco.workspace.order_words import STATUSES
from smartreco.workspace.sheet_content import of_draft, of_order
from smartreco.workspace.views import Draft

MOST_ORDERS: Final = 200  # of a page of the history


class Orders:
    """Use cases on orders."""

    def __init__(self, core: Core, models: Models, drafts: Drafts) -> None:
        self.core = core
        self._models = models
        self._drafts = drafts

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def check(self, principal: Principal, retailer_id: str) -> DraftCheck:
        """Whether the shop's draft can be placed, and what stands in the way."""
        require_retailer(principal, retailer_id)
        with self.core.store.cursor() as cursor:
            lines = self._drafts.draft(cursor, retailer_id).lines
            return check_draft(cursor, retailer_id, lines, self.core.now())

    @permits(Role.RETAILER)
    def place(
        self, principal: Principal, retailer_id: str, note: str = "", seen: Seen | None = None
    ) -> OrderView:
        """Make the draft an order, and empty it.

        Parameters
        ----------
        note
            What the distributor should know; at most `order_placing.LONGEST_NOTE` signs.
        seen
            (product_id, quantity) of the lines as their reader saw them; None: whatever
            is on the draft.

        Raises
        ------
        InputError
            Something stands in the way (see `check`), the draft is not what was seen, or
            the note is too long. Nothing has changed.
        """
        require_retailer(principal, retailer_id)
        note = clean_note(note)
        fitted, now = self._models.current, self.core.now()

        def work(cursor: Cursor) -> str:
            lines = self._drafts.draft(cursor, retailer_id).lines
            return place_draft(
                cursor, principal, retailer_id, lines, seen=seen, note=note, now=now,
                model_version=fitted.version,
            )  # fmt: skip

        order_id = self.core.store.write(work, lambda _: self._drafts.steps.forget(retailer_id))
        self._models.refresh_soon()
        with self.core.store.cursor() as cursor:
            return order_view(cursor, fitted.catalogue, retailer_id, order_id)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def history(
        self,
        principal: Principal,
        retailer_id: str,
        limit: int = 20,
        offset: int = 0,
        status: str | None = None,
    ) -> tuple[tuple[OrderSummary, ...], int]:
        """Some of a shop's orders, newest first, and how many there are.

        Raises
        ------
        InputError
            No such status, or too long a page.
        """
        require_retailer(principal, retailer_id)
        if status is not None and status not in STATUSES:
            raise InputError(
                "a status is one of " + ", ".join(STATUSES), repr(status), "choose one"
            )
        if not (1 <= limit <= MOST_ORDERS and offset >= 0):
            raise InputError(
                f"a page holds 1 to {MOST_ORDERS} orders", f"{limit} from {offset}", "ask for less"
            )
        with self.core.store.cursor() as cursor:
            rows = order_book.page(cursor, retailer_id, limit, offset, status)
            return tuple(summary(*row) for row in rows), order_book.total(
                cursor, retailer_id, status
            )

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

        def work(cursor: Cursor) -> None:
            row = require_order(cursor, retailer_id, order_id)
            if not (row.placed_here and row.status in CAN_CANCEL):
                found = row.status if row.placed_here else "an order that came with the data"
                raise InputError(
                    "an order can be cancelled here until it is confirmed", found,
                    "ask the distributor",
                )  # fmt: skip
            placing.cancel(cursor, row.order_key, principal.username, now)
            audit.record(cursor, audit.Entry(now, principal.username, "order.cancelled", order_id))

        self.core.store.write(work)
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
    ) -> None:
        """Say what became of an order that was placed here.

        A placed order is confirmed, a confirmed one delivered; both can be cancelled. A
        delivery (None: today) frees the shop's credit and is on its shelf; the vendor's free
        stock stays what it was, since the order has taken the pieces already.

        Raises
        ------
        SmartRecoError
            See `order_settling.settle_order`. Nothing has changed.
        """
        now = self.core.now()
        self.core.store.write(
            lambda cursor: settle_order(cursor, principal, order_id, status, delivered_on, now)
        )
        if status == "cancelled":
            self._models.refresh_soon()

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
        with self.core.store.cursor() as cursor:
            draft = self._drafts.draft(cursor, retailer_id)
            if order_id is None:
                last = order_book.last(cursor, retailer_id)
                if last is None:
                    raise NotFoundError("an order that is repeated exists", "none yet", "place one")
                order_id = last.order_id
            order = order_view(cursor, self._models.current.catalogue, retailer_id, order_id)
        wanted: dict[str, int] = {}
        for line in order.lines:
            if line.product.active:
                known = wanted.get(line.product.product_id, 0)
                wanted[line.product.product_id] = known + line.quantity
        more = {one: pieces for one, pieces in wanted.items() if pieces > draft.quantity(one)}
        if more:
            draft = self._drafts.set_many(principal, retailer_id, more)
        gone = [line.product.name for line in order.lines if not line.product.active]
        return Repeated(draft, len(more), tuple(dict.fromkeys(gone)))

    @permits(Role.RETAILER)
    def paste(self, principal: Principal, retailer_id: str, text: str) -> Pasted:
        """Read codes and quantities as they come out of a sheet or a chat; nothing is changed.

        Raises
        ------
        InputError
            Too much text.
        """
        require_retailer(principal, retailer_id)
        return pasting.read_text(text, self._models.current.catalogue)

    @permits(Role.RETAILER)
    def upload(self, principal: Principal, retailer_id: str, name: str, content: bytes) -> Pasted:
        """Read a CSV or XLSX file of codes and quantities; nothing is changed.

        Raises
        ------
        InputError
            The file is too large, or is none of its ending.
        """
        require_retailer(principal, retailer_id)
        return pasting.read_upload(name, content, self._models.current.catalogue)

    @permits(Role.RETAILER)
    def take(self, principal: Principal, retailer_id: str, pasted: Pasted) -> Draft:
        """Put the good lines of a list on the draft as it states them; undo takes them back."""
        require_retailer(principal, retailer_id)
        pieces = {
            line.product.product_id: line.quantity
            for line in pasted.good
            if line.product is not None and line.quantity
        }
        if not pieces:
            return self._drafts.read(principal, retailer_id)
        return self._drafts.set_many(principal, retailer_id, pieces)

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def sheet(
        self,
        principal: Principal,
        retailer_id: str,
        kind: Sheet | str,
        order_id: str | None = None,
        language: Language | None = None,
    ) -> bytes:
        """An order (None: the draft) to print or hand on; text is UTF-8.

        Parameters
        ----------
        language
            None: that of the data set.

        Raises
        ------
        InputError
            No such kind of sheet, or an empty draft.
        NotFoundError
            As `read`.
        """
        require_retailer(principal, retailer_id)
        catalogue = self._models.current.catalogue
        words = language or Language(catalogue.info.locale, catalogue.info.currency)
        shop = catalogue.retailer(retailer_id).name
        with self.core.store.cursor() as cursor:
            if order_id is not None:
                order = order_view(cursor, catalogue, retailer_id, order_id)
                return made_sheet(of_order(order, shop, words), kind, words)
            draft = self._drafts.draft(cursor, retailer_id)
            dated = check_draft(cursor, retailer_id, draft.lines, self.core.now()).dated
        return made_sheet(of_draft(draft, shop, dated, words), kind, words)
