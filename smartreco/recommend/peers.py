"""What the shops most like this one order, and for newcomers what shops of their kind do.

The mean of neighbours' decayed orders is what TIFU-KNN (Hu et al. 2020) and
UP-CF (Faggioli et al. 2020) owe their strength to. Neighbours speak with their
similarity; the crowd (the closest group of `groups.Groups`) speaks with the
constant `PeersSettings.crowd`. A shop with many true neighbours hears them, a
shop with no orders hears the crowd alone: empirical Bayes in one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.recommend.groups import EVERYONE
from smartreco.recommend.habits import Habits
from smartreco.recommend.history import History
from smartreco.recommend.market import LATELY, Market
from smartreco.recommend.mixing import dense_rows, mix_rows
from smartreco.recommend.ranking import best
from smartreco.recommend.scorer import IntArray, Part, Scorer, Scores, Words
from smartreco.recommend.shops import Shops


@dataclass(frozen=True)
class PeersSettings:
    """Who counts as a peer and how much."""

    neighbours: int = 50
    """Most similar shops that are asked."""

    half_life: float = 60.0
    """Days, of the orders by which shops are compared and that neighbours speak of."""

    crowd_half_life: float = 20.0
    """Days, of the orders that the crowd speaks of: what sells now."""

    crowd: float = 5.0
    """The crowd's weight, in units of one shop of equal taste."""


class Voices(NamedTuple):
    """Neighbours' orders times similarity, the similarities' sum, and the crowd's orders."""

    neighbours: Scores
    similarity: Scores
    crowd: Scores

    def mix(self, weight: float) -> Scores:
        """The weighted mean, the crowd as one more voice of that weight."""
        everything = self.similarity + weight
        return np.asarray((self.neighbours + weight * self.crowd) / everything[:, None])


