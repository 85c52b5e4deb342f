"""What a scenario comes back with: plain figures, each with the band of its difference."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pandas as pd

from smartreco.forecast.arrays import Floats
from smartreco.scenario.assuming import Assumed
from smartreco.scenario.effects import Flag
from smartreco.scenario.launching import LikelyShop
from smartreco.scenario.lists import ListOutcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.words import Sentence


class Measure(StrEnum):
    """What is measured, over all weeks looked at."""

    UNITS = "units"
    LINES = "lines"
    REVENUE = "revenue"
    MARGIN = "margin"
    LOST_UNITS = "lost_units"
    LOST_REVENUE = "lost_revenue"
    SERVICE = "service_level"
    STOCK_OUTS = "stock_outs"


class Unit(StrEnum):
    """How a measure is written."""

    PIECES = "pieces"
    LINES = "lines"
    MONEY = "money"
    SHARE = "share"
    PRODUCT_WEEKS = "product_weeks"


UNITS = {
    Measure.UNITS: Unit.PIECES,
    Measure.LINES: Unit.LINES,
    Measure.REVENUE: Unit.MONEY,
    Measure.MARGIN: Unit.MONEY,
    Measure.LOST_UNITS: Unit.PIECES,
    Measure.LOST_REVENUE: Unit.MONEY,
    Measure.SERVICE: Unit.SHARE,
    Measure.STOCK_OUTS: Unit.PRODUCT_WEEKS,
}


class Verdict(StrEnum):
    """What the 80 % band says."""

    MORE = "more"
    LESS = "less"
    CANNOT_TELL = "cannot tell apart from no change"


@dataclass(frozen=True, slots=True)
class Compared:
    """Means today and in the scenario; the difference (scenario - today) with its 80 % band."""

    baseline: float
    scenario: float
    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Which side of no change the band lies on, if on one."""
        if self.low > 0:
            return Verdict.MORE
        return Verdict.LESS if self.high < 0 else Verdict.CANNOT_TELL

    @property
    def share(self) -> float | None:
        """The difference as a share of today's; None where there is none today."""
        return self.difference / self.baseline if self.baseline else None


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure over all.

    ``draws`` : the difference draw by draw, to hold two scenarios of one seed against each other.
    """

    measure: Measure
    compared: Compared
    draws: Floats = field(compare=False, repr=False)

    @property
    def unit(self) -> Unit:
        """How it is written."""
        return UNITS[self.measure]


@dataclass(frozen=True, slots=True)
class Part:
    """A week, category, region, vendor or product.

    ``name`` : of a week its first day in ISO form; of a product its name; ``id`` : of a
    product or vendor. ``share`` : of revenue (of units where no price is known); None where
    parts are not shares of a whole.
    """

    id: str
    name: str
    units: Compared
    revenue: Compared
    share: Compared | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """A bar of the tornado, one thing moved at a time on the same draws.

    Attributes
    ----------
    cause
        A lever in words, or an assumption.
    lever
        Place of the lever in the scenario; None: an assumption.
    units_low, units_high, revenue_low, revenue_high
        Of a lever both are what it does alone. Of an assumption: the scenario's difference
        with it at its 10 % and its 90 % value, all others as drawn.
    """

    cause: tuple[Sentence, ...]
    lever: int | None
    units_low: float
    units_high: float
    revenue_low: float
    revenue_high: float


@dataclass(frozen=True)
class Outcome:
    """Everything that a scenario says.

    Attributes
    ----------
    since
        First day of the first week looked at.
    measures
        In the order of `Measure`; those that the data cannot tell are left out.
    by_week, by_category, by_region, by_vendor
        Largest change of revenue first, weeks in their order.
    by_product
        Products that are touched and change most, at most `parts.MOST_PRODUCTS`.
    contributions
        Levers first, then assumptions, each by how wide it is.
    assumed
        What levers lean on, in numbers; those that the scenario moves are marked.
    flags
        What to know before trusting a figure.
    likely_shops
        Of each launch: shops that may take it.
    lists
        What lists look like before and after; None where no lever is about lists.
    draws
        How many were made; with ``scenario.seed`` they can be made again.
    """

    scenario: Scenario
    since: date
    measures: tuple[Measured, ...]
    by_week: tuple[Part, ...]
    by_category: tuple[Part, ...]
    by_region: tuple[Part, ...]
    by_vendor: tuple[Part, ...]
    by_product: tuple[Part, ...]
    contributions: tuple[Contribution, ...]
    assumed: tuple[Assumed, ...]
    flags: tuple[Flag, ...]
    draws: int
    likely_shops: tuple[tuple[LikelyShop, ...], ...] = ()
    lists: tuple[ListOutcome, ...] = field(default=())

    def of(self, measure: Measure) -> Compared:
        """One measure.

        Raises
        ------
        KeyError
            The data cannot tell it.
        """
        for one in self.measures:
            if one.measure is measure:
                return one.compared
        raise KeyError(measure)

    def table(self) -> pd.DataFrame:
        """Columns measure, baseline, scenario, difference, low, high, verdict."""
        return pd.DataFrame(
            [
                (
                    one.measure.value, one.compared.baseline, one.compared.scenario,
                    one.compared.difference, one.compared.low, one.compared.high,
                    one.compared.verdict.value,
                )
                for one in self.measures
            ],
            columns=[
                "measure", "baseline", "scenario", "difference", "low", "high", "verdict",
            ],
        )  # fmt: skip
