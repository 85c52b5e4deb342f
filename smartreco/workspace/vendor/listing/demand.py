"""Where a vendor's products are in demand, and why that changed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartreco.entities import Principal
from smartreco.forecast.forecaster import PERIOD_START, QUANTILE_COLUMNS
from smartreco.language import Message
from smartreco.vendors.change import PARTS
from smartreco.vendors.periods import Periods
from smartreco.workspace.facade import Workspace
from smartreco.workspace.vendor.demand_views import Compared, Figure
from smartreco.workspace.vendor.listing.listing import Listing, Read, VendorTable
from smartreco.workspace.vendor.views import VendorFilter

WEEKS = Message("{weeks} full weeks from {first} to {last}")
BEFORE = Message("Before: the {weeks} weeks up to {last}")
NO_BEFORE = Message("The data do not reach back to a time to compare with")


def _headline(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    found = workspace.vendor_demand.headline(asking, vendor_id, wanted)
    return VendorTable(headline_rows(found.figures), times(found.periods))


def headline_rows(figures: Sequence[Figure]) -> pd.DataFrame:
    """A row a figure, with its changes; missing is not known."""

    def row(one: Figure) -> dict[str, object]:
        return {
            "figure": one.name, "now": one.now, "before": one.before, "change_share": one.change,
            "last_year": one.last_year, "change_share_last_year": one.change_last_year,
        }  # fmt: skip

    rows = pd.DataFrame([row(one) for one in figures])
    numbers = ["now", "before", "change_share", "last_year", "change_share_last_year"]
    rows[numbers] = rows[numbers].astype(float)
    return rows


def _weeks(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    """All known weeks, and those ahead with their bands in pieces."""
    found = workspace.vendor_demand.over_time(asking, vendor_id, wanted)
    ahead = found.line.ahead.rename(columns={PERIOD_START: "week"})
    ahead = ahead[["week", "forecast", *QUANTILE_COLUMNS]]
    past = found.values
    rows = past if ahead.empty else pd.concat([past, ahead], ignore_index=True)
    rows = rows.assign(week=pd.to_datetime(rows["week"]).dt.strftime("%Y-%m-%d"))
    return VendorTable(rows, () if found.why is None else (found.why,))


def _movers(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    found = workspace.vendor_demand.movers(asking, vendor_id, wanted, most=10)
    if found.whole is None:
        return VendorTable(pd.DataFrame(), times(found.periods))
    named = [("all", found.whole), *((found.labels[one.id], one) for one in found.up + found.down)]
    rows = [
        {"id": one.id, "name": name, "value": one.value, "value_before": one.value_before,
         "change": one.change, "reason": one.reason, **{part: one.parts[part] for part in PARTS}}
        for name, one in named
    ]  # fmt: skip
    return VendorTable(pd.DataFrame(rows), times(found.periods))


def _assortment(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    found = workspace.vendor_demand.assortment(asking, vendor_id, wanted)
    return VendorTable(found.rows, (*times(found.periods), *found.method))


def _compared(name: str) -> Read:
    def read(
        workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
    ) -> VendorTable:
        found: Compared = getattr(workspace.vendor_demand, name)(asking, vendor_id, wanted)
        return VendorTable(found.rows, times(found.periods))

    return read


def times(when: Periods) -> tuple[tuple[Message, dict[str, object]], ...]:
    """What is said of the weeks that are compared."""
    now, before = when.now, when.before
    said: tuple[Message, dict[str, object]] = NO_BEFORE, {}
    if before is not None:
        said = BEFORE, {"weeks": before.weeks, "last": before.last_day}
    return (WEEKS, {"weeks": now.weeks, "first": now.first, "last": now.last_day}), said


DEMAND = Listing(
    "demand", "where products are in demand, and why that changed",
    {
        "headline": _headline, "weeks": _weeks, "heat": _compared("heat"),
        "cities": _compared("cities"), "shops": _compared("shops"),
        "products": _compared("products"), "movers": _movers, "assortment": _assortment,
    },
)  # fmt: skip
