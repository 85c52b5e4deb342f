"""The catalogue and one product of it, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from smartreco.entities import Product, Retailer, Suggestion
from smartreco.store.product_facts import OwnOrder, Promotion
from smartreco.store.product_search import Sort, Wanted
from smartreco.store.search_reading import Match
from smartreco.workspace.views import Draft, Facets

__all__ = [
    "AlikeView", "Found", "MarketView", "Match", "OwnHistory", "OwnOrder", "PriceView",
    "ProductView", "Promotion", "SearchPage", "Sort", "SupplyView", "TogetherView", "Wanted",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A product of the catalogue beside the shop's own orders of it.

    ``usual`` : pieces of a usual order, the shop's own or that of those who buy it;
    ``orders`` : how often the shop ordered it; ``days_since`` : its last order of it.
    """

    product: Product
    usual: int
    orders: int
    days_since: int | None


@dataclass(frozen=True)
class SearchPage:
    """A page of the catalogue.

    Attributes
    ----------
    total, unfiltered
        Products found with all filters, and by the text alone.
    categories, vendors
        Products that each choice would leave under the other filters.
    match, read_as
        How the text was read, and the words that were searched with.
    stock_known
        Whether the data hold any vendor's stock.
    """

    found: tuple[Found, ...]
    total: int
    unfiltered: int
    categories: dict[str, int]
    vendors: dict[str, int]
    match: Match
    read_as: str
    facets: Facets
    stock_known: bool
    draft: Draft
    dismissed: frozenset[str]


@dataclass(frozen=True, slots=True)
class PriceView:
    """What one piece costs, in the data set's currency.

    ``today`` : what an order would be valued at; ``paid``, ``paid_on`` : the shop's last
    order; ``promotion`` runs today.
    """

    today: float | None
    paid: float | None
    paid_on: date | None
    promotion: Promotion | None

    @property
    def change(self) -> float | None:
        """Share by which today's price is above what the shop last paid."""
        if not self.paid or self.today is None:
            return None
        return self.today / self.paid - 1


@dataclass(frozen=True, slots=True)
class SupplyView:
    """Who sends it and what of it is there; None where the data do not say.

    ``free`` : pieces that no open order takes, as counted on ``stock_on``.
    """

    vendor: str | None
    lead_time_days: int | None
    min_order_value: float | None
    free: int | None
    stock_on: date | None


@dataclass(frozen=True, slots=True)
class AlikeView:
    """A product like this one, with the kinds and labels of what they share."""

    product: Product
    likeness: float
    shared: tuple[tuple[str, str], ...]
    usual: int


@dataclass(frozen=True, slots=True)
class TogetherView:
    """A product ordered together with this one, see `smartreco.recommend.beside.Together`."""

    product: Product
    both: int
    orders: int
    lift: float
    usual: int


@dataclass(frozen=True)
class OwnHistory:
    """The shop's own orders, newest first.

    ``interval_days`` : usual days between two; None where there are too few to say.
    """

    orders: tuple[OwnOrder, ...]
    interval_days: float | None
    days_since: int | None

    @property
    def pieces(self) -> int:
        """Of all orders."""
        return sum(order.quantity for order in self.orders)

    @property
    def value(self) -> float:
        """Of all orders, currency."""
        return sum(order.quantity * order.unit_price for order in self.orders)


@dataclass(frozen=True)
class MarketView:
    """What all shops together ordered.

    ``weeks`` : columns `smartreco.forecast.panel.PAST_COLUMNS` without id, empty where too
    few other shops order it to show their sum without showing one of them; a single week of
    too few has no pieces (NaN).
    """

    weeks: pd.DataFrame
    shops: int
    fewest: int

    @property
    def blank(self) -> int:
        """Weeks that are not shown."""
        return int(self.weeks["sold"].isna().sum())


@dataclass(frozen=True)
class ProductView:
    """One product for one shop.

    Attributes
    ----------
    suggestion
        The product as a line of the list that it belongs to, with chance, quantity and
        reasons; None where it is not sold any more or the model does not know it yet.
    usual
        Pieces of a usual order.
    today
        The day that an order placed now would carry.
    """

    product: Product
    retailer: Retailer
    today: date
    price: PriceView
    supply: SupplyView
    suggestion: Suggestion | None
    usual: int
    own: OwnHistory
    alike: tuple[AlikeView, ...]
    together: tuple[TogetherView, ...]
    market: MarketView
    draft: Draft
    dismissed: bool
