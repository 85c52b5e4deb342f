"""A new product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.arrays import Floats, Ints
from smartreco.language import Money
from smartreco.scenario.effects import Effects, Flag, FlagKind, Launched
from smartreco.scenario.launching import courses, likes, spread
from smartreco.scenario.levers.checking import known, whole, within
from smartreco.scenario.levers.choosing import InWeeks
from smartreco.scenario.market import Market
from smartreco.scenario.market_parts import Goods
from smartreco.scenario.words import Sentence

HIGHEST_PRICE = 1e9


@dataclass(frozen=True, kw_only=True)
class Launch(InWeeks):
    """A product that is new from its first week on.

    Attributes
    ----------
    name
        What it is called.
    category, subcategory
        Where it stands; without a sub-category it is compared with the whole category.
    price, cost
        Currency for one piece; without a cost its margin is unknown.
    vendor
        Who sells it; "" : a new one.
    case_size
        Pieces that are ordered at least.
    """

    kind: ClassVar[str] = "launch"
    name: str
    category: str
    price: float
    subcategory: str | None = None
    vendor: str = ""
    cost: float | None = None
    case_size: int = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.name.strip():
            raise InputError("a new product has a name", "none", "give it one")
        within(self.price, "a price", 1e-9, HIGHEST_PRICE)
        if self.cost is not None:
            within(self.cost, "a cost", 0.0, HIGHEST_PRICE)
        whole(self.case_size, "a case size", 1, 100_000)

    def check(self, market: Market) -> None:
        """Refuse a shelf that the data do not know, or one without products to compare with."""
        super().check(market)
        known("a category", (self.category,), market.categories)
        if self.subcategory:
            own = np.unique(market.goods.subcategory[market.goods.category == self.category])
            known("a sub-category of its category", (self.subcategory,), own[own != ""])
        if self.vendor:
            known("a vendor", (self.vendor,), market.vendors)
        if not len(self.compared_with(market)):
            raise NotEnoughDataError(
                "a launch is compared with like products", "none that was ever sold",
                "choose another category",
            )  # fmt: skip

    def apply(self, effects: Effects) -> None:
        """Put it on the market."""
        market = effects.market
        rows = self.compared_with(market)
        ahead = market.weeks - self.from_week + 1
        found = courses(market, rows, ahead)
        curves = np.zeros((1, len(rows), market.weeks))
        curves[0, :, self.from_week - 1 :] = found
        curves *= self.when(market.weeks)
        near = market.goods.take(rows)
        line = np.maximum(float(np.median(near.line)), self.case_size)
        goods = Goods(
            ids=np.array([f"new: {self.name}"]),
            names=np.array([self.name]),
            category=np.array([self.category]),
            subcategory=np.array([self.subcategory or ""]),
            vendor=np.array([self.vendor]),
            cost=_one(np.nan if self.cost is None else self.cost),
            line=_one(line),
            lump=_one(max(float(np.median(near.lump)), float(line))),
            loose=_one(max(float(np.median(near.lump)), float(line))),
            places=near.places.mean(axis=0, keepdims=True),
        )
        effects.launches.append(Launched(goods, _one(self.price), curves, spread(found)))
        words = Sentence("flag.launch", {"count": len(rows)})
        effects.flags.append(Flag(FlagKind.ASSUMPTION, words, (self.name,)))

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        values = {"name": self.name, "category": self.category, "price": Money(self.price)}
        return (Sentence("lever.launch", values), self.describe_when())

    def compared_with(self, market: Market) -> Ints:
        """Products like it, nearest in price first."""
        return likes(market, self.category, self.subcategory or "", self.price)


def _one(value: float) -> Floats:
    return np.array([value], dtype=np.float64)
