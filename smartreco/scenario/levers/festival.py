"""A festival falls on another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

import numpy as np
import pandas as pd

from smartreco import columns as c
from smartreco.errors import NotEnoughDataError
from smartreco.forecast.festivals import festival_effect
from smartreco.forecast.panel import Level, Panel
from smartreco.scenario.effects import Effects, Flag, FlagKind, Swing
from smartreco.scenario.levers.base import Lever
from smartreco.scenario.levers.checking import known, whole
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence

#: Of a festival's strength. Two years hold a festival twice, each year beside other weeks: where
#: it was truly moved in made-up worlds, it did nothing now and then, or twice what was learned.
DOUBT: Final = 1.0
FARTHEST: Final = 90  # days
LEAST, MOST = 0.2, 5.0  # of the demand of a week


@dataclass(frozen=True, kw_only=True)
class Festival(Lever):
    """The next ``festival`` falls ``days`` later (below zero: earlier)."""

    kind: ClassVar[str] = "festival"
    festival: str
    days: int

    def __post_init__(self) -> None:
        whole(self.days, "days that a festival moves", -FARTHEST, FARTHEST)

    def check(self, market: Market) -> None:
        """Refuse a festival that the calendar does not know ahead."""
        panel = market.whole_panel
        if panel is None or panel.calendar is None:
            raise NotEnoughDataError(
                "a festival lever needs a calendar", "none in the data", "import a calendar"
            )
        ahead = panel.calendar[_ahead(panel, panel.calendar)]
        known("a festival ahead", (self.festival,), ahead[c.FESTIVAL])

    def apply(self, effects: Effects) -> None:
        """Learn what festivals do, and do it on the other day."""
        market, panel = effects.market, effects.market.whole_panel
        if panel is None or panel.calendar is None or not self.days:
            return
        moved = panel.calendar.copy()
        next_one = _ahead(panel, moved) & (moved[c.FESTIVAL] == self.festival)
        row = moved.index[next_one][moved.loc[next_one, c.DAY].argsort().to_numpy()[:1]]
        moved.loc[row, c.DAY] += pd.Timedelta(days=self.days)
        product = panel.levels == Level.PRODUCT.value
        T, weeks = panel.weeks, market.weeks
        both = [
            festival_effect(replace(panel, calendar=one), weeks)[product, T:]
            for one in (panel.calendar, moved)
        ]
        mean = market.mean
        then = mean + both[1] - both[0]
        share = np.divide(then, mean, out=np.ones_like(mean), where=mean > 0)
        log = np.log(np.clip(share, LEAST, MOST))
        effects.swings.append(Swing(log, DOUBT, f"festival {self.festival}"))
        words = Sentence("flag.festival", {"count": len(market)})
        effects.flags.append(Flag(FlagKind.ASSUMPTION, words))

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        name = "lever.festival_later" if self.days >= 0 else "lever.festival_earlier"
        return (Sentence(name, {"festival": self.festival, "count": abs(self.days)}),)


def _ahead(panel: Panel, calendar: pd.DataFrame) -> pd.Series[bool]:
    """Days after the panel's last week."""
    return calendar[c.DAY] >= pd.Timestamp(panel.ahead(1)[0])
