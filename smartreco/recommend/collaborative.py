"""What the products that a shop buys say about those it does not buy (EASE).

The strongest single scorer for discovery in our measurements, and an additive
one: the score is the sum over the shop's purchases i of ``x_ui * B_ij``. A purchase
counts 1 plus a term for recency, because "has it at all" and "buys it now" tell
different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.language import Percent
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.ease import Ease, ShopEase, fit_ease
from smartreco.recommend.habits import Habits
from smartreco.recommend.history import History, day_of
from smartreco.recommend.market import Market
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words
from smartreco.recommend.shops import Shops

PSEUDO_SHOPS = ("category", "subcategory", "vendor", "word")


@dataclass(frozen=True)
class CollaborativeSettings:
    """Of EASE; `tuning` chooses them on the inner time split where data allow."""

    ridge: float = 200.0
    """λ: how much a weight must explain to be worth having."""

    half_life: float = 20.0
    """Days: one of `habits.HALF_LIVES`."""

    recency: float = 2.0
    """Weight of log(1 + decayed orders) beside the 1 of having ordered at all."""

    attributes: float = 4.0
    """Weight of an attribute taken for a shop; 0 leaves attributes out."""

    damping: float = 0.0
    """Power of a product's buyers that its score is divided by (`damping`)."""


@dataclass(frozen=True)
class Collaborative(Scorer[CollaborativeSettings]):
    """EASE on recency-weighted purchases, with attributes as pseudo-shops."""

    name: ClassVar[str] = "collaborative"
    settings: CollaborativeSettings
    ease_: Ease

    @classmethod
    def fit(cls, market: Market, history: History, settings: CollaborativeSettings) -> Self:
        """Solve for the weights between products; the summary tells all it needs."""
        return cls.of_market(market, settings)

    @classmethod
    def of_market(cls, market: Market, settings: CollaborativeSettings) -> Self:
        """The same without the history."""
        purchases = tastes(market, market.habits, settings)
        pseudo = pseudo_shops(market.attributes, settings)
        return cls(market, settings, fit_ease(purchases, pseudo, settings.ridge))

    def score(self, shops: Shops) -> Scores:
        """Weighted sum over what each shop buys."""
        if isinstance(self.ease_, ShopEase) and not shops.changed:
            purchases = taste(shops.habits, self.settings)
            dense = shops.habits.dense(purchases, self.market.shape[1])
            scores = self.ease_.score_fitted(shops.at, dense)
        else:
            scores = self.ease_.score(tastes(self.market, shops.habits, self.settings))
        return scores * self._damping

    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """One row a product that the shop buys."""
        given = shops.habits.product
        purchases = taste(shops.habits, self.settings)
        values = purchases[:, None] * self.ease_.between(given, products) * self._damping[products]
        return (Part("product", given, self.market.product_ids[given], values),)

    @cached_property
    def _damping(self) -> npt.NDArray[np.float64]:
        return self.market.damping(self.settings.damping)

    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """The purchase that speaks loudest, and how many of its buyers buy this too."""
        (part,) = parts
        if not len(part.keys):
            return [Words("collaborative.nothing", {})] * len(products)
        loudest = part.keys[np.argmax(part.values, axis=0)]
        others = self.market.buyers[loudest]
        others[:, shops.at[0]] = False  # of the shop itself its own line speaks
        many = others.sum(axis=1)
        both = (others & self.market.buyers[products]).sum(axis=1)
        upwards = part.values.sum(axis=0) > 0
        rows = shops.habits.row_of(loudest)
        return [
            self._sentence(shops.habits, int(row), int(shared), int(count))
            if up
            else Words("collaborative.against", {})
            for row, shared, count, up in zip(rows, both, many, upwards, strict=True)
        ]

    def _sentence(self, habits: Habits, row: int, shared: int, buyers: int) -> Words:
        values: dict[str, object] = {
            "product": str(self.market.product_names[habits.product[row]]),
            "times": int(habits.times[row]),
            "last": day_of(int(habits.last[row])),
        }
        if not shared:
            return Words("collaborative.resembles", values)
        return Words(
            "collaborative.also_bought" if buyers > 1 else "collaborative.also_bought_one",
            {**values, "share": Percent(shared / buyers), "buyers": buyers},
        )


def taste(habits: Habits, settings: CollaborativeSettings) -> npt.NDArray[np.float64]:
    """What each row of the table counts: 1 for having ordered it, plus recent orders."""
    return 1.0 + settings.recency * np.log1p(habits.counts(settings.half_life))


def tastes(market: Market, habits: Habits, settings: CollaborativeSettings) -> sp.csr_array:
    """The same as a shops x products matrix."""
    return market.matrix(habits, taste(habits, settings))


def pseudo_shops(attributes: Attributes, settings: CollaborativeSettings) -> sp.csr_array:
    """Products x attributes, weighted: each attribute a shop that ordered all that carries it."""
    kinds = PSEUDO_SHOPS if settings.attributes else ()
    return sp.csr_array(settings.attributes * attributes.only(*kinds))
