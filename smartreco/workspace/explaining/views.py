"""What the page "Explain the model" shows: one product of one shop's list, all of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from smartreco.entities import ListName, Product, Retailer
from smartreco.recommend.addends import Addend
from smartreco.recommend.chance import Chance
from smartreco.recommend.near import Neighbour, Pull

__all__ = [
    "Absent", "Addend", "Breakdown", "Cause", "Chance", "Changes", "Component", "Counterfactual",
    "Near", "NeighbourView", "ProductChoice", "PullView", "ShopChoice",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShopChoice:
    """A shop that can be looked at; ``lines`` : what it ever ordered, a product and day each."""

    retailer_id: str
    name: str
    city: str | None
    lines: int


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """A product that can be looked at; ``rank`` on the list, None where it is further down."""

    product_id: str
    name: str
    rank: int | None


class Absent(StrEnum):
    """Why a list does not hold a product."""

    INACTIVE = "inactive"  # not sold any more
    BOUGHT = "bought"  # a list of what is new
    NEW = "new"  # a list of what the shop orders
    STOCK = "stock"  # the vendor is out of it
    HIDDEN = "hidden"  # the shop said that it is not for it
    ORDERED = "ordered"  # in an order that the model does not know yet
    SILENT = "silent"  # no component says anything of it
    RULE = "rule"  # a published rule leaves it out


@dataclass(frozen=True, slots=True)
class Component:
    """One component of the score.

    ``weight`` : its share of the pull on this list, 0..1; the addends sum to ``contribution``.
    """

    name: str
    weight: float
    contribution: float
    addends: tuple[Addend, ...]


@dataclass(frozen=True)
class Breakdown:
    """The whole score of one product on one list of one shop.

    Attributes
    ----------
    rank
        None where the list may not hold it: ``absent`` says why.
    due
        Whether it is due, and so stands before all that is not.
    by_score
        The rank that score alone would give: without rules, and whatever is due.
    notes
        Names of the rules that moved it.
    components
        The largest first; their contributions sum to ``score``.
    blend_version
        The published version that makes the list.
    """

    retailer: Retailer
    product: Product
    list: ListName
    score: float
    rank: int | None
    due: bool
    by_score: int | None
    absent: Absent | None
    notes: tuple[str, ...]
    components: tuple[Component, ...]
    chance: Chance | None
    blend_version: int

    @property
    def leading(self) -> Component | None:
        """The component that speaks loudest for it; None where none does."""
        found = max(self.components, key=lambda one: one.contribution, default=None)
        return None if found is None or found.contribution <= 0 else found

    @property
    def mostly(self) -> bool:
        """Whether that one says more than all others that speak for it together."""
        up = [one.contribution for one in self.components if one.contribution > 0]
        return bool(up) and 2 * max(up) > fsum(up)


class Cause(StrEnum):
    """What is otherwise in a what-if."""

    PURCHASE = "purchase"  # the shop never ordered another product
    OWN = "own"  # it never ordered the product itself, which is then new to it
    COMPONENT = "component"  # a component has no weight
    WITH = "with"  # another product is on the shop's order
    OFF = "off"  # a product is not on the shop's order
    RULES = "rules"  # no published rule holds
    RULE = "rule"  # one of them does not


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A what-if and the rank that the ranking, done again, gives then.

    ``what`` : the product, component or rule, named; "" where the cause says all; ``id`` : that
    of the product, the component or the rule's number. ``rank`` is None where the list would
    not hold the product; of `Cause.OWN` it is one of the list of what is new.
    """

    cause: Cause
    what: str
    id: str
    rank: int | None


@dataclass(frozen=True)
class Changes:
    """What would change a rank.

    Attributes
    ----------
    above
        The product one rank higher; None on top and where there is no rank.
    missing
        Points of score that would lift it over that one; None where none would: what stands
        above it is pinned, due or placed by a rule.
    """

    rank: int | None
    above: Product | None
    missing: float | None
    found: tuple[Counterfactual, ...]


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """A shop that this one's list listens to."""

    retailer: Retailer
    neighbour: Neighbour


@dataclass(frozen=True, slots=True)
class PullView:
    """A product that speaks for this one."""

    product: Product
    pull: Pull


@dataclass(frozen=True)
class Near:
    """Shops and products that the score draws on."""

    shops: tuple[NeighbourView, ...]
    products: tuple[PullView, ...]