@dataclass(frozen=True)
class Peers(Scorer[PeersSettings]):
    """Weighted mean of decayed orders of neighbours and crowd.

    Attributes
    ----------
    rarity_
        log(shops / buyers) of each product.
    vectors_
        Products x shops: log of decayed orders, weighted by rarity, length 1 a shop.
    orders_
        Shops x products: log of decayed orders.
    crowd_
        Groups x products: mean log of decayed orders.
    """

    name: ClassVar[str] = "peers"
    settings: PeersSettings
    rarity_: npt.NDArray[np.float64]
    vectors_: sp.csr_array
    orders_: sp.csr_array
    crowd_: npt.NDArray[np.float64]

    @classmethod
    def fit(cls, market: Market, history: History, settings: PeersSettings) -> Self:
        """Lay out every shop's taste; neighbours are found when they are asked for."""
        return cls.of_market(market, settings)

    @classmethod
    def of_market(cls, market: Market, settings: PeersSettings) -> Self:
        """The same without the history."""
        orders = market.orders(market.habits, settings.half_life)
        rarity = _rarity(orders)
        unit = market.matrix(market.habits, _unit(market.habits, orders.data, rarity))
        vectors = sp.csr_array(unit.T.tocsr())
        crowd = _crowd(market, market.orders(market.habits, settings.crowd_half_life))
        return cls(market, settings, rarity, vectors, orders, crowd)

    def score(self, shops: Shops) -> Scores:
        """Weighted mean over neighbours and crowd."""
        return self.voices(shops).mix(self.settings.crowd)

    def voices(self, shops: Shops) -> Voices:
        """What neighbours and crowd say, before they are weighed against each other."""
        near, like = self._neighbours(shops)
        start = np.arange(len(shops) + 1) * near.shape[1]
        votes = mix_rows(start, near.ravel(), like.ravel(), self.orders_)
        group = self.market.groups.of_shop[shops.at]
        return Voices(votes, like.sum(axis=1), self.crowd_[group])

    def explain(self, shops: Shops, products: IntArray) -> tuple[Part, ...]:
        """One row a neighbour, and one for the crowd."""
        near, like = (found[0] for found in self._neighbours(shops))
        everything = like.sum() + self.settings.crowd
        near, like = near[like > 0], like[like > 0] / everything
        orders = dense_rows(self._by_product, products)[:, near].T
        group = self.market.groups.of_shop[shops.at]
        crowd = self.settings.crowd / everything * self.crowd_[group][:, products]
        return (
            Part("retailer", near, self.market.retailer_ids[near], like[:, None] * orders),
            Part("group", group, self._group_ids(group), crowd),
        )

    def words(self, shops: Shops, products: IntArray, parts: tuple[Part, ...]) -> list[Words]:
        """How many of the neighbours, or of the group, order it."""
        peers, crowd = parts
        near = self.market.buyers[products][:, peers.keys].sum(axis=1)
        group = int(crowd.keys[0])
        members = self.market.members(group)
        lately = self.market.buyers_lately[products][:, members].sum(axis=1)
        nearer = peers.values.sum(axis=0) >= crowd.values[0]
        return [
            Words("peers.neighbours", {"buyers": int(some), "shops": len(peers.keys)})
            if by_peers and some
            else self._crowd_words(group, int(many), len(members))
            for some, many, by_peers in zip(near, lately, nearer, strict=True)
        ]

    def listened_to(self, shops: Shops) -> tuple[IntArray, Scores]:
        """Positions and cosines of the shops that one shop hears, in the order of `explain`."""
        near, like = (found[0] for found in self._neighbours(shops))
        return near[like > 0], like[like > 0]

    @cached_property
    def _by_product(self) -> sp.csr_array:
        return sp.csr_array(self.orders_.T.tocsr())

    def _neighbours(self, shops: Shops) -> tuple[IntArray, Scores]:
        """Positions and cosines of the most similar other shops, best first; 0: none left."""
        return shops.once("neighbours", lambda: self._nearest(shops), self)

    def _nearest(self, shops: Shops) -> tuple[IntArray, Scores]:
        habits = shops.habits
        vectors = _unit(habits, np.log1p(habits.counts(self.settings.half_life)), self.rarity_)
        like = mix_rows(habits.start, habits.product, vectors, self.vectors_)
        like[np.arange(len(shops)), shops.at] = 0.0
        near = best(like, min(self.settings.neighbours, like.shape[1]))
        return near, np.take_along_axis(like, near, axis=1)

    def _group_ids(self, groups: IntArray) -> npt.NDArray[np.str_]:
        names = self.market.groups
        return np.array([
            "/".join((str(names.kind[at]), *filter(None, map(str, names.label[at]))))
            for at in groups
        ])  # fmt: skip

    def _crowd_words(self, group: int, buyers: int, shops: int) -> Words:
        kind = str(self.market.groups.kind[group])
        first, second = map(str, self.market.groups.label[group])
        values: dict[str, object] = {"buyers": buyers, "shops": shops, "days": LATELY}
        if kind != EVERYONE:
            values |= {"first": first, "second": second}
        return Words(f"peers.{kind}", values)


def _rarity(orders: sp.csr_array) -> npt.NDArray[np.float64]:
    """log(shops / buyers) of each product: what every shop stocks makes no two alike."""
    shops, products = orders.shape
    buyers = np.bincount(orders.indices, minlength=products)
    return np.asarray(np.log(max(shops, 1) / np.maximum(buyers, 1)) + 0.1)


def _unit(habits: Habits, orders: Scores, rarity: Scores) -> Scores:
    """Orders of each row of the table weighted by rarity, each shop brought to length 1."""
    weighted = orders * rarity[habits.product]
    length = np.sqrt(np.bincount(habits.shop, weighted**2, minlength=len(habits)))
    return np.asarray(weighted / np.maximum(length, 1e-12)[habits.shop])


def _crowd(market: Market, orders: sp.csr_array) -> npt.NDArray[np.float64]:
    """Mean orders of the ordering shops of each group."""
    everyone = np.flatnonzero(market.ordering)
    inside = market.groups.of_shop[everyone]
    group = np.concatenate((inside, np.zeros((inside > 0).sum(), dtype=np.int64)))
    shop = np.concatenate((everyone, everyone[inside > 0]))
    size = np.bincount(group, minlength=len(market.groups))
    shape = (len(market.groups), market.shape[0])
    share = sp.csr_array((1.0 / size[group], (group, shop)), shape=shape)
    return np.asarray((share @ orders).toarray())
