"""What a vendor's reach page shows: figures, tables, a list of shops to win; no numbers of its own.

Frames keep to one rule: a place (region, city, segment) that is missing (None) stands for
several that were merged, since cells have five shops or more; text "unknown" is a shop whose
place nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from smartreco.language import Message
from smartreco.vendors.periods import Periods
from smartreco.workspace.vendor.demand_views import Figure

Sentence = tuple[Message, dict[str, object]]

REACHED: Final = tuple(
    f"{measure}{time}"
    for time in ("", "_before", "_last_year")
    for measure in ("shops", "numeric", "weighted", "velocity", "velocity_pieces", "value")
)
"""Columns of `Reached`, of each time; missing where the time is not known.

shops (that bought), numeric (0..1: of the universe's shops), weighted (0..1: of the category
value of the universe, that of the shops that bought; missing where nobody bought the category),
velocity (currency a week at a shop that bought), velocity_pieces, value (currency).
"""


@dataclass(frozen=True, slots=True)
class ReachHeadline:
    """The figures that come first.

    Attributes
    ----------
    numeric, weighted
        0..1 of the period: of the shops shown, and of their category value; see `REACHED`.
        Their change is best told in points: ``now - before``.
    velocity, velocity_pieces
        Currency and pieces a week at a shop that bought; None where none did.
    shops
        That bought in the period.
    universe
        Shops in the cells that are shown.
    left_out
        Shops inside the filter's places whose cells are not wholly inside: in no figure here.
    window
        Weeks of each point of the figures' ``weeks``: the shops that bought in that many weeks
        up to it, since a shop orders a product only every few weeks.
    starts
        Mondays of the figures' ``weeks``.
    method
        Said of the figures: what they rest on.
    """

    periods: Periods
    numeric: Figure
    weighted: Figure
    velocity: Figure
    velocity_pieces: Figure
    shops: Figure
    universe: int
    left_out: int
    window: int
    starts: tuple[date, ...]
    method: tuple[Sentence, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order to show."""
        return (self.numeric, self.weighted, self.velocity, self.velocity_pieces, self.shops)

    @property
    def empty(self) -> bool:
        """Whether no shop bought in the period."""
        return not self.shops.now


@dataclass(frozen=True)
class Reached:
    """Distribution, place by place or product by product.

    ``rows`` of places: region (by="region"), region and city (by="city"), or segment
    (by="segment"); universe (shops in these cells), category_value (currency, what they bought
    of the vendor's categories from anybody, in the period), share (0..1: the vendor's of it),
    `REACHED`, change and change_last_year (of ``numeric``, in 0..1: points / 100).
    ``rows`` of products: product_id, name, category, active, universe, `REACHED`, change,
    change_last_year. The widest weighted distribution first.
    """

    periods: Periods
    rows: pd.DataFrame
    left_out: int
    method: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Span80:
    """What is expected, and the limits between which it comes 80 times of 100; currency."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class WhiteSpace:
    """Shops that are likely to take a product and do not buy it.

    Attributes
    ----------
    as_of
        First day that is not known; the horizon begins with it.
    horizon
        Weeks.
    rows
        The pairs of shop and product that bring most, shops that let themselves be named
        only. Columns retailer_id, name, region, city, segment, product_id, product, category,
        state ("never" bought it | "lapsed": has not for a long time), last_week (Monday of the
        last order where lapsed, else missing), probability (0..1, of an order within the
        horizon), quantity (pieces within the horizon if it takes the product up), unit_price
        (currency), value_if (currency, quantity x price), low, high (80 % limits of that, if
        it takes it up), expected_value (currency, probability x value_if), reasons (tuple of
        `Sentence`, the strongest first; say them with `Language.say`). Largest
        expected_value first.
    cells, regions, segments, products
        Everything in the view, named or not, added up. Columns region, city, segment (cells),
        region (regions), segment (segments), product_id, name, category (products); then
        shops (candidates; of a product the shops), pairs, expected_value, low, high (80 %
        limits of the sum).
    total
        Of everything in the view.
    pairs
        Pairs of shop and product behind the total.
    unnamed
        Of them those of shops that do not let themselves be named, counted where they are
        five or more to a cell and product.
    why
        Where there is nothing to show: the reason; None otherwise.
    method
        Said of the list: what it rests on.
    """

    as_of: date | None
    horizon: int
    rows: pd.DataFrame
    cells: pd.DataFrame
    regions: pd.DataFrame
    segments: pd.DataFrame
    products: pd.DataFrame
    total: Span80
    pairs: int
    unnamed: int
    why: Sentence | None
    method: tuple[Sentence, ...]


@dataclass(frozen=True)
class Overlap:
    """What the shops buy beside the vendor's products.

    Attributes
    ----------
    buyers
        A row each of his categories in the view: category, mine_only, both, others_only (shops
        that bought it from him alone, from him and others, from others alone), nobody (from
        none), universe (shops of all four), left_out (shops of the view too few to tell
        apart).
    together
        Pairs of his own products bought by the same shops in the period: product_id, name,
        other_id, other (name), shops (that bought the first), other_shops, both, buyers (of
        anything of his, in the view), support (both / buyers), lift (support over what chance
        would give), confidence (both / shops). Largest lift first, of pairs with enough shops.
    categories
        Categories that he does not sell: category, shops (of his buyers, that bought it too),
        share (0..1 of his buyers), share_all (0..1 of all shops there), lift (share /
        share_all). Most bought first.
    buyers_counted
        His buyers behind ``categories``.
    weeks
        ``buyers`` and ``categories`` are of this many weeks up to the last known, and of all
        his products in a category: neither time nor product of a filter moves them, so that no
        shop can be told apart by two filters.
    method
        Said of it.
    """

    periods: Periods
    buyers: pd.DataFrame
    together: pd.DataFrame
    categories: pd.DataFrame
    buyers_counted: int
    weeks: int
    method: tuple[Sentence, ...]


@dataclass(frozen=True)
class Cohorts:
    """Shops won, and whether they stay; the vendor's own buyers only.

    Attributes
    ----------
    kept
        A row each cohort (quarter of the first order) and later quarter: cohort, quarter
        ("2025 Q3"), age (quarters since, 0 the first), shops (won in the cohort), buying (of
        them in that quarter), share (0..1), since_start (the cohort of the first quarter of
        the data: its shops may have bought before), whole (the quarter has ended).
    quarters
        A row a quarter: quarter, first (its first Monday), shops (that bought), won (not in the
        quarter before; of them ``new`` never before), back (won and not new), kept (in both),
        lost (in the one before, not in this), whole. What compares (won, new, back, kept, lost)
        is missing in the first quarter and in one that has not ended.
    shops
        By name: retailer_id, name, region, city, segment, won (quarter of the first order),
        last_week (Monday of the last one), value (currency, all known weeks), state (new |
        back | kept | lost: in the last whole quarter; "before": lost earlier; "since": first
        bought after it). Missing state where no two quarters are whole.
    quarter
        The last whole quarter, which ``state`` is of; None where there are not two.
    method
        Said of it.
    """

    kept: pd.DataFrame
    quarters: pd.DataFrame
    shops: pd.DataFrame
    quarter: str | None
    method: tuple[Sentence, ...]
