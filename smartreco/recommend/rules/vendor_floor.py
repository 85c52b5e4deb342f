"""Keep places of a list for a vendor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from smartreco.recommend.rules.facts import ProductFacts
from smartreco.recommend.rules.rule import VENDOR, Rule, Share


@dataclass(frozen=True)
class VendorFloor(Rule):
    """At least ``amount`` of the places are the vendor's, his best scored first.

    Below 1 the amount is a share of the places, rounded up; from 1 a number. Where
    he has too few candidates he gets a place for each of them.
    """

    kind: ClassVar = "vendor_floor"
    targets: ClassVar = (VENDOR,)
    arranges: ClassVar = True
    least: ClassVar = 0.01
    most: ClassVar = 500.0

    def floor(self, facts: ProductFacts, places: int) -> Share | None:
        """His places; None where the data do not know him."""
        at = facts.vendor_at(self.target.id)
        return None if at is None else Share(at, least_places(self.amount, places))


def least_places(amount: float, places: int) -> int:
    """A share or number as places.

    >>> least_places(0.25, 10), least_places(2, 10), least_places(12, 10)
    (3, 2, 10)
    """
    wanted = math.ceil(amount * places - 1e-9) if amount < 1 else int(amount)
    return min(wanted, places)
