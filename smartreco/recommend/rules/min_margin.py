"""Keep products that earn too little off the lists, or lower on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from smartreco.recommend.rules.facts import Floats, ProductFacts
from smartreco.recommend.rules.rule import ALL, CATEGORY, VENDOR, Mask, Rule


@dataclass(frozen=True)
class MinMargin(Rule):
    """Products whose margin, (price - cost) / price, is below ``amount`` are left out.

    With ``push`` they stay and move down by so many spreads (the unit of `Boost`).
    Products whose cost or price is unknown are kept: nothing is known against them.
    """

    kind: ClassVar = "min_margin"
    targets: ClassVar = (ALL, CATEGORY, VENDOR)
    least: ClassVar = -1.0
    most: ClassVar = 0.95

    def below(self, facts: ProductFacts) -> Mask:
        """Products known to earn less."""
        return self.target.mask(facts) & (facts.margin < self.amount)

    def keeps(self, facts: ProductFacts) -> Mask | None:
        """Everything but those, where it is not the soft form."""
        return ~self.below(facts) if self.push is None else None

    def lift(self, facts: ProductFacts) -> Floats | None:
        """``push`` spreads down for those, in the soft form."""
        return None if self.push is None else np.where(self.below(facts), -self.push, 0.0)
