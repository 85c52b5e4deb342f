"""Put a product on top of every list that may hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.recommend.rules.rule import PRODUCT, Rule


@dataclass(frozen=True)
class Pin(Rule):
    """The product comes first, whatever its score; several keep the order of the rules."""

    kind: ClassVar = "pin"
    targets: ClassVar = (PRODUCT,)

    def pinned(self) -> str | None:
        """The product."""
        return self.target.id
