"""Products are taken off the market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.scenario.effects import Effects
from smartreco.scenario.levers.choosing import OnProducts
from smartreco.scenario.words import Sentence


@dataclass(frozen=True, kw_only=True)
class ProductExit(OnProducts):
    """Not offered any more; unlike an empty shelf, nothing of it counts as unmet."""

    kind: ClassVar[str] = "product_exit"

    def apply(self, effects: Effects) -> None:
        """Take them off."""
        effects.offered[self.cells(effects.market)] = False

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        return (Sentence("lever.product_exit"), self.describe_what(), self.describe_when())
