"""Promote a product, a category or a vendor, or hold one back, by a known distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from smartreco.recommend.rules.facts import Floats, ProductFacts
from smartreco.recommend.rules.rule import CATEGORY, PRODUCT, VENDOR, Rule


@dataclass(frozen=True)
class Boost(Rule):
    """Adds ``amount`` spreads to the key of a product; its score and reasons stay.

    A spread is the standard deviation of the shop's scores over what its list may
    hold. That is the unit of blend weights too: 0.5 moves a product as far as a
    component with half of the pull moves one that stands a deviation above others.
    Below 0 it holds back.
    """

    kind: ClassVar = "boost"
    targets: ClassVar = (PRODUCT, CATEGORY, VENDOR)
    least: ClassVar = -3.0
    most: ClassVar = 3.0

    def lift(self, facts: ProductFacts) -> Floats | None:
        """``amount`` for the target's products, 0 for others."""
        return np.where(self.target.mask(facts), self.amount, 0.0)
