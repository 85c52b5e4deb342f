"""A price cut that is announced as one: it is noticed beyond what its price does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.language import Percent
from smartreco.scenario.effects import DEEPEST, Effects
from smartreco.scenario.levers.checking import within
from smartreco.scenario.levers.choosing import OnProducts
from smartreco.scenario.levers.price import require_prices
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence


@dataclass(frozen=True, kw_only=True)
class Promotion(OnProducts):
    """``depth`` of the price taken off (0.2: a fifth); a deeper one planned already stays."""

    kind: ClassVar[str] = "promotion"
    depth: float

    def __post_init__(self) -> None:
        super().__post_init__()
        within(self.depth, "a promotion's depth", 0.0, DEEPEST)

    def check(self, market: Market) -> None:
        """Refuse data without prices."""
        super().check(market)
        require_prices(self, market)

    def apply(self, effects: Effects) -> None:
        """Deepen the promotion."""
        effects.promote(self.cells(effects.market), self.depth)

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        depth = Percent(self.depth)
        return (
            Sentence("lever.promotion", {"depth": depth}), self.describe_what(),
            self.describe_when(),
        )  # fmt: skip
