"""When demand rises before a festival and sags after it.

A rise is a bell some days before the festival, a sag a smaller one after it, when
shelves are full. A week is the mean over its seven days, so a festival may fall on any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import DAY, FESTIVAL
from smartreco.forecast.arrays import Days, Floats, Texts

DAYS_A_WEEK: Final = 7
SAG_SPREAD: Final = 6.0  # days
FELT: Final = 60  # days from a festival beyond which nobody thinks of it


@dataclass(frozen=True, slots=True)
class Shape:
    """Days before and after the festival, the rise's spread, and the sag's share of the rise."""

    lead: float
    spread: float
    lag: float
    sag: float


@dataclass(frozen=True)
class Apart:
    """Days from each day of each week to each festival day, and whose day that is.

    Attributes
    ----------
    names
        Of the festivals.
    days
        weeks x 7 x festival days; below 0: the festival is past.
    belongs
        1 where a day is a festival's: festival days x festivals.
    """

    names: Texts
    days: Floats
    belongs: Floats
    _bells: dict[tuple[float, float], Floats] = field(default_factory=dict, repr=False)

    def features(self, shape: Shape) -> Floats:
        """How near each festival is: weeks x festivals, 1 at the peak, below 0 in the sag."""
        sag = self.bell(-shape.lag, SAG_SPREAD)
        return np.asarray(self.bell(shape.lead, shape.spread) - shape.sag * sag)

    def bell(self, middle: float, spread: float) -> Floats:
        """Nearness to a day so many days before the festival: weeks x festivals."""
        if (middle, spread) not in self._bells:
            near = np.exp(-(((self.days - middle) / spread) ** 2) / 2).mean(axis=1)
            self._bells[middle, spread] = near @ self.belongs
        return self._bells[middle, spread]


def apart(calendar: pd.DataFrame, weeks: Days) -> Apart:
    """How far weeks are from festivals."""
    names, code = np.unique(calendar[FESTIVAL].to_numpy().astype(str), return_inverse=True)
    day = calendar[DAY].to_numpy().astype("datetime64[D]")
    each = weeks.astype("datetime64[D]")[:, None] + np.arange(DAYS_A_WEEK)
    days = (day[None, None, :] - each[:, :, None]).astype(float)
    return Apart(names, days, (code[:, None] == np.arange(len(names))).astype(float))


def near(calendar: pd.DataFrame, weeks: Days) -> pd.DataFrame:
    """Festivals that could be felt within the weeks."""
    day = calendar[DAY].to_numpy().astype("datetime64[D]")
    margin = np.timedelta64(FELT, "D")
    felt: pd.DataFrame = calendar.loc[(day >= weeks[0] - margin) & (day <= weeks[-1] + margin)]
    return felt
