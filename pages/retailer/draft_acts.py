"""The order being put together, and what a click can do to it, on whatever page it is shown.

Every act is kept in the store at once and can be undone; what is drawn again
after it is the page's own affair.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import streamlit as st

from pages.components import messages
from pages.context import Context
from pages.retailer.parts import Parts
from pages.state import Slot
from smartreco.language import Language, Message
from smartreco.workspace.draft_items import MOST_PIECES, Put
from smartreco.workspace.views import Draft

ON_ORDER = Message("{n} product is on your order", "{n} products are on your order", "n")


class StepState:
    """What the steppers of an order keep for a browser tab."""

    by_piece = Slot[frozenset[str]](frozenset())  # products that step by one piece


step_state = StepState()


class DraftActs(Parts, ABC):
    """A shop's draft as a page last read it, kept up to date by its acts."""

    def __init__(self, ctx: Context, retailer_id: str, draft: Draft) -> None:
        super().__init__(ctx)
        self.retailer_id = retailer_id
        self.draft = draft

    @abstractmethod
    def order_changed(self, product_ids: set[str]) -> None:
        """Draw again what shows the order; these products came on it or went off."""

    def ordered(self, product_id: str) -> bool:
        """Whether a product is on the draft."""
        return self.draft.quantity(product_id) > 0

    def put(self, items: Sequence[Put]) -> None:
        """Put products on the draft; one undo takes them all back."""
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.add_many(
                self.ctx.principal, self.retailer_id, items
            )
        self.order_changed({item[0] for item in items})

    def set_count(self, product_id: str, key: str) -> None:
        """Take the pieces that a stepper holds: 0 takes the line off, nothing leaves it as it was.

        What no order can hold is refused in a sentence and never rounded.
        """
        wanted: float | None = st.session_state.get(key)
        if wanted == 0:
            self.remove(product_id)
            return
        refused = "" if wanted is None else self._refused(wanted)
        if refused:
            messages.done(refused, ":material/error:")
        elif wanted is not None:
            with messages.told(self.ctx.language):
                self.draft = self.ctx.workspace.drafts.set_quantity(
                    self.ctx.principal, self.retailer_id, product_id, int(wanted)
                )
        self.count_changed(product_id)

    def count_changed(self, product_id: str) -> None:
        """Draw again what shows how much of a product is ordered."""
        self.order_changed(set())

    def set_many(self, pieces: Mapping[str, int], said: str = "") -> None:
        """Set the pieces of several products, 0 takes one off; one undo takes it all back.

        ``said`` confirms it in words where the page does not show it by itself.
        """
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.set_many(
                self.ctx.principal, self.retailer_id, pieces
            )
            step_state.by_piece -= set(pieces)
            if said:
                messages.done(said)
        self.order_changed(set(pieces))

    def remove(self, product_id: str) -> None:
        """Take a product off the draft."""
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.remove(
                self.ctx.principal, self.retailer_id, product_id
            )
            step_state.by_piece -= {product_id}
        self.order_changed({product_id})

    def clear(self) -> None:
        """Empty the draft; one undo brings it back."""
        before = self._on_it()
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.clear(self.ctx.principal, self.retailer_id)
        self.order_changed(before)

    def undo(self) -> None:
        """Take back the last change of the draft."""
        before = self._on_it()
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.undo(self.ctx.principal, self.retailer_id)
        self.order_changed(before ^ self._on_it())

    def _refused(self, pieces: float) -> str:
        """Why an order cannot hold so many pieces; "" where it can."""
        t = self.ctx.t
        if pieces < 0:
            return t("A quantity cannot be below 0: {n} was not taken", n=f"{pieces:g}")
        if not float(pieces).is_integer():
            return t("Orders are in whole pieces: {n} was not taken", n=f"{pieces:g}")
        if pieces > MOST_PIECES:
            return t("A line of an order holds at most {most} pieces", most=MOST_PIECES)
        return ""

    def _on_it(self) -> set[str]:
        return {line.product.product_id for line in self.draft.lines}


def said_on_order(language: Language, products: int) -> None:
    """Confirm that products came on the order."""
    messages.done(language.say(ON_ORDER, {"n": products}))
