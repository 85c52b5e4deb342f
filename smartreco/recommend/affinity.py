"""What is bought together with what is in the current order.

Counts orders (a shop's day) that hold both products against those expected by
chance. Nothing is precomputed for pairs: the orders that hold a basket product
are read when it is asked about, at most `AffinitySettings.orders` of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import ClassVar, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.recent import Recent
from smartreco.recommend.runs import ranges, run_starts
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words
from smartreco.recommend.shops import Shops

HELD: Final = 200
"""Products of baskets whose counts are held: 4 bytes a product each."""


@dataclass(frozen=True)
class AffinitySettings:
    """How bought-together is counted."""

    orders: int = 2000
    """Latest orders read for each product in the basket: bounds the time of an answer."""

    lines: int = 2_000_000
    """Latest order lines kept: bounds memory."""

    prior: float = 5.0
    """Orders added to both counts that the excess is held against: rare pairs say little."""


class Together(NamedTuple):
    """Orders holding both products, rows basket x columns asked; and what to hold them against."""

    both: Scores
    orders: Scores  # orders of each basket product that were read
    chance: Scores  # share of all orders that hold each asked product


@dataclass(frozen=True)
class Affinity(Scorer[AffinitySettings]):
    """Sum over the basket of how far orders with both exceed chance; 0 without a basket.

    Attributes
    ----------
    orders_
        Orders x products, oldest order first.
    holders_
        The same, products x orders.
    """

    name: ClassVar[str] = "affinity"
    settings: AffinitySettings
    orders_: sp.csr_array
    holders_: sp.csr_array

    @classmethod
    def fit(cls, market: Market, history: History, settings: AffinitySettings) -> Self:
        """Lay the latest order lines out by order."""
        shop, product, day = history.arrays()
        fresh = np.flatnonzero(day >= _first_day(day, settings.lines))
        order = day[fresh].astype(np.int64) * max(market.shape[0], 1) + shop[fresh]
        latest = fresh[np.argsort(order, kind="stable")[-settings.lines :]]
        shop, product, day = shop[latest], product[latest], day[latest]
        start = run_starts(shop, day)
        shape = (len(start) - 1, market.shape[1])
        orders = sp.csr_array((np.ones(len(product), dtype="f4"), product, start), shape=shape)
        return cls(market, settings, orders, sp.csr_array(orders.T.tocsr()))

    def score(self, shops: Shops) -> Scores:
        """Scores of the products beside each basket."""
        scores = np.zeros((len(shops), self.market.shape[1]))
        everything = np.arange(self.market.shape[1])
        for row, basket in enumerate(shops.baskets):
            together = self._together(shops, basket)
            scores[row] = self._strength(together, basket, everything).sum(axis=0)
        return scores

    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """One row a product in the basket."""
        basket = shops.baskets[0] if shops.baskets else np.zeros(0, dtype=np.int64)
        values = self._strength(self._together(shops, basket), basket, products)
        return (Part("product", basket, self.market.product_ids[basket], values),)

    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """The basket product with the strongest tie, its support and lift."""
        (part,) = parts
        if not len(part.keys):
            return [Words("affinity.nothing", {})] * len(products)
        together = self._together(shops, part.keys)
        strongest = np.argmax(part.values, axis=0)
        return [
            self._sentence(part.keys[row], together, int(row), int(product))
            for row, product in zip(strongest, products, strict=True)
        ]

    def _together(self, shops: Shops, basket: IntArray) -> Together:
        """Count the orders that hold each basket product and each product of the catalogue."""
        return shops.once("together", lambda: self._counted(basket), self, basket)

    def _counted(self, basket: IntArray) -> Together:
        read = np.minimum(np.diff(self.holders_.indptr)[basket], self.settings.orders)
        both = np.zeros((len(basket), self.market.shape[1]))
        for row, product in enumerate(basket.tolist()):
            both[row] = self._counts.get(product, partial(self._beside, product))
        return Together(both, read, self._chance)

    def _beside(self, product: int) -> npt.NDArray[np.float32]:
        """In how many of the latest orders with a product each other one is."""
        first, stop = self.holders_.indptr[product : product + 2]
        orders = self.holders_.indices[max(first, stop - self.settings.orders) : stop]
        cells = ranges(self.orders_.indptr[orders], self.orders_.indptr[orders + 1])
        counts = np.bincount(self.orders_.indices[cells], minlength=self.market.shape[1])
        return counts.astype(np.float32)

    @cached_property
    def _counts(self) -> Recent[int, npt.NDArray[np.float32]]:
        """What is beside the products that baskets held lately: a basket grows by one a time."""
        return Recent(HELD)

    @cached_property
    def _chance(self) -> Scores:
        """Share of all orders that hold each product."""
        return np.asarray(np.diff(self.holders_.indptr) / max(self.orders_.shape[0], 1))

    def _strength(self, together: Together, basket: IntArray, products: IntArray) -> Scores:
        """Pearson residual over the root of the orders read: the correlation, shrunken.

        ``(both - expected) / sqrt((expected + prior) * (orders + prior))``: a rare pair
        must not shout for its lift, nor a best-seller for its counts.
        """
        orders, prior = together.orders[:, None], self.settings.prior
        expected = orders * together.chance[products]
        strength = (together.both[:, products] - expected) / np.sqrt(
            (expected + prior) * (orders + prior)
        )
        strength[basket[:, None] == products] = 0.0
        return np.asarray(strength)

    def _sentence(self, given: int, together: Together, row: int, product: int) -> Words:
        both, orders = together.both[row, product], together.orders[row]
        expected = orders * together.chance[product]
        values: dict[str, object] = {"product": str(self.market.product_names[given])}
        if not both or both <= expected:
            return Words("affinity.apart", values)
        values |= {"both": int(both), "orders": int(orders), "lift": float(both / expected)}
        return Words("affinity.together", values)


def _first_day(day: IntArray, lines: int) -> int:
    """Earliest day that the latest `lines` can reach: spares sorting all others."""
    if len(day) <= lines:
        return int(day.min(initial=0))
    first = int(day.min())
    since = np.cumsum(np.bincount(day - first)[::-1])
    return first + len(since) - 1 - int(np.searchsorted(since, lines))
