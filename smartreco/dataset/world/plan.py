"""Who takes part and when things happen, before anything is drawn.

Interventions that add or move (a launch, new shops, a festival on another day) change
the plan; those that push demand change the `forces` made from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from smartreco.dataset.world.festivals import festival_days
from smartreco.dataset.world.randomness import Randomness
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.dataset.world.timeline import Timeline

#: Called with how much is done (0..1) and what is being done.
ProgressCall = Callable[[float, str], None]


@dataclass(frozen=True)
class LaunchPlan:
    """A product that an intervention adds; `appeal` is in standard deviations of products."""

    subcategory: str
    on: date
    name: str | None = None
    list_price: float | None = None
    case_size: int | None = None
    appeal: float = 1.0


@dataclass(frozen=True)
class NewcomerPlan:
    """Shops that an intervention adds to a region."""

    count: int
    region: str
    on: date
    segment: str | None = None


@dataclass(frozen=True)
class Plan:
    """Everything that the making of a world depends on.

    ``festivals`` has the columns of a data set's calendar: festival, day.
    """

    settings: SyntheticSettings
    timeline: Timeline
    random: Randomness
    festivals: pd.DataFrame
    launches: tuple[LaunchPlan, ...] = ()
    newcomers: tuple[NewcomerPlan, ...] = ()

    @classmethod
    def of(cls, settings: SyntheticSettings, seed: int) -> Plan:
        """The plan without interventions."""
        timeline = Timeline.until(settings.end, settings.weeks, settings.horizon_weeks)
        return cls(settings, timeline, Randomness(seed), festival_days())
