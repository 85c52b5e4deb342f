"""What use cases answer with: one frozen dataclass a page's need."""

from __future__ import annotations

from dataclasses import dataclass

from smartreco.entities import (
    DatasetInfo,
    DraftLine,
    Evidence,
    Product,
    Retailer,
    Suggestion,
)


@dataclass(frozen=True)
class ListFilter:
    """What a reader wants to see. Empty means everything; prices are for one piece."""

    categories: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    price_low: float | None = None
    price_high: float | None = None
    search: str = ""


@dataclass(frozen=True)
class Facets:
    """What a filter can choose from; prices in the data set's currency, None where unknown."""

    categories: tuple[str, ...]
    vendors: tuple[str, ...]
    price_low: float | None
    price_high: float | None


@dataclass(frozen=True)
class Draft:
    """The order that a shop is putting together."""

    lines: tuple[DraftLine, ...] = ()
    can_undo: bool = False

    @property
    def pieces(self) -> int:
        """Pieces of all lines."""
        return sum(line.quantity for line in self.lines)

    @property
    def total(self) -> float:
        """Value of the lines whose price is known, in the data set's currency."""
        return sum(line.value or 0.0 for line in self.lines)

    @property
    def unpriced(self) -> int:
        """Lines whose price is not known."""
        return sum(line.value is None for line in self.lines)

    def quantity(self, product_id: str) -> int:
        """Pieces of one product; 0 where it is not on the draft."""
        return next(
            (line.quantity for line in self.lines if line.product.product_id == product_id), 0
        )


@dataclass(frozen=True)
class DueLine:
    """A product that is time to order again; ``quantity`` as usual, in pieces."""

    product: Product
    quantity: int


@dataclass(frozen=True)
class ForYou:
    """The page "For you" of one shop.

    ``due`` is all that is due, the likeliest first, whatever is on the draft; ``reorder``
    begins with as much of it as was asked for. What follows draws on the draft as well.
    """

    retailer: Retailer
    info: DatasetInfo
    due: tuple[DueLine, ...]
    reorder: tuple[Suggestion, ...]
    discover: tuple[Suggestion, ...]
    facets: Facets
    draft: Draft
    dismissed: tuple[Product, ...]
    model_version: int
    blend_version: int


@dataclass(frozen=True)
class ExplanationRow:
    """One addend of a score, in words; ``contribution`` in score units.

    ``rest`` marks a row that stands for many addends too small to be named.
    """

    component: str
    label: str
    contribution: float
    evidence: tuple[Evidence, ...] = ()
    rest: bool = False


@dataclass(frozen=True)
class ExplanationView:
    """Why a product stands where it stands: rows sum to ``score``; and what would change it.

    ``blend_version`` is the published recipe that the score is of.
    """

    product: Product
    rows: tuple[ExplanationRow, ...]
    score: float
    rank: int | None
    counterfactual: str | None = None
    blend_version: int | None = None
