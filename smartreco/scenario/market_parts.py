"""What a market is made of: its goods, how they answer prices, how errors go together, shelves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask, Texts

BETWEEN: Final = "\x1f"  # category and sub-category: names hold a "/" now and then, never this


@dataclass(frozen=True)
class Goods:
    """What is sold; one entry a product.

    Attributes
    ----------
    ids, names, category, subcategory, vendor
        "" : it has none.
    cost
        Currency for one piece; NaN where unknown.
    line
        Usual pieces of an order line.
    lump
        Mean of squared pieces over mean pieces of a line: how lumpy new demand comes.
    loose
        The same of what comes and goes when demand moves: a shop that takes the product with
        each order goes on to, and moves the size of its lines.
    places
        Share of each region in the product's demand: products x regions, rows sum to 1.
    """

    ids: Texts
    names: Texts
    category: Texts
    subcategory: Texts
    vendor: Texts
    cost: Floats
    line: Floats
    lump: Floats
    loose: Floats
    places: Floats

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def like(self) -> Texts:
        """A mark of what can stand in for each other: of its category those of its sub-category."""
        return np.char.add(np.char.add(self.category, BETWEEN), self.subcategory)

    def take(self, rows: Ints | Mask) -> Goods:
        """Some of them."""
        return Goods(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})

    def with_more(self, other: Goods) -> Goods:
        """These, then others."""
        return Goods(
            **{
                name: np.concatenate([getattr(self, name), getattr(other, name)])
                for name in self.__dataclass_fields__
            }
        )


@dataclass(frozen=True)
class Response:
    """How demand answers prices; one entry a product, see `PriceBelief`.

    Attributes
    ----------
    mean
        Elasticity, and log of what a promotion adds by being one: products x 2.
    category, shared, apart, freedom
        As `smartreco.forecast.price_belief.PriceBelief` holds them.
    own
        Whether the product's own prices told something.
    promoted
        Whether the data hold promotions to learn from.
    lowest, highest
        Log of the lowest and highest price paid so far, beside today's price without promotion.
    """

    mean: Floats
    category: Ints
    shared: Floats
    apart: Floats
    own: Mask
    promoted: bool
    freedom: int
    lowest: Floats
    highest: Floats

    def take(self, rows: Ints | Mask) -> Response:
        """Of some products."""
        named = ("mean", "category", "shared", "apart", "own", "lowest", "highest")
        return replace(self, **{name: getattr(self, name)[rows] for name in named})

    def at(self, price: float, promotion: float) -> Floats:
        """Elasticities and promotions at one place of each one's own: products x 2.

        Parameters
        ----------
        price, promotion
            Standard normal values.
        """
        spread = np.sqrt((self.shared**2).sum(axis=2) + (self.apart**2).sum(axis=2))
        return np.asarray(self.mean + spread * np.array([price, promotion]))


@dataclass(frozen=True)
class Together:
    """How forecast errors go together, so that sums have honest bands.

    Attributes
    ----------
    everywhere, category
        Correlation of two products' errors in one week, of which all products have so much
        in common, and those of a category so much more.
    product, common
        Correlation of one product's errors in two weeks, and of what products have in common.
    """

    everywhere: float
    category: float
    product: float
    common: float


@dataclass(frozen=True)
class Shelves:
    """What vendors hold; one entry a product, NaN where nothing is known.

    Attributes
    ----------
    on_hand, coming
        Pieces, and pieces on the way.
    lead
        Weeks from a vendor's own order to its delivery.
    """

    on_hand: Floats
    coming: Floats
    lead: Floats
