"""Orders as pages show them: the draft before it is placed, placed orders, and pasted lists.

Apart from `order_views`, which holds the order that is suggested: these are orders that
a person puts together, sends and looks back on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from smartreco.entities import Product
from smartreco.language import Sentence
from smartreco.workspace.views import Draft


class Blocker(StrEnum):
    """What stands between a draft and an order."""

    EMPTY = "empty"
    MINIMUM = "minimum"  # a vendor's least order value is not reached
    CREDIT = "credit"  # the order is above what may still be owed
    STOCK = "stock"  # the vendor has less than is ordered
    INACTIVE = "inactive"  # the product is no longer sold
    CLOSED = "closed"  # the shop no longer orders
    PRICE = "price"  # no price is known: a hint
    CASE = "case"  # not in whole cases: a hint


@dataclass(frozen=True, slots=True)
class VendorPart:
    """What a draft holds of one vendor; currency of the data set.

    ``minimum`` is None where the vendor asks for none; ``vendor_id`` is None for
    products without a vendor.
    """

    vendor_id: str | None
    vendor: str | None
    value: float
    minimum: float | None
    lines: int

    @property
    def missing(self) -> float:
        """What is still to be added to reach the minimum; 0 where it is reached."""
        return max((self.minimum or 0.0) - self.value, 0.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a draft that its reader should know.

    Attributes
    ----------
    sentence
        Said through `smartreco.workspace.order.words.say`.
    product_id, vendor_id
        The line or the vendor it is about; None: the whole draft.
    blocking
        Whether it stands in the way of placing; else it is a hint.
    room
        Pieces that can be had, where less than the line asks for.
    """

    blocker: Blocker
    sentence: Sentence
    product_id: str | None = None
    vendor_id: str | None = None
    blocking: bool = True
    room: int | None = None


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """Whether a draft can be placed, and what it comes to.

    Attributes
    ----------
    parts
        By vendor, in the order of the draft.
    problems
        What blocks first, then hints; each in the order of the draft.
    total
        Currency, of the lines with a price; ``unpriced`` lines have none.
    credit_free
        Currency that may still be owed before this order; None: no limit is known.
    dated
        The day that the order would carry.
    stands_still
        The data end in the past and so does the clock: ``dated`` is not the real day.
    available
        Pieces of each product on the draft that its vendor has free; products
        whose stock is not known are left out.
    """

    parts: tuple[VendorPart, ...]
    problems: tuple[Problem, ...]
    total: float
    unpriced: int
    credit_free: float | None
    dated: date
    stands_still: bool
    available: tuple[tuple[str, int], ...] = ()

    @property
    def can_place(self) -> bool:
        """Whether nothing stands in the way."""
        return not any(one.blocking for one in self.problems)

    def of_product(self, product_id: str) -> tuple[Problem, ...]:
        """What is to be said about one line."""
        return tuple(one for one in self.problems if one.product_id == product_id)


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """A line of an order; ``unit_price`` is None where none was known when it was placed."""

    product: Product
    quantity: int
    unit_price: float | None

    @property
    def value(self) -> float | None:
        """Currency."""
        return None if self.unit_price is None else self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """An order as a list of orders shows it.

    Attributes
    ----------
    status
        placed | confirmed | delivered | cancelled.
    lines, pieces, value
        As ordered where the order was cancelled, else what stayed of it; currency.
    placed_here
        Placed in this application; else it came with the data.
    note
        What its author wrote to the distributor; "" where nothing.
    """

    order_id: str
    ordered_at: datetime
    status: str
    delivered_on: date | None
    lines: int
    pieces: int
    value: float
    placed_here: bool
    note: str
    can_cancel: bool


@dataclass(frozen=True, slots=True)
class OrderPart:
    """What became of one vendor's part of an order; ``vendor`` None: products without one.

    ``reason`` : why he refused it, in his words or one of `order_words.REFUSALS`; "" where
    he did not.
    """

    vendor: str | None
    status: str
    delivered_on: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its lines, the dearest first.

    ``parts`` : by vendor, of an order that was placed here; ``refused`` : lines that a vendor
    called off while the rest goes on, as they were ordered.
    """

    summary: OrderSummary
    lines: tuple[OrderLineView, ...]
    parts: tuple[OrderPart, ...] = ()
    refused: tuple[OrderLineView, ...] = ()

    @property
    def split(self) -> bool:
        """Whether its parts say more than the order does, so that they are worth showing."""
        apart = len({part.status for part in self.parts}) > 1
        return apart or any(part.reason for part in self.parts)


@dataclass(frozen=True, slots=True)
class Repeated:
    """An order put on the draft again; ``gone`` names products that are no longer sold."""

    draft: Draft
    added: int
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A product that a row may mean, and its pieces then."""

    product: Product
    quantity: int


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One row of a pasted or uploaded list.

    Attributes
    ----------
    row
        1-based, as in the text.
    text
        The row as it came, shortened where it is long.
    product, quantity
        What was understood of it; pieces.
    problem
        Why it cannot be taken as it is; None: it can.
    hint
        Something to know about a row that can be taken.
    suggestion
        The product that an unknown code is closest to.
    choices
        Products that the row may mean, for its reader to choose from (`pasting.chosen`).
    """

    row: int
    text: str
    product: Product | None
    quantity: int | None
    problem: Sentence | None = None
    hint: Sentence | None = None
    suggestion: Product | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted list, row by row; rows of one product are one line, at the first of them."""

    lines: tuple[PastedLine, ...]

    @property
    def good(self) -> tuple[PastedLine, ...]:
        """Lines that can go on the draft."""
        return tuple(one for one in self.lines if one.problem is None)

    @property
    def bad(self) -> tuple[PastedLine, ...]:
        """Lines that cannot."""
        return tuple(one for one in self.lines if one.problem is not None)
