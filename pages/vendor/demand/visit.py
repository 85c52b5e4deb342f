"""One look at the demand page: who looks at what, and the words that its parts share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pages.components import cards
from pages.context import Context
from smartreco.language import Message
from smartreco.vendors.partition import UNKNOWN
from smartreco.vendors.periods import Periods
from smartreco.workspace.vendor.demand import VendorDemand
from smartreco.workspace.vendor.demand_views import Headline
from smartreco.workspace.vendor.views import Facets, VendorFilter

BEFORE: Final = Message("on the week before", "on the {n} weeks before", "n")


@dataclass(frozen=True)
class DemandVisit:
    """What one run of the page reads from the workspace, through one vendor and one filter."""

    ctx: Context
    vendor_id: str
    facets: Facets
    wanted: VendorFilter
    headline: Headline

    @property
    def demand(self) -> VendorDemand:
        """The use cases."""
        return self.ctx.workspace.vendor_demand

    @property
    def when(self) -> Periods:
        """The times that are compared."""
        return self.headline.periods

    @property
    def filtered(self) -> bool:
        """Whether anything but the time is chosen."""
        return self.wanted.places or self.wanted.goods

    def since_before(self) -> str:
        """What a change is a change on."""
        return self.ctx.language.say(BEFORE, {"n": self.when.now.weeks})

    def place(self, name: str) -> str:
        """A region, city or kind of shop as it is shown."""
        return self.ctx.t("not known") if name == UNKNOWN else cards.calm(name)

    def file(self, table: str) -> str:
        """The name of a downloaded table, its time in it."""
        now = self.when.now
        return f"{table}-{now.first.isoformat()}-{now.last_day.isoformat()}"


def chart_key(chart: str, visit: DemandVisit) -> str:
    """Another filter is another chart: nothing is picked in it yet."""
    return f"demand-{chart}-{visit.wanted.to_strings()}"


def share(value: Any) -> float | None:
    """A cell of a table of changes."""
    return None if pd.isna(value) else float(value)
