"""Demand that rises or falls for a reason outside: a strike, a heat wave, a rival gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from smartreco.language import Percent
from smartreco.scenario.effects import Effects, Swing
from smartreco.scenario.levers.checking import known, within
from smartreco.scenario.levers.choosing import InWeeks
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence

LOWEST, HIGHEST = -0.99, 9.0


@dataclass(frozen=True, kw_only=True)
class Demand(InWeeks):
    """Demand times 1 + ``change``, in a region, a category, both, or everywhere."""

    kind: ClassVar[str] = "demand"
    change: float
    region: str | None = None
    category: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        within(self.change, "a change of demand", LOWEST, HIGHEST)

    def check(self, market: Market) -> None:
        """Refuse names that the data do not know."""
        super().check(market)
        if self.region is not None:
            known("a region", (self.region,), market.regions)
        if self.category is not None:
            known("a category", (self.category,), market.categories)

    def apply(self, effects: Effects) -> None:
        """Scale the demand."""
        market = effects.market
        these = np.ones(len(market), dtype=bool)
        if self.category is not None:
            these = market.goods.category == self.category
        cells = np.ix_(these, self.when(market.weeks))
        if self.region is not None:
            place = int(np.flatnonzero(market.regions == self.region)[0])
            effects.in_region(place)[cells] *= 1 + self.change
            return
        log = np.zeros(market.mean.shape)
        log[cells] = np.log1p(self.change)
        effects.swings.append(Swing(log, 0.0, self.kind))

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        change = Percent(self.change)
        head = Sentence("lever.demand", {"change": change})
        if self.region is not None:
            head = Sentence("lever.demand_region", {"change": change, "region": self.region})
        what = () if self.category is None else (
            Sentence("what.category", {"category": self.category}),
        )  # fmt: skip
        return (head, *what, self.describe_when())
