"""What a vendor's stock and service page shows: service, outlook, course; no numbers of their own.

What he edits there and the orders he settles are in `smartreco.workspace.vendor.desk_views`.
Pieces are whole where they were counted and may be parts where they are expected; money is
in the data set's currency; a `Said` is put into words by `Language.say`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from smartreco.language import Message
from smartreco.stock.running_out import likely
from smartreco.vendors.periods import Periods
from smartreco.workspace.vendor.demand_views import Figure

Said = tuple[Message, Mapping[str, object]]  # a sentence and its values

SERVICE: Final = 0.95  # chance that stock lasts, where the vendor chose none
REVIEW_DAYS: Final = 7  # until he looks at his stock again
LEAD_DAYS: Final = 7  # from his own order, or a production, to its being there; where none is known
LONGEST_REVIEW: Final = 28
LONGEST_LEAD: Final = 42


@dataclass(frozen=True, slots=True)
class SupplyWish:
    """What stock is to be kept for; None: as the vendor has it kept (`keep_wish`), else the usual.

    Attributes
    ----------
    service
        Chance that a product lasts until what is ordered next is there, 0..1.
    review_days
        Days until the vendor looks again, 1 to `LONGEST_REVIEW`.
    lead_days
        Days until what he produces or has delivered is there, 1 to `LONGEST_LEAD`; where he
        kept none, the lead time that the data know of him, else `LEAD_DAYS`.
    """

    service: float | None = None
    review_days: int | None = None
    lead_days: int | None = None


@dataclass(frozen=True)
class Service:
    """How much of the demand met stock, and what was lost where it did not.

    Only products whose stock is recorded (`tracked`) count. Lost sales are estimated as on
    the assortment table: in a week without stock, the mean of the weeks before, less what
    was sold. A figure's ``before`` and ``last_year`` are None where that time, or the stock
    in it, is not known.

    Attributes
    ----------
    level
        Figure "service", 0..1: pieces sold of pieces wanted. Its change is best said in
        points: `points`, `points_last_year`.
    lost_pieces, lost_value
        Figures of what was missed: pieces; currency, at the price paid.
    out_weeks
        Figure: weeks without stock, of all products together (two products out for three
        weeks: six).
    starts
        Mondays of the figures' ``weeks``.
    regions
        Columns region, sold, wanted, lost_pieces, lost_value, level; by lost_value, largest
        first. Their lost pieces sum to the whole; a product's are split as its weeks before
        were.
    products
        Columns product_id, name, category, active, sold, wanted, lost_pieces, lost_value,
        out_weeks, level, out_now (the last count says none is left); by lost_value. Missing
        where the product's stock is not recorded.
    tracked, goods
        Products whose stock is recorded, and all in the view.
    known
        Whether the data hold a history of his stock at all; else all figures are None and
        `said` says what is missing.
    said
        How figures come about, and what the data do not hold.
    """

    periods: Periods
    level: Figure
    lost_pieces: Figure
    lost_value: Figure
    out_weeks: Figure
    starts: tuple[date, ...]
    regions: pd.DataFrame
    products: pd.DataFrame
    tracked: int
    goods: int
    known: bool
    said: tuple[Said, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order to show."""
        return (self.level, self.lost_value, self.lost_pieces, self.out_weeks)

    @property
    def points(self) -> float | None:
        """By how much the level differs from the period before, 0.02 is two points."""
        return _less(self.level.now, self.level.before)

    @property
    def points_last_year(self) -> float | None:
        """By how much the level differs from last year's."""
        return _less(self.level.now, self.level.last_year)


