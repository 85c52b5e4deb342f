"""What a vendor's demand page shows: figures, tables, movers, a course; no numbers of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from smartreco.language import Message
from smartreco.vendors.movers import Move
from smartreco.vendors.periods import Periods
from smartreco.workspace.series_lines import SeriesLine

COMPARED: Final = tuple(
    f"{measure}{time}"
    for time in ("", "_before", "_last_year")
    for measure in ("value", "quantity", "shops")
)
CHANGES: Final = ("change", "change_share", "change_last_year", "change_share_last_year")

TOO_FEW_WEEKS: Final = Message("A forecast needs {needed} full weeks of orders; there are {weeks}")
NOTHING_SOLD: Final = Message("Nothing was ordered in this view, so there is nothing to forecast")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, what it was, and its course.

    Attributes
    ----------
    name
        value | pieces | orders | shops | price.
    now, before, last_year
        Over the period, the one before it, the same weeks last year; None where it is not
        known (for a price: nothing was sold).
    weeks
        The same of each week of the period, in order; None as above.
    """

    name: str
    now: float | None
    before: float | None
    last_year: float | None
    weeks: tuple[float | None, ...]

    @property
    def change(self) -> float | None:
        """Share by which it changed since the period before; None where there is no base."""
        return _share(self.now, self.before)

    @property
    def change_last_year(self) -> float | None:
        """Share by which it changed since last year; None where there is no base."""
        return _share(self.now, self.last_year)


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures that come first.

    Attributes
    ----------
    value, pieces, orders, shops
        Currency; pieces; orders with the vendor's products; shops that bought.
    price
        Average paid for a piece, currency.
    starts
        Mondays of the figures' ``weeks``.
    """

    periods: Periods
    value: Figure
    pieces: Figure
    orders: Figure
    shops: Figure
    price: Figure
    starts: tuple[date, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order to show."""
        return (self.value, self.pieces, self.orders, self.shops, self.price)

    @property
    def empty(self) -> bool:
        """Whether nothing was bought in the period."""
        return not self.pieces.now


@dataclass(frozen=True)
class Compared:
    """A table that sets times beside each other.

    ``rows`` : what tells rows apart (see the method), `COMPARED` (currency, pieces, shops
    that bought; missing where a time is not known), and `CHANGES`: value less value_before
    and its share of it, missing where there is no base, and the same of last year.
    """

    periods: Periods
    rows: pd.DataFrame


@dataclass(frozen=True)
class Movers:
    """Why value changed.

    Attributes
    ----------
    level
        product | category | region | city: what ``up`` and ``down`` are of.
    whole
        Of everything in the view; None where there is no time to compare with.
    up, down
        The largest, by currency.
    labels
        Id to name, of ``up`` and ``down``.
    """

    periods: Periods
    level: str
    whole: Move | None
    up: tuple[Move, ...]
    down: tuple[Move, ...]
    labels: dict[str, str]


@dataclass(frozen=True)
class Assortment:
    """The products, what they carry and how they stand.

    Attributes
    ----------
    rows
        Columns product_id, name, category, active, value, quantity, shops (of the period),
        share, abc, variability, xyz, on_hand, sell_through, cover_weeks, out_weeks,
        lost_pieces, lost_value; missing is not known. By value, largest first.
    stock_known, history_known
        Whether the data hold the vendor's stock, and what it was week by week.
    method
        Said of the table: how classes and lost sales come about.
    """

    periods: Periods
    rows: pd.DataFrame
    stock_known: bool
    history_known: bool
    method: tuple[tuple[Message, dict[str, object]], ...]


@dataclass(frozen=True)
class Course:
    """Demand over time.

    Attributes
    ----------
    line
        Pieces of all known weeks, and what comes; ``line.ahead`` is empty where ``why`` says
        why.
    values
        Columns week, quantity, value: a row each known week.
    """

    periods: Periods
    line: SeriesLine
    values: pd.DataFrame
    why: tuple[Message, dict[str, object]] | None


def _share(now: float | None, base: float | None) -> float | None:
    return now / base - 1 if now is not None and base else None
