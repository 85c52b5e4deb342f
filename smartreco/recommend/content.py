"""Products like those the shop buys, by category, vendor, price band and name.

It asks nothing of a product's sales, so it serves what nobody has bought yet.
A shop's taste is the sum of the attributes of its purchases, and a product's
score the product of both, so each attribute carries its own addend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
import scipy.sparse as sp

from smartreco.recommend.habits import Habits
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.mixing import dense_rows, mix_rows
from smartreco.recommend.runs import ranges
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words
from smartreco.recommend.shops import Shops


@dataclass(frozen=True)
class ContentSettings:
    """How much each kind of attribute says."""

    word: float = 1.0
    """Words of the name; a category, subcategory or vendor weighs 1."""

    price: float = 0.5
    """The price band."""


@dataclass(frozen=True)
class Content(Scorer[ContentSettings]):
    """Cosine of rarity-weighted attributes, averaged over the shop's products.

    Attributes
    ----------
    weights_
        Products x attributes, rows of length 1.
    """

    name: ClassVar[str] = "content"
    settings: ContentSettings
    weights_: sp.csr_array

    @classmethod
    def fit(cls, market: Market, history: History, settings: ContentSettings) -> Self:
        """Weigh each attribute by its rarity."""
        attributes = market.attributes
        kinds = {"word": settings.word, "price": settings.price}
        weight = attributes.rarity * [kinds.get(str(kind), 1.0) for kind in attributes.kind]
        weighted = sp.csr_array(attributes.matrix.multiply(weight))
        length = np.sqrt(weighted.multiply(weighted).sum(axis=1))
        scale = sp.diags_array(1 / np.maximum(length, 1e-12))
        return cls(market, settings, sp.csr_array(scale @ weighted))

    def score(self, shops: Shops) -> Scores:
        """Mean similarity to the products that each shop buys."""
        taste = self._taste(shops)
        if len(shops) == 1:
            return np.asarray(self.weights_ @ taste[0])[None, :]
        return np.ascontiguousarray((self.weights_ @ taste.T).T)

    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """One row an attribute that the shop's purchases and any of the products carry."""
        values = (self._taste(shops)[0] * dense_rows(self.weights_, products)).T
        shared = np.flatnonzero(values.any(axis=1))
        return (Part("attribute", shared, self.market.attributes.ids[shared], values[shared]),)

    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """The attribute that counts most, and how many of the shop's products carry it."""
        (part,) = parts
        if not len(part.keys):
            return [Words("content.nothing", {})] * len(products)
        carried, bought = self.market.attributes.matrix, shops.habits.product
        cells = ranges(carried.indptr[bought], carried.indptr[bought + 1])
        carriers = np.bincount(carried.indices[cells], minlength=carried.shape[1])
        strongest = part.keys[np.argmax(part.values, axis=0)]
        return [self._sentence(at, int(carriers[at]), len(bought)) for at in strongest]

    def _taste(self, shops: Shops) -> Scores:
        """Shops x attributes: the mean over the products that each shop buys."""
        return shops.once("taste", lambda: self._mean(shops.habits), self)

    def _mean(self, habits: Habits) -> Scores:
        size = np.diff(habits.start)
        share = np.repeat(1 / np.maximum(size, 1), size)
        return mix_rows(habits.start, habits.product, share, self.weights_)

    def _sentence(self, attribute: int, count: int, bought: int) -> Words:
        kind = str(self.market.attributes.kind[attribute])
        label = str(self.market.attributes.label[attribute])
        return Words(f"content.{kind}", {"count": count, "products": bought, "label": label})