@dataclass(frozen=True, slots=True)
class OutlookRow:
    """One product: what there is, what is coming, what may be asked for, what to do.

    Attributes
    ----------
    counted, counted_on, typed
        Pieces of the last count, its day, and whether it was typed here; None: never counted.
    on_hand
        The count less what was delivered from it since.
    reserved
        Pieces in orders placed here that are not delivered yet.
    free
        ``on_hand`` less ``reserved``, 0 or more: what shops can still order.
    coming, coming_on
        Pieces on their way to the vendor as the last count says, and the day they are
        expected; 0 and None where none are.
    weekly
        Pieces expected in the coming week; None where there is no forecast.
    need_low, need, need_high
        Pieces that may be asked for over lead time and review: 80 % band (q10, q90) and median.
    level
        Pieces to have for the service level wanted, over the same time.
    days_of_cover
        Days that ``free`` lasts at the expected pace; None: not known, or nothing is expected.
    runs_out_on
        Day by which it is as likely as not that none is free, what comes counted in; None:
        not within `Outlook.horizon_days`, or not known.
    runs_out_early, runs_out_late
        Days by which that has a chance of 10 % and of 90 %; None as above.
    runs_out_chance
        Chance that none is free before an order of today could be there.
    needed
        Pieces to produce or order, before rounding to cases.
    cases, pieces
        The same, rounded; None where stock or forecast are not known.
    order_by
        Last day to order or begin, so that it is there while the service level still holds;
        None where nothing is needed.
    there_on
        The day that it is then there.
    value
        Currency: what the pieces cost, None where no cost is known.
    excess, tied_up
        Pieces above the level by a case or more, and currency in them (at cost).
    why
        Sentences: what the suggestion rests on, and how it was rounded; or what is missing.
    """

    product_id: str
    name: str
    category: str
    active: bool
    case_size: int
    counted: int | None
    counted_on: date | None
    typed: bool
    on_hand: int | None
    reserved: int
    free: int | None
    coming: int
    coming_on: date | None
    weekly: float | None
    need_low: float | None
    need: float | None
    need_high: float | None
    level: float | None
    days_of_cover: float | None
    runs_out_on: date | None
    runs_out_early: date | None
    runs_out_late: date | None
    runs_out_chance: float | None
    needed: float | None
    cases: int | None
    pieces: int | None
    order_by: date | None
    there_on: date | None
    value: float | None
    excess: float | None
    tied_up: float | None
    why: tuple[Said, ...]

    @property
    def late(self) -> bool:
        """Whether it is as likely as not that it runs out before an order of today is there."""
        return self.runs_out_chance is not None and likely(self.runs_out_chance)


@dataclass(frozen=True, slots=True)
class Outlook:
    """All products of the view, what has to be ordered first on top.

    Attributes
    ----------
    today
        Day of the figures, on the data's own clock.
    service, review_days, lead_days
        As asked for, else as kept, else the usual ones.
    lead_known
        Whether the data or the vendor said the lead time.
    horizon_days
        How far ahead is looked; 0 where there is no forecast.
    rows
        Products on offer, and others that there is stock of; a filter of places or times
        does not change them, since stock serves all shops and is of today.
    stock_known
        Rows with a count; 0: the page offers to enter stock.
    running_out
        Rows that are `OutlookRow.late`.
    to_order, order_value
        Rows with pieces to order, and what these cost (where a cost is known).
    tied_up
        Currency in stock above its level.
    said
        What the figures rest on, and what the data do not hold.
    """

    today: date
    service: float
    review_days: int
    lead_days: int
    lead_known: bool
    horizon_days: int
    rows: tuple[OutlookRow, ...]
    stock_known: int
    running_out: int
    to_order: int
    order_value: float
    tied_up: float
    said: tuple[Said, ...]

    def row(self, product_id: str) -> OutlookRow | None:
        """The row of one product."""
        return next((one for one in self.rows if one.product_id == product_id), None)


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """One week of a product at all shops together.

    In the past ``sold`` is known, ``wanted`` is what would have been with the product in stock,
    ``out`` says that a count found none; the rest is None. Ahead ``forecast`` has its 80 %
    band, ``stock`` is the median of what is free at the week's end with nothing more ordered,
    with its 80 % band (None where stock is not known), ``arrives`` are planned pieces,
    ``depth`` is the deepest promotion in the week (share off the price; 0: none).
    """

    begins: date
    ahead: bool
    sold: float | None = None
    wanted: float | None = None
    out: bool = False
    forecast: float | None = None
    low: float | None = None
    high: float | None = None
    stock: float | None = None
    stock_low: float | None = None
    stock_high: float | None = None
    arrives: float = 0.0
    depth: float = 0.0


@dataclass(frozen=True, slots=True)
class StockCourse:
    """A product's demand and stock, week by week.

    Past weeks are calendar weeks from a Monday; weeks ahead begin on the day after ``today``,
    unless the forecast begins later.
    """

    row: OutlookRow
    today: date
    weeks: tuple[CourseWeek, ...]


def _less(now: float | None, base: float | None) -> float | None:
    return None if now is None or base is None else now - base
