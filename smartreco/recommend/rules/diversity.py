"""Keep a list from saying the same thing ten times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.recommend.rules.rule import ALL, Rule


@dataclass(frozen=True)
class Diversity(Rule):
    """Maximal marginal relevance with strength ``amount``; 0 changes nothing.

    See `varying`. Carbonell and Goldstein (1998), whose lambda is 1 - ``amount``.
    """

    kind: ClassVar = "diversity"
    targets: ClassVar = (ALL,)
    arranges: ClassVar = True
    least: ClassVar = 0.0
    most: ClassVar = 1.0

    @property
    def strength(self) -> float:
        """How much likeness to what is above counts against a product."""
        return self.amount
