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
ENOUGH: Final = 12  # like shops of a region; where fewer are, those of the kind elsewhere count too
MOST_SPREAD: Final = 1.2  # in logs


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
        since = np.arange(market.weeks) - (self.from_week - 1)
        start = np.clip((since + 1) / START_WEEKS, 0.0, 1.0)
        sizes = like["units"].to_numpy(dtype=float)
        effects.joined.append(
            Joined(
                f"new shops {self.region} {self.segment}",
                int(np.flatnonzero(market.regions == self.region)[0]),
                self.count,
                sizes,
                _spread(sizes),
                np.asarray(mix[:, None] * season * self.when(market.weeks)),
                start,
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
        """Shops there that order, of the kind where it is named; where few are, of all regions."""
        shops = market.shops[market.shops["units"] > 0]
        here = (shops[c.REGION] == self.region).to_numpy()
        kind = np.ones(len(shops), dtype=bool)
        if self.segment is not None:
            kind = (shops[c.SEGMENT] == self.segment).to_numpy()
        few = FEWEST_LIKE <= (here & kind).sum() < ENOUGH
        found: pd.DataFrame = shops[kind if few and self.segment is not None else here & kind]
        return found


def _spread(sizes: Floats) -> float:
    """Spread (log) of a kernel estimate (Silverman 1986, equation 3.28), at most `MOST_SPREAD`."""
    log = np.log(np.maximum(sizes, 1e-9))
    return float(min(1.06 * log.std() * len(sizes) ** -0.2, MOST_SPREAD))
