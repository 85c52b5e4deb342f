"""A shop's shelf as the page "Stock and forecast" shows it.

`Stock.shelf` answers with a `ShelfView`: a row a product, what runs out first on top.
Amounts of pieces are whole where they were counted and may be parts where they are
expected; money is in the data set's currency; sentences are said through
`smartreco.stock.sentences.say`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from smartreco.entities import Product
from smartreco.language import Sentence
from smartreco.stock.running_out import likely

SERVICE: Final = 0.95  # chance that stock lasts, where the shop chose none
REVIEW_DAYS: Final = 7  # until a shop orders again, where it said nothing
LONGEST_REVIEW: Final = 28


@dataclass(frozen=True, slots=True)
class ShelfWish:
    """What the reader wants to see; None: as the shop has it kept (`Stock.keep_wish`).

    Attributes
    ----------
    service
        Chance that a product lasts until the next order arrives, 0..1.
    review_days
        Days until the shop orders again, 1 to `LONGEST_REVIEW`.
    """

    service: float | None = None
    review_days: int | None = None


class Known(StrEnum):
    """How a product's stock is known."""

    COUNTED = "counted"  # on the day of the view itself
    CARRIED = "carried"  # counted earlier, less what is expected to be used since, plus deliveries
    UNKNOWN = "unknown"  # never counted: figures of stock are None


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One product of a shop.

    Attributes
    ----------
    known
        How stock is known; where it is `Known.UNKNOWN`, all figures of stock are None.
    counted, counted_on
        Pieces of the last count, and its day.
    on_hand, on_order, position
        Pieces now: on the shelf, on the way, and both.
    weekly, weekly_low, weekly_high
        Pieces that are expected to be used in the coming week, and the 80 % band of it.
    days_of_cover
        Days that `on_hand` lasts at the expected pace; None: unknown stock, or nothing is used.
    runs_out_on
        Day by which it is as likely as not that none is left, what is on the way counted in;
        None: not within `ShelfView.horizon_days`, or unknown stock.
    runs_out_chance
        Chance that it runs out before an order of today could arrive, what arrives by then
        counted in from its day on.
    level
        Pieces to order up to at the service level wanted: they cover lead time and review.
    needed
        Pieces to order, before rounding to cases.
    step, pieces
        Pieces that the shop orders at a time (`smartreco.stock.packing`), and to order, rounded.
    why
        Which way it was rounded and why; None where nothing is needed.
    excess, tied_up
        Pieces above the level by a case or more, and the money in them (None: no price known).
    lead_days, lead_known
        From order to delivery; whether the vendor says so (else the usual week is taken).
    """

    product: Product
    known: Known
    counted: int | None
    counted_on: date | None
    on_hand: float | None
    on_order: float | None
    position: float | None
    weekly: float
    weekly_low: float
    weekly_high: float
    days_of_cover: float | None
    runs_out_on: date | None
    runs_out_chance: float | None
    level: float
    needed: float | None
    step: int
    pieces: int | None
    why: Sentence | None
    excess: float | None
    tied_up: float | None
    lead_days: float
    lead_known: bool

    @property
    def late(self) -> bool:
        """Whether it runs out before a delivery could arrive: headline, line and chart ask here."""
        return self.runs_out_chance is not None and likely(self.runs_out_chance)


@dataclass(frozen=True, slots=True)
class ShelfView:
    """A shop's shelf on a day.

    Attributes
    ----------
    today
        The day that figures are of: the end of the data set's own day (`workspace.clock`).
    service, review_days
        As asked for, or as the shop has them kept.
    horizon_days
        How far ahead a stock-out is looked for.
    rows
        What runs out first on top; products of unknown stock last, dearest use first.
    stock_known
        Rows whose stock is known; 0: the page offers to enter or upload counts.
    running_out
        Rows that are `ShelfRow.late`.
    tied_up
        Money in stock above its level.
    to_order, order_value
        Rows with something to order, and what they cost (price known).
    """

    today: date
    service: float
    review_days: int
    horizon_days: int
    rows: tuple[ShelfRow, ...]
    stock_known: int
    running_out: int
    tied_up: float
    to_order: int
    order_value: float

    def row(self, product_id: str) -> ShelfRow | None:
        """The row of one product; None where the shop does not order it regularly."""
        return next((one for one in self.rows if one.product.product_id == product_id), None)


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """One week of a product: what was used, or what may be, and the stock at its end.

    In the past `used` is known and the rest None; ahead `used` is the expected amount with
    its 80 % band, `stock` the median stock at the week's end with nothing more ordered,
    and its 80 % band (None where stock is unknown).
    """

    begins: date
    ahead: bool
    used: float
    used_low: float | None = None
    used_high: float | None = None
    stock: float | None = None
    stock_low: float | None = None
    stock_high: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A product's use week by week, past and coming; weeks of seven days around `today`."""

    row: ShelfRow
    today: date
    weeks: tuple[CourseWeek, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line that was typed, pasted or uploaded.

    ``problem`` is a message key for `Language.text` with ``values``; None: the line is fine.
    """

    row: int
    text: str
    product: Product | None
    pieces: int | None
    problem: str | None = None
    values: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class CountsPreview:
    """What would be counted; nothing has changed yet."""

    lines: tuple[CountLine, ...]

    @property
    def good(self) -> tuple[CountLine, ...]:
        """Lines that can be taken."""
        return tuple(line for line in self.lines if line.problem is None)

    @property
    def bad(self) -> tuple[CountLine, ...]:
        """Lines that cannot."""
        return tuple(line for line in self.lines if line.problem is not None)

    @property
    def counts(self) -> dict[str, int]:
        """Pieces by product id, as `Stock.set_counts` takes them."""
        return {
            line.product.product_id: line.pieces
            for line in self.good
            if line.product is not None and line.pieces is not None
        }
