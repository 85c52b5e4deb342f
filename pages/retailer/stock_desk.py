"""One visit to "Stock and forecast": the shelf as it was read, and what each click does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import streamlit as st

from pages.components import cards, messages, stock_cards
from pages.context import Context
from pages.retailer.draft_acts import DraftActs
from pages.state import Slot
from smartreco.entities import ListName
from smartreco.workspace.stock_views import ShelfRow, ShelfView, ShelfWish
from smartreco.workspace.views import Draft


class Counted(NamedTuple):
    """A count of a product."""

    pieces: int
    on: date


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
    counted = Slot[dict[str, Counted | None] | None](None)  # known before the last count


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

    def needed(self) -> list[ShelfRow]:
        """Rows to order that are not on the draft yet."""
        return [row for row in self.view.rows if orderable(row) and not self.on_order(row)]

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
        before = {one: self._counted(one) for one in counts}
        with messages.told(self.ctx.language):
            n = self.ctx.workspace.stock.set_counts(self.ctx.principal, self.retailer_id, counts)
            state.counted = before
            messages.done(self.ctx.t("{n} counts are kept", n=n))

    def uncount(self) -> None:
        """Put back what was known before the last counts."""
        before, state.counted = state.counted or {}, None
        stock, who, shop = self.ctx.workspace.stock, self.ctx.principal, self.retailer_id
        with messages.told(self.ctx.language):
            stock.forget_counts(who, shop, list(before))
            by_day: dict[date, dict[str, int]] = {}
            for product_id, known in before.items():
                if known is not None:
                    by_day.setdefault(known.on, {})[product_id] = known.pieces
            for day, counts in by_day.items():
                stock.set_counts(who, shop, counts, day)
            messages.done(self.ctx.t("The last counts are taken back"))

    def _counted(self, product_id: str) -> Counted | None:
        row = self.view.row(product_id)
        if row is None or row.counted is None or row.counted_on is None:
            return None
        return Counted(row.counted, row.counted_on)


def orderable(row: ShelfRow) -> bool:
    """Whether there is something to order of it."""
    return bool(row.pieces) and row.product.active


def name(row: ShelfRow) -> str:
    """A product's name as it is shown."""
    return cards.calm(row.product.name)


def late(rows: Sequence[ShelfRow]) -> list[ShelfRow]:
    """Rows that are as likely as not to run out before an order of today could arrive."""
    return [row for row in rows if stock_cards.late(row)]


def show_more() -> None:
    """Open more lines."""
    state.length += 20
    st.rerun()


def _item(row: ShelfRow) -> tuple[str, int, ListName | None]:
    return row.product.product_id, int(row.pieces or row.product.case_size), ListName.REORDER
