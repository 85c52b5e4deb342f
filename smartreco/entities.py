"""Frozen dataclasses that more than one layer speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What an account comes for; decides pages, methods and routes."""

    RETAILER = "retailer"
    VENDOR = "vendor"
    PRODUCT_MANAGER = "product_manager"
    ANALYST = "analyst"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking: the signed-in account, re-read on every request.

    ``retailer_id`` and ``vendor_id`` are the row scope: a retailer sees one
    retailer, a vendor his own products. With ``must_change`` the account's password is known to
    somebody else, and nothing but choosing another is open to it. ``language`` is the one chosen
    for the pages of this session; "": the browser's.
    """

    username: str
    name: str
    role: Role
    retailer_id: str | None = None
    vendor_id: str | None = None
    must_change: bool = False
    language: str = ""


#: The person at the machine who can read the store's file anyway (command line, first start).
OPERATOR = Principal(username="operator", name="Operator", role=Role.ADMIN)


class Provenance(StrEnum):
    """Where a data set came from; decides whether demo accounts may exist."""

    DEMO = "demo"  # made by `dataset.synthetic`
    SAMPLE = "sample"  # the real data shipped with the project
    IMPORTED = "imported"  # somebody's own


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """The one data set that a store holds.

    ``currency`` is an ISO 4217 code or "" where unknown, ``locale`` a CLDR
    name such as ``en_IN``; ``as_of`` is the first day that is not known: the
    day after the last order.
    """

    name: str
    currency: str
    locale: str
    provenance: Provenance
    credit: str = ""
    as_of: date | None = None
    retailers: int = 0
    products: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Product:
    """A product as a card shows it; prices in the data set's currency, for one piece."""

    product_id: str
    name: str
    category: str
    subcategory: str | None = None
    vendor_id: str | None = None
    vendor: str | None = None
    case_size: int = 1
    unit_price: float | None = None
    active: bool = True
    on_hand: int | None = None  # vendor's stock in pieces; None where the data holds none
    regular_price: float | None = None  # without the promotion that runs today; None: none runs
    reduced_until: date | None = None  # last day of that promotion

    @property
    def reduction(self) -> float:
        """Share that a promotion takes off today, 0..1."""
        if not self.regular_price or self.unit_price is None:
            return 0.0
        return 1 - self.unit_price / self.regular_price


@dataclass(frozen=True, slots=True)
class Retailer:
    """A shop; what a data set does not hold is None and said so on the page."""

    retailer_id: str
    name: str
    city: str | None = None
    region: str | None = None
    segment: str | None = None


class ListName(StrEnum):
    """The two products of the recommender, and their mix."""

    REORDER = "reorder"  # what the retailer buys already and is due
    DISCOVER = "discover"  # never bought
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a person can name and check.

    ``kind`` is product | retailer | attribute | own | group; ``id`` names it; ``value``
    is its share of the reason's contribution (shares of one reason sum to it).
    """

    kind: str
    id: str
    value: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a product is on a list: a template and its values, so that a language is a file.

    ``contribution`` is in score units; the contributions of a recommendation's
    reasons sum to its score.
    """

    component: str
    contribution: float
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One line of a list.

    ``probability`` is the calibrated chance of being ordered within 28 days
    (None where the data cannot support one); ``quantity`` the usual number of
    pieces, in whole cases where the retailer buys cases.
    """

    retailer_id: str
    list: ListName
    rank: int
    product_id: str
    score: float
    probability: float | None
    quantity: int
    reasons: tuple[Reason, ...]
    last_on: date | None = None
    cadence_days: float | None = None
    notes: tuple[str, ...] = ()  # names of the rules that moved this line


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A recommendation with the product that it speaks of, as pages show it."""

    recommendation: Recommendation
    product: Product
    days_since: int | None = None
    due: bool = False

    @property
    def cases(self) -> float:
        """Suggested quantity in cases."""
        return self.recommendation.quantity / self.product.case_size


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of the order that a retailer is putting together.

    ``source`` is the list it came from and ``blend_version`` the version that showed it there;
    None: typed in.
    """

    product: Product
    quantity: int
    source: ListName | None
    added_at: datetime
    blend_version: int | None = None

    @property
    def value(self) -> float | None:
        """Quantity x price in the data set's currency; None where no price is known."""
        return None if self.product.unit_price is None else self.quantity * self.product.unit_price


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: ``fraction`` 0..1 and what it does now."""

    fraction: float
    doing: str
