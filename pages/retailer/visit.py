"""One visit to "For you": what is shown, and what each click does.

An act is kept in the store at once; then only the parts that it touched are
drawn again, so the lists do not jump under the reader's finger.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from pages.components import cards, messages
from pages.context import Context
from pages.retailer.draft_acts import DraftActs
from smartreco.entities import ListName, Product, Suggestion
from smartreco.workspace.draft_items import DraftItem
from smartreco.workspace.views import DueLine, ForYou


class Part(StrEnum):
    """Parts of the page that can be drawn again alone."""

    ANSWER = "answer"
    REORDER = ListName.REORDER.value
    DISCOVER = ListName.DISCOVER.value
    NOT_FOR_ME = "not-for-me"
    ORDER = "order"


class Visit(DraftActs):
    """What one run of the page read from the workspace, kept up to date by its acts."""

    def __init__(self, ctx: Context, shown: ForYou) -> None:
        super().__init__(ctx, shown.retailer.retailer_id, shown.draft)
        self.shown = shown
        self.dismissed = list(shown.dismissed)

    def hidden(self, product_id: str) -> bool:
        """Whether a product was dismissed since the lists were made."""
        return any(product.product_id == product_id for product in self.dismissed)

    @property
    def due(self) -> list[DueLine]:
        """What is due and was not dismissed: headline and button speak of the same."""
        return [line for line in self.shown.due if not self.hidden(line.product.product_id)]

    def missing(self) -> list[DueLine]:
        """Due lines that are not ordered yet."""
        return [line for line in self.due if not self.ordered(line.product.product_id)]

    def add(self, line: Suggestion) -> None:
        """Put a suggestion on the draft, in its quantity."""
        found = line.recommendation
        by = self.shown.blend_version
        self.put([DraftItem(found.product_id, found.quantity, found.list, by)])

    def add_due(self, lines: Sequence[DueLine]) -> None:
        """Put what is due on the draft; one undo takes it all back."""
        by = self.shown.blend_version
        self.put(
            [DraftItem(one.product.product_id, one.quantity, ListName.REORDER, by) for one in lines]
        )

    def dismiss(self, line: Suggestion) -> None:
        """ "Not for me": the line gives way to a word of what happened, and an undo."""
        product, source = line.product, line.recommendation.list
        with messages.told(self.ctx.language):
            self.ctx.workspace.drafts.dismiss(
                self.ctx.principal, self.retailer_id, product.product_id, source,
                self.shown.blend_version,
            )  # fmt: skip
            self.dismissed.insert(0, product)
        self.redraw(Part.ANSWER, Part.NOT_FOR_ME, *self._lists_with({product.product_id}))

    def restore(self, product: Product) -> None:
        """Bring a dismissed product back; where it has no place here, the lists are made anew."""
        with messages.told(self.ctx.language):
            self.ctx.workspace.drafts.restore(
                self.ctx.principal, self.retailer_id, product.product_id
            )
            self.dismissed = [one for one in self.dismissed if one.product_id != product.product_id]
            messages.done(self.ctx.t("{name} is back", name=cards.calm(product.name)))
        places = self._lists_with({product.product_id})
        if not places:
            st.rerun()
        self.redraw(Part.ANSWER, Part.NOT_FOR_ME, *places)

    def order_changed(self, product_ids: set[str]) -> None:
        """The order, the answer above, and the lists that hold one of these products."""
        self.redraw(Part.ANSWER, Part.ORDER, *self._lists_with(product_ids))

    def _lists_with(self, product_ids: set[str]) -> list[Part]:
        lists = ((Part.REORDER, self.shown.reorder), (Part.DISCOVER, self.shown.discover))
        return [
            part for part, lines in lists
            if any(line.product.product_id in product_ids for line in lines)
        ]  # fmt: skip
