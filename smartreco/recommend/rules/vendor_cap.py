"""Let no vendor fill a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.recommend.rules.facts import ProductFacts
from smartreco.recommend.rules.rule import ALL, VENDOR, Rule, Share


@dataclass(frozen=True)
class VendorCap(Rule):
    """At most ``amount`` of the places are one vendor's: the named one, or any.

    Below 1 the amount is a share of the places, rounded down, yet never less than one
    place; from 1 a number. Products whose vendor is unknown are not counted. A list
    gets shorter where other vendors have nothing to offer.
    """

    kind: ClassVar = "vendor_cap"
    targets: ClassVar = (ALL, VENDOR)
    arranges: ClassVar = True
    least: ClassVar = 0.01
    most: ClassVar = 500.0

    def cap(self, facts: ProductFacts, places: int) -> Share | None:
        """The limit; None where the data do not know the vendor."""
        if self.target.kind == ALL:
            return Share(-1, most_places(self.amount, places))
        at = facts.vendor_at(self.target.id)
        return None if at is None else Share(at, most_places(self.amount, places))


def most_places(amount: float, places: int) -> int:
    """A share or number as places.

    >>> most_places(0.25, 10), most_places(2, 10), most_places(0.05, 10)
    (2, 2, 1)
    """
    return max(1, int(amount * places + 1e-9) if amount < 1 else int(amount))
