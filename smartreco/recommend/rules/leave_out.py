"""Keep a product, a category or a vendor off every list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.recommend.rules.facts import ProductFacts
from smartreco.recommend.rules.rule import CATEGORY, PRODUCT, VENDOR, Mask, Rule


@dataclass(frozen=True)
class LeaveOut(Rule):
    """The target's products are not offered."""

    kind: ClassVar = "leave_out"
    targets: ClassVar = (PRODUCT, CATEGORY, VENDOR)

    def keeps(self, facts: ProductFacts) -> Mask | None:
        """Everything but the target."""
        return ~self.target.mask(facts)
