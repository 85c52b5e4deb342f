"""Another price, without calling it a promotion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from smartreco.errors import NotEnoughDataError
from smartreco.language import Percent
from smartreco.scenario.effects import Effects
from smartreco.scenario.levers.checking import within
from smartreco.scenario.levers.choosing import OnProducts
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence

LOWEST, HIGHEST = -0.9, 3.0


@dataclass(frozen=True, kw_only=True)
class Price(OnProducts):
    """Prices times 1 + ``change``: -0.1 is ten per cent less."""

    kind: ClassVar[str] = "price"
    change: float

    def __post_init__(self) -> None:
        super().__post_init__()
        within(self.change, "a price change", LOWEST, HIGHEST)

    def check(self, market: Market) -> None:
        """Refuse data without prices."""
        super().check(market)
        require_prices(self, market)

    def apply(self, effects: Effects) -> None:
        """Move the price."""
        effects.moved[self.cells(effects.market)] += float(np.log1p(self.change))

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        change = Percent(self.change)
        return (
            Sentence("lever.price", {"change": change}), self.describe_what(), self.describe_when(),
        )  # fmt: skip


def require_prices(lever: OnProducts, market: Market) -> None:
    """Refuse products of which no price is known.

    Raises
    ------
    NotEnoughDataError
        None of them has one.
    """
    if not np.isfinite(market.price[lever.chosen(market)]).any():
        raise NotEnoughDataError(
            f"a {lever.kind} lever needs prices", "none of these products has one",
            "import orders with a unit_price",
        )  # fmt: skip
