"""Shops that open in a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.errors import NotEnoughDataError
from smartreco.forecast.arrays import Floats
from smartreco.scenario.effects import Effects, Flag, FlagKind, Joined
from smartreco.scenario.levers.checking import known, whole
from smartreco.scenario.levers.choosing import InWeeks
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence

MOST: Final = 1000
FEWEST_LIKE: Final = 3
START_WEEKS: Final = 8
LATELY: Final = 8.0  # weeks after which a shop counts as settled


@dataclass(frozen=True, kw_only=True)
class NewRetailers(InWeeks):
    """``count`` shops join in ``region``, of the kind ``segment`` where it is named."""

    kind: ClassVar[str] = "new_retailers"
    count: int
    region: str
    segment: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        whole(self.count, "a number of shops", 0, MOST)

    def check(self, market: Market) -> None:
        """Refuse names that the data do not know, and places with too few shops to tell."""
        super().check(market)
        known("a region", (self.region,), market.regions)
        if self.segment is not None:
            known("a segment", (self.segment,), market.segments)
        found = len(self._like(market))
        if found < FEWEST_LIKE:
            raise NotEnoughDataError(
                f"new shops are taken to be like {FEWEST_LIKE} shops there", str(found),
                "leave the segment out, or choose another region",
            )  # fmt: skip

    def apply(self, effects: Effects) -> None:
        """Let them join."""
        if not self.count:
            return
        market = effects.market
        like = self._like(market)
        mine = market.buyers[market.buyers[c.RETAILER_ID].isin(like[c.RETAILER_ID])]
        units = mine.groupby(c.PRODUCT_ID)["units"].sum().reindex(market.goods.ids)
        mix = np.nan_to_num(units.to_numpy(dtype=float))
        mix = mix / max(mix.sum(), 1e-9)
        usual = np.maximum(market.mean.mean(axis=1, keepdims=True), 1e-9)
        season = np.where(market.mean > 0, market.mean / usual, 0.0)
        ahead = np.zeros(market.weeks)
        since = np.arange(market.weeks - self.from_week + 1)
        ahead[self.from_week - 1 :] = np.minimum((since + 1) / START_WEEKS, 1.0) ** _slowness(
            market
        )
        ahead *= self.when(market.weeks)
        effects.joined.append(
            Joined(
                f"new shops {self.region} {self.segment}",
                int(np.flatnonzero(market.regions == self.region)[0]),
                self.count,
                like["units"].to_numpy(dtype=float),
                np.asarray(mix[:, None] * season * ahead),
            )
        )
        words = Sentence("flag.new_shops", {"count": len(like)})
        effects.flags.append(Flag(FlagKind.ASSUMPTION, words))

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        values: dict[str, object] = {"count": self.count, "region": self.region}
        if self.segment is None:
            return (Sentence("lever.new_retailers", values), self.describe_when())
        words = Sentence("lever.new_retailers_segment", {**values, "segment": self.segment})
        return (words, self.describe_when())

    def _like(self, market: Market) -> pd.DataFrame:
        """Shops there that order; those of the segment where it is named."""
        shops = market.shops
        fine = (shops[c.REGION] == self.region) & (shops["units"] > 0)
        if self.segment is not None:
            fine &= shops[c.SEGMENT] == self.segment
        found: pd.DataFrame = shops[fine]
        return found


def _slowness(market: Market) -> Floats:
    """Power of the start's course: 0 where shops that joined lately order as settled ones do."""
    shops = market.shops[market.shops["units"] > 0]
    age = market.panel.weeks - shops["first_week"].to_numpy(dtype=float)
    new = (age <= LATELY) & (age > 0)
    if new.sum() < FEWEST_LIKE or (~new).sum() < FEWEST_LIKE:
        return np.array(1.0)
    units = shops["units"].to_numpy(dtype=float)
    share = units[new].mean() / max(units[~new].mean(), 1e-9)
    return np.array(float(np.clip(2 * (1 - share), 0.0, 1.0)))
