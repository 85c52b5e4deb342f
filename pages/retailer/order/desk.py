"""The page "Order" while it is open: the draft, whether it can be placed, and what clicks do."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from pages.components import messages
from pages.context import Context
from pages.retailer import mends
from pages.retailer.draft_acts import DraftActs
from pages.state import Slot
from smartreco.entities import DraftLine, ListName
from smartreco.errors import SmartRecoError
from smartreco.language import Message
from smartreco.workspace.order.book_views import DraftCheck, VendorPart
from smartreco.workspace.views import ListFilter

WAY = "order-way"  # the widget that chooses how to fill the order
MORE_K = 24  # suggestions of a vendor that may fill an order up to his minimum

TOPPED = Message(
    "Filled up with {n} product of {vendor}", "Filled up with {n} products of {vendor}", "n"
)


class OrderPart(StrEnum):
    """Parts of the page that can be drawn again alone."""

    ANSWER = "order-answer"
    LINES = "order-lines"
    PLACE = "order-place"
    FILL = "order-fill"


class OrderState:
    """What the page keeps for a browser tab."""

    placed = Slot[str | None](None)  # the order that was placed just now
    refused = Slot("")  # why it could not be placed, until something changes
    everything = Slot(False)  # all lines of a long order are shown


state = OrderState()


class Desk(DraftActs):
    """What one run of the page read, kept up to date by its acts."""

    def __init__(self, ctx: Context) -> None:
        retailer_id = str(ctx.principal.retailer_id)
        super().__init__(ctx, retailer_id, ctx.workspace.drafts.read(ctx.principal, retailer_id))
        self._check: DraftCheck | None = None
        self._was_empty = not self.draft.lines

    @property
    def check(self) -> DraftCheck:
        """Whether the draft as it stands can be placed."""
        if self._check is None:
            self._check = self.ctx.workspace.orders.check(self.ctx.principal, self.retailer_id)
        return self._check

    def lines_of(self, part: VendorPart) -> list[DraftLine]:
        """The draft's lines of one vendor, in the order in which they came."""
        return [line for line in self.draft.lines if line.product.vendor_id == part.vendor_id]

    def order_changed(self, product_ids: set[str]) -> None:
        """All but what is being filled in, which is left as it is."""
        self._check, state.refused = None, ""
        if self._was_empty or not self.draft.lines:
            st.rerun()  # an empty order is another page than one with lines
        self.redraw(OrderPart.ANSWER, OrderPart.LINES, OrderPart.PLACE)

    def filled(self, items: Sequence[tuple[str, int, ListName | None]]) -> None:
        """Put products on the draft from what is below it, and draw that again too."""
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.add_many(
                self.ctx.principal, self.retailer_id, items
            )
            self.done_filling()
        st.rerun()

    def done_filling(self) -> None:
        """Fold away what the order was filled with."""
        st.session_state[WAY] = None

    def drawn_anew(self) -> None:
        """Draw the whole page, for acts that change more than the draft."""
        st.rerun()

    def top_up(self, part: VendorPart) -> None:
        """Fill a vendor's part up to its minimum with what the shop is likeliest to need."""
        pieces: dict[str, int] = {}
        with messages.told(self.ctx.language):
            shown = self.ctx.workspace.lists.for_you(
                self.ctx.principal, self.retailer_id, ListFilter(vendors=(part.vendor or "",)),
                reorder_k=MORE_K, discover_k=MORE_K,
            )  # fmt: skip
            more = [*shown.reorder, *shown.discover]
            pieces = mends.top_up(part, self.draft, more, dict(self.check.available))
            if not pieces:
                messages.done(
                    self.ctx.t("There is not enough in stock to reach the minimum"),
                    ":material/info:",
                )
        if pieces:
            words = self.ctx.language.say(TOPPED, {"n": len(pieces), "vendor": part.vendor or ""})
            self.set_many(pieces, words)

    def place(self, note: str, seen: tuple[tuple[str, int], ...], total: float) -> None:
        """Send the order that the reader saw."""
        try:
            placed = self.ctx.workspace.orders.place(
                self.ctx.principal, self.retailer_id, note, seen, total
            )
            state.placed, state.everything = placed.summary.order_id, False
        except SmartRecoError as error:
            state.refused = messages.refusal(error, self.ctx.language)
        st.rerun()

    def seen(self) -> tuple[tuple[str, int], ...]:
        """The draft as it is on the page, for `place`."""
        return tuple((line.product.product_id, line.quantity) for line in self.draft.lines)
