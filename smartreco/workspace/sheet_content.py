"""What is on an order sheet, in the words of its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from smartreco.entities import Product
from smartreco.errors import InputError
from smartreco.language import Language, Message
from smartreco.workspace.order_book_views import OrderView
from smartreco.workspace.views import Draft

_SIZE: Final = Message("{lines} product", "{lines} products", "lines")
_PIECES: Final = Message("{pieces} piece", "{pieces} pieces", "pieces")
_STATUS: Final = {
    "placed": "Placed",
    "confirmed": "Confirmed",
    "delivered": "Delivered",
    "cancelled": "Cancelled",
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A product on a sheet; ``unit_price`` and ``value`` in currency, None where not known."""

    product: Product
    quantity: int
    unit_price: float | None

    @property
    def cases(self) -> float:
        """How many cases the pieces fill."""
        return self.quantity / self.product.case_size

    @property
    def value(self) -> float | None:
        """Currency."""
        return None if self.unit_price is None else self.quantity * self.unit_price

    def figures(self, words: Language) -> tuple[str, str, str, str]:
        """Pieces, cases, price and value as they are shown."""
        known = self.value is not None and self.unit_price is not None
        return (
            words.number(self.quantity),
            words.show(self.cases),
            words.money(self.unit_price or 0.0, 2) if known else words.text("on request"),
            words.money(self.value or 0.0) if known else "",
        )


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A sheet: what order it is, of whom and when, its lines and what they come to."""

    title: str
    shop: str
    day: date
    state: str
    note: str
    lines: tuple[SheetLine, ...]

    @property
    def total(self) -> float:
        """Currency, of the lines whose price is known."""
        return sum(line.value or 0.0 for line in self.lines)

    @property
    def unpriced(self) -> bool:
        """Whether a price is missing."""
        return any(line.value is None for line in self.lines)

    def size(self, words: Language) -> str:
        """How many products and pieces."""
        products = words.text(_SIZE, lines=len(self.lines))
        pieces = words.text(_PIECES, pieces=sum(line.quantity for line in self.lines))
        return f"{products}, {pieces}"


def of_order(order: OrderView, shop: str, words: Language) -> SheetContent:
    """The sheet of an order."""
    one = order.summary
    return SheetContent(
        title=words.text("Order {order_id}", order_id=one.order_id),
        shop=shop,
        day=one.ordered_at.date(),
        state=words.text(_STATUS.get(one.status, one.status)),
        note=one.note,
        lines=tuple(
            SheetLine(line.product, line.quantity, line.unit_price) for line in order.lines
        ),
    )


def of_draft(draft: Draft, shop: str, day: date, words: Language) -> SheetContent:
    """The sheet of a draft.

    Raises
    ------
    InputError
        It is empty.
    """
    if not draft.lines:
        raise InputError("a sheet has at least one line", "an empty order", "add products first")
    return SheetContent(
        title=words.text("Order draft"),
        shop=shop,
        day=day,
        state=words.text("Not placed yet"),
        note="",
        lines=tuple(
            SheetLine(line.product, line.quantity, line.product.unit_price) for line in draft.lines
        ),
    )
