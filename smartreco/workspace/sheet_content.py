"""What is on an order sheet, in the words of its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from smartreco.entities import Product
from smartreco.errors import InputError
from smartreco.language import Language, Message
from smartreco.workspace.order.book_views import OrderView
from smartreco.workspace.order.words import STATUS_WORDS
from smartreco.workspace.views import Draft

_SIZE: Final = Message("{lines} product", "{lines} products", "lines")
_PIECES: Final = Message("{pieces} piece", "{pieces} pieces", "pieces")
_CASES: Final = Message("{cases} case", "{cases} cases", "cases")
_PCS: Final = Message("{pieces} pc", "{pieces} pcs", "pieces")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A product on a sheet; ``unit_price`` and ``value`` in currency, None where not known."""

    product: Product
    quantity: int
    unit_price: float | None

    @property
    def cases(self) -> int:
        """Whole cases among the pieces."""
        return self.quantity // self.product.case_size

    def packs(self, words: Language) -> str:
        """Whole cases and what is left in pieces: nobody sends a fifth of a case.

        "" for a product that comes piece by piece.
        """
        if self.product.case_size == 1:
            return ""
        left = self.quantity % self.product.case_size
        said = [words.text(_CASES, cases=self.cases)] if self.cases else []
        return " + ".join([*said, *([words.text(_PCS, pieces=left)] if left else [])])

    @property
    def value(self) -> float | None:
        """Currency."""
        return None if self.unit_price is None else self.quantity * self.unit_price

    def figures(self, words: Language) -> tuple[str, str, str, str]:
        """Pieces, packs, price and value as they are shown."""
        known = self.value is not None and self.unit_price is not None
        return (
            words.number(self.quantity),
            self.packs(words),
            words.money(self.unit_price or 0.0, 2) if known else words.text("on request"),
            words.money(self.value or 0.0) if known else "",
        )


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What one vendor sends; ``vendor`` is None where the data name none."""

    vendor: str | None
    lines: tuple[SheetLine, ...]

    @property
    def total(self) -> float:
        """Currency, of the lines whose price is known."""
        return sum(line.value or 0.0 for line in self.lines)

    def named(self, words: Language) -> str:
        """The vendor in words."""
        return self.vendor or words.text("Without a vendor")

    def summed(self, words: Language) -> str:
        """What the subtotal is of."""
        return words.text("Subtotal, {vendor}", vendor=self.named(words))


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A sheet: what order it is, of whom and when, its lines and what they come to.

    ``order_id`` is "" for a draft.
    """

    title: str
    shop: str
    day: date
    state: str
    note: str
    lines: tuple[SheetLine, ...]
    order_id: str = ""

    @property
    def total(self) -> float:
        """Currency, of the lines whose price is known."""
        return sum(line.value or 0.0 for line in self.lines)

    @property
    def parts(self) -> tuple[SheetPart, ...]:
        """By vendor, the dearest first; lines keep their order. One where no vendor is named."""
        by_vendor: dict[str | None, list[SheetLine]] = {}
        for line in self.lines:
            by_vendor.setdefault(line.product.vendor, []).append(line)
        parts = [SheetPart(vendor, tuple(lines)) for vendor, lines in by_vendor.items()]
        return tuple(sorted(parts, key=lambda part: (part.vendor is None, -part.total)))

    @property
    def by_vendor(self) -> bool:
        """Whether vendors are told apart: else no line says whose it is."""
        return any(line.product.vendor for line in self.lines)

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
        state=words.text(STATUS_WORDS.get(one.status, one.status)),
        note=one.note,
        lines=tuple(
            SheetLine(line.product, line.quantity, line.unit_price) for line in order.lines
        ),
        order_id=one.order_id,
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
