"""What vendors order comes later, or sooner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.errors import NotEnoughDataError
from smartreco.scenario.effects import Effects, Flag, FlagKind
from smartreco.scenario.levers.checking import whole
from smartreco.scenario.levers.choosing import OnProducts
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence

LONGEST = 26


@dataclass(frozen=True, kw_only=True)
class LeadTime(OnProducts):
    """``added`` weeks more (below zero: less) for what vendors order from now on.

    ``planned``: the vendor knows and orders up to more; else it comes as a surprise. The
    weeks of the lever are all weeks ahead.
    """

    kind: ClassVar[str] = "lead_time"
    added: int
    planned: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        whole(self.added, "weeks added to the lead time", -LONGEST, LONGEST)

    def check(self, market: Market) -> None:
        """Refuse data without the vendors' stock."""
        super().check(market)
        if market.shelves is None:
            raise NotEnoughDataError(
                "a lead_time lever needs what vendors hold", "no stock in the data", "import stock"
            )

    def apply(self, effects: Effects) -> None:
        """Move the deliveries."""
        if not self.added:
            return
        rows = self.chosen(effects.market)
        effects.lead[rows] += self.added
        effects.planned[rows] |= self.planned
        effects.flags.append(Flag(FlagKind.ASSUMPTION, Sentence("flag.shelves")))

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        name = "lever.lead_time" if self.added >= 0 else "lever.lead_time_shorter"
        return (Sentence(name, {"count": abs(self.added)}), self.describe_what())
