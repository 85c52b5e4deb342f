"""Vendors never run out of some products for some weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.scenario.effects import FULL, Effects
from smartreco.scenario.levers.choosing import OnProducts
from smartreco.scenario.words import Sentence


@dataclass(frozen=True, kw_only=True)
class Restored(OnProducts):
    """Everything wanted can be had; worth as much as shelves are usually empty."""

    kind: ClassVar[str] = "restored"

    def apply(self, effects: Effects) -> None:
        """Fill the shelf."""
        effects.shelf[self.cells(effects.market)] = FULL

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        return (Sentence("lever.restored"), self.describe_what(), self.describe_when())
