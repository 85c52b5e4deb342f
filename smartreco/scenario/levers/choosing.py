"""How levers name what they are about: some of the weeks ahead, and some of the products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.errors import InputError
from smartreco.forecast.arrays import Mask
from smartreco.scenario.levers.base import Lever
from smartreco.scenario.levers.checking import known, whole
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence

SHOWN: Final = 3  # products that a description names


@dataclass(frozen=True, kw_only=True)
class InWeeks(Lever):
    """A lever that is moved for some of the weeks ahead.

    Attributes
    ----------
    from_week
        1 is the first week ahead.
    weeks
        How many; None: to the end of what is looked at.
    """

    from_week: int = 1
    weeks: int | None = None

    def __post_init__(self) -> None:
        whole(self.from_week, "the first week", 1)
        if self.weeks is not None:
            whole(self.weeks, "a number of weeks", 1)

    def check(self, market: Market) -> None:
        """Refuse weeks that are not looked at."""
        if self.from_week > market.weeks:
            raise InputError(
                f"a lever is moved within the {market.weeks} weeks looked at",
                f"week {self.from_week}", "start earlier or look further",
            )  # fmt: skip

    def when(self, weeks: int) -> Mask:
        """Which of so many weeks are meant."""
        week = np.arange(1, weeks + 1)
        last = weeks if self.weeks is None else self.from_week + self.weeks - 1
        return np.asarray((week >= self.from_week) & (week <= last))

    def describe_when(self) -> Sentence:
        """In words."""
        if self.weeks is None:
            name = "when.all" if self.from_week == 1 else "when.from"
            return Sentence(name, {"first": self.from_week})
        name = "when.one" if self.weeks == 1 else "when.between"
        last = self.from_week + self.weeks - 1
        return Sentence(name, {"first": self.from_week, "last": last})


@dataclass(frozen=True, kw_only=True)
class OnProducts(InWeeks):
    """A lever on products by id, by category, by vendor; several choices: what fits all of them."""

    products: tuple[str, ...] = ()
    category: str | None = None
    vendor: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (self.products or self.category or self.vendor):
            raise InputError(
                f"a {self.kind} lever says what it is about", "no product, category or vendor",
                "name one of them",
            )  # fmt: skip

    def check(self, market: Market) -> None:
        """Refuse names that the data do not know, and choices that leave nothing."""
        super().check(market)
        known("a product", self.products, market.position)
        if self.category is not None:
            known("a category", (self.category,), market.categories)
        if self.vendor is not None:
            known("a vendor", (self.vendor,), market.vendors)
        if not self.chosen(market).any():
            raise InputError(
                f"a {self.kind} lever moves a product", "none that fits all choices", "choose less"
            )

    def chosen(self, market: Market) -> Mask:
        """Which products are meant."""
        goods = market.goods
        mask = np.ones(len(goods), dtype=bool)
        if self.products:
            mask &= np.isin(goods.ids, list(self.products))
        if self.category is not None:
            mask &= goods.category == self.category
        if self.vendor is not None:
            mask &= goods.vendor == self.vendor
        return mask

    def cells(self, market: Market) -> tuple[Mask, Mask]:
        """Products and weeks that are meant, to index products x weeks."""
        rows, columns = np.ix_(self.chosen(market), self.when(market.weeks))
        return rows, columns

    def describe_what(self) -> Sentence:
        """In words."""
        if self.products:
            names = ", ".join(self.products[:SHOWN]) + (", …" if len(self.products) > SHOWN else "")
            return Sentence("what.products", {"count": len(self.products), "names": names})
        if self.category is not None and self.vendor is not None:
            return Sentence(
                "what.category_vendor", {"category": self.category, "vendor": self.vendor}
            )
        if self.category is not None:
            return Sentence("what.category", {"category": self.category})
        return Sentence("what.vendor", {"vendor": self.vendor})
