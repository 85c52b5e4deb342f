"""A vendor leaves with everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from smartreco.errors import InputError
from smartreco.scenario.effects import Effects
from smartreco.scenario.levers.checking import known
from smartreco.scenario.levers.choosing import InWeeks
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence


@dataclass(frozen=True, kw_only=True)
class VendorExit(InWeeks):
    """All products of ``vendor`` are gone."""

    kind: ClassVar[str] = "vendor_exit"
    vendor: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.vendor:
            raise InputError("a vendor_exit lever names a vendor", "none", "name one")

    def check(self, market: Market) -> None:
        """Refuse a vendor that the data do not know."""
        super().check(market)
        known("a vendor", (self.vendor,), market.vendors)

    def apply(self, effects: Effects) -> None:
        """Take all of it off."""
        market = effects.market
        gone = np.ix_(market.goods.vendor == self.vendor, self.when(market.weeks))
        effects.offered[gone] = False

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        return (Sentence("lever.vendor_exit", {"vendor": self.vendor}), self.describe_when())
