"""One visit to "Stock and forecast": the shelf as it was read, and what each click does."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from pages.components import cards, messages
from pages.context import Context
from pages.retailer.draft_acts import DraftActs
from pages.state import Slot
from smartreco.entities import ListName
from smartreco.store.shelf_counts import Entered
from smartreco.workspace.shelf.stock_views import ShelfRow, ShelfView, ShelfWish
from smartreco.workspace.views import Draft


class Part(StrEnum):
    """Parts of the page that can be drawn again alone."""

    ANSWER = "stock-answer"
    SHELF = "stock-shelf"
    OUTLOOK = "stock-outlook"


class StockState:
    """What this page keeps for a browser tab."""

    length = Slot(8)  # lines that are open
    over = Slot(False)  # whether all of what is too much is open
    chart = Slot(0)  # a selection is taken back by drawing another chart
    counted = Slot[Entered | None](None)  # the last counts, as they are taken back


state = StockState()


class StockDesk(DraftActs):
    """What one run of the page read from the workspace, kept up to date by its acts."""

    def __init__(self, ctx: Context, retailer_id: str, view: ShelfView, draft: Draft) -> None:
        super().__init__(ctx, retailer_id, draft)
        self.view = view

    @property
    def known(self) -> bool:
        """Whether any stock of this shop is known."""
        return self.view.stock_known > 0

    def rows(self, category: str | None) -> list[ShelfRow]:
        """Rows of a category; None: all."""
        return [row for row in self.view.rows if category in (None, row.product.category)]

    def needed(self, rows: Sequence[ShelfRow]) -> list[ShelfRow]:
        """Those to order that are not on the draft yet."""
        return [row for row in rows if orderable(row) and not self.on_order(row)]

    def on_order(self, row: ShelfRow) -> bool:
        """Whether it is on the draft."""
        return self.ordered(row.product.product_id)

    def add(self, row: ShelfRow) -> None:
        """Put what is suggested of one product on the draft."""
        self.put([_item(row)])

    def add_needed(self, rows: Sequence[ShelfRow]) -> None:
        """Put all that is needed on the draft; one undo takes it all back."""
        self.put([_item(row) for row in rows])

    def order_changed(self, product_ids: set[str]) -> None:
        """The answer and the lines."""
        self.redraw(Part.ANSWER, Part.SHELF)

    def keep(self, wish: ShelfWish) -> None:
        """Keep what the shop wants of its stock; the page is drawn with it."""
        with messages.told(self.ctx.language):
            self.ctx.workspace.stock.keep_wish(self.ctx.principal, self.retailer_id, wish)

    def count(self, counts: dict[str, int]) -> None:
        """Take counts of the shelf; one undo puts back what was known before."""
        with messages.told(self.ctx.language):
            state.counted = self.ctx.workspace.stock.set_counts(
                self.ctx.principal, self.retailer_id, counts
            )
            messages.done(self.ctx.t("{n} counts are kept", n=len(counts)))

    def uncount(self) -> None:
        """Take the last counts back; what was known before is known again."""
        entered, state.counted = state.counted, None
        if entered is None:
            return
        with messages.told(self.ctx.language):
            self.ctx.workspace.stock.uncount(self.ctx.principal, self.retailer_id, entered)
            messages.done(self.ctx.t("The last counts are taken back"))


def orderable(row: ShelfRow) -> bool:
    """Whether there is something to order of it."""
    return bool(row.pieces) and row.product.active


def name(row: ShelfRow) -> str:
    """A product's name as it is shown."""
    return cards.calm(row.product.name)


def show_more() -> None:
    """Open more lines."""
    state.length += 20
    st.rerun()


def _item(row: ShelfRow) -> tuple[str, int, ListName | None]:
    return row.product.product_id, int(row.pieces or row.step), ListName.REORDER
