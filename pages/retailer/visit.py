"""One visit to "For you": what is shown, and what each click does.

An act is kept in the store at once; then only the parts that it touched are
drawn again, so the lists do not jump under the reader's finger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

import streamlit as st

from pages.components import cards, messages
from pages.context import Context
from smartreco.entities import ListName, Product, Suggestion
from smartreco.recommend.rules import note_words
from smartreco.workspace.views import DueLine, ExplanationView, ForYou


class Part(StrEnum):
    """Parts of the page that can be drawn again alone."""

    ANSWER = "answer"
    REORDER = ListName.REORDER.value
    DISCOVER = ListName.DISCOVER.value
    NOT_FOR_ME = "not-for-me"
    ORDER = "order"


class Visit:
    """What one run of the page read from the workspace, kept up to date by its acts."""

    def __init__(self, ctx: Context, shown: ForYou) -> None:
        self.ctx = ctx
        self.shown = shown
        self.draft = shown.draft
        self.dismissed = list(shown.dismissed)
        self._drawn: set[Part] = set()

    @property
    def retailer_id(self) -> str:
        """The shop whose page this is."""
        return self.shown.retailer.retailer_id

    def ordered(self, product_id: str) -> bool:
        """Whether a product is on the draft."""
        return self.draft.quantity(product_id) > 0

    def hidden(self, product_id: str) -> bool:
        """Whether a product was dismissed since the lists were made."""
        return any(product.product_id == product_id for product in self.dismissed)

    def missing(self) -> list[DueLine]:
        """Due lines that are neither ordered nor dismissed yet."""
        done = {line.product.product_id for line in self.draft.lines}
        done |= {product.product_id for product in self.dismissed}
        return [line for line in self.shown.due if line.product.product_id not in done]

    def part(self, part: Part, draw: Callable[..., None], *args: object) -> None:
        """Draw a part of the page so that it can be drawn again alone."""
        self._drawn.add(part)
        st.fragment(draw, key=part.value)(self, *args)

    def add(self, line: Suggestion) -> None:
        """Put a suggestion on the draft, in its quantity."""
        found = line.recommendation
        self._add([(found.product_id, found.quantity, found.list)])

    def add_due(self, lines: Sequence[DueLine]) -> None:
        """Put what is due on the draft; one undo takes it all back."""
        self._add([(one.product.product_id, one.quantity, ListName.REORDER) for one in lines])

    def _add(self, items: Sequence[tuple[str, int, ListName]]) -> None:
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.add_many(
                self.ctx.principal, self.retailer_id, items
            )
        self._order_changed({product_id for product_id, _, _ in items})

    def set_count(self, product_id: str, key: str, size: int) -> None:
        """Take the quantity that a stepper holds, in packs of `size` pieces."""
        count = st.session_state.get(key)
        with messages.told(self.ctx.language):
            if isinstance(count, int) and count > 0:
                self.draft = self.ctx.workspace.drafts.set_quantity(
                    self.ctx.principal, self.retailer_id, product_id, count * size
                )
        self._order_changed(set())

    def remove(self, product_id: str) -> None:
        """Take a product off the draft."""
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.remove(
                self.ctx.principal, self.retailer_id, product_id
            )
        self._order_changed({product_id})

    def undo(self) -> None:
        """Take back the last change of the draft."""
        before = {line.product.product_id for line in self.draft.lines}
        with messages.told(self.ctx.language):
            self.draft = self.ctx.workspace.drafts.undo(self.ctx.principal, self.retailer_id)
        self._order_changed(before ^ {line.product.product_id for line in self.draft.lines})

    def dismiss(self, line: Suggestion) -> None:
        """ "Not for me": the line gives way to a word of what happened, and an undo."""
        product, source = line.product, line.recommendation.list
        with messages.told(self.ctx.language):
            self.ctx.workspace.drafts.dismiss(
                self.ctx.principal, self.retailer_id, product.product_id, source
            )
            self.dismissed.insert(0, product)
        self._redraw(Part.ANSWER, Part.NOT_FOR_ME, *self._lists_with({product.product_id}))

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
        self._redraw(Part.ANSWER, Part.NOT_FOR_ME, *places)

    def csv(self) -> str:
        """The draft as a file."""
        return self.ctx.workspace.drafts.csv(self.ctx.principal, self.retailer_id)

    def explain(self, line: Suggestion) -> ExplanationView:
        """The addends of a line's score, in words."""
        return self.ctx.workspace.lists.explain(
            self.ctx.principal, self.retailer_id, line.product.product_id,
            line.recommendation.list, self.ctx.language,
        )  # fmt: skip

    def sentences(self, line: Suggestion) -> list[str]:
        """The reasons of a line in full, the strongest first."""
        words = self.ctx.workspace.lists.words
        return [words(reason, self.ctx.language) for reason in line.recommendation.reasons]

    def rules(self, line: Suggestion) -> list[str]:
        """The rules that moved a line, in full."""
        notes = line.recommendation.notes
        return [note_words(name, line.product, self.ctx.language) for name in notes]

    def _order_changed(self, product_ids: set[str]) -> None:
        self._redraw(Part.ANSWER, Part.ORDER, *self._lists_with(product_ids))

    def _lists_with(self, product_ids: set[str]) -> list[Part]:
        lists = ((Part.REORDER, self.shown.reorder), (Part.DISCOVER, self.shown.discover))
        return [
            part for part, lines in lists
            if any(line.product.product_id in product_ids for line in lines)
        ]  # fmt: skip

    def _redraw(self, *parts: Part) -> None:
        st.rerun([part.value for part in parts if part in self._drawn])
