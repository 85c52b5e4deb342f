"""Interventions on the market: launches, new shops, festivals, demand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from smartreco.columns import DAY, FESTIVAL
from smartreco.dataset.world.festivals import FESTIVALS
from smartreco.dataset.world.forces import Forces
from smartreco.dataset.world.levers.base import Intervention, known, positive
from smartreco.dataset.world.places import REGIONS
from smartreco.dataset.world.plan import LaunchPlan, NewcomerPlan, Plan
from smartreco.dataset.world.segments import segments
from smartreco.dataset.world.shelves import CATEGORIES, subcategories


@dataclass(frozen=True, kw_only=True)
class Launch(Intervention):
    """A new product of a sub-category; what is left open is taken from the shelf.

    ``appeal`` is in standard deviations of products: 0 sells like the middle one.
    """

    subcategory: str
    on: date
    name: str | None = None
    list_price: float | None = None
    case_size: int | None = None
    appeal: float = 1.0

    def on_plan(self, plan: Plan) -> Plan:
        """Add the product."""
        known("a sub-category", (self.subcategory,), [shelf.name for shelf in subcategories()])
        new = LaunchPlan(
            self.subcategory, self.on, self.name, self.list_price, self.case_size, self.appeal
        )
        return replace(plan, launches=(*plan.launches, new))


@dataclass(frozen=True, kw_only=True)
class NewRetailers(Intervention):
    """`count` new shops join in a region on a day."""

    count: int
    region: str
    on: date
    segment: str | None = None

    def on_plan(self, plan: Plan) -> Plan:
        """Add the shops."""
        positive("a number of shops", self.count)
        known("a region", (self.region,), REGIONS)
        if self.segment is not None:
            known("a segment", (self.segment,), [kind.name for kind in segments()])
        new = NewcomerPlan(self.count, self.region, self.on, self.segment)
        return replace(plan, newcomers=(*plan.newcomers, new))


@dataclass(frozen=True, kw_only=True)
class FestivalShift(Intervention):
    """A festival falls `days` later (earlier: below zero), in one year or in all."""

    festival: str
    days: int
    year: int | None = None

    def on_plan(self, plan: Plan) -> Plan:
        """Move the days of the calendar."""
        known("a festival", (self.festival,), FESTIVALS)
        table = plan.festivals.copy()
        moved = table[FESTIVAL] == self.festival
        if self.year is not None:
            moved &= table[DAY].dt.year == self.year
        table.loc[moved, DAY] += pd.Timedelta(days=self.days)
        return replace(plan, festivals=table)


@dataclass(frozen=True, kw_only=True)
class DemandShock(Intervention):
    """Demand times `factor` in a region, a category, or both, from `starts` to `ends`."""

    factor: float
    starts: date
    ends: date | None = None
    region: str | None = None
    category: str | None = None

    def on_forces(self, forces: Forces) -> None:
        """Scale the season."""
        positive("a demand factor", self.factor)
        for what, name, among in (
            ("a region", self.region, REGIONS),
            ("a category", self.category, CATEGORIES),
        ):
            if name is not None:
                known(what, (name,), among)
        here = np.array([self.region in (None, name) for name in REGIONS])
        these = np.array([self.category in (None, shelf.category) for shelf in subcategories()])
        weeks = forces.timeline.covering(self.starts, self.ends)
        forces.season[np.ix_(here, these, weeks)] *= self.factor
