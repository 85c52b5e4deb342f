"""Vendors have none of some products for some weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.scenario.effects import EMPTY, Effects
from smartreco.scenario.levers.choosing import OnProducts
from smartreco.scenario.words import Sentence


@dataclass(frozen=True, kw_only=True)
class StockOut(OnProducts):
    """Nothing can be had; what is wanted meanwhile is lost or taken as something like it."""

    kind: ClassVar[str] = "stock_out"

    def apply(self, effects: Effects) -> None:
        """Empty the shelf."""
        effects.shelf[self.cells(effects.market)] = EMPTY

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        return (Sentence("lever.stock_out"), self.describe_what(), self.describe_when())
