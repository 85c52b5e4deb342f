"""Stock against what comes, service and lost sales, his part of orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

import pandas as pd

from smartreco.entities import Principal
from smartreco.language import Message, Percent
from smartreco.workspace.facade import Workspace
from smartreco.workspace.vendor.listing.demand import headline_rows, times
from smartreco.workspace.vendor.listing.listing import Listing, Read, VendorTable
from smartreco.workspace.vendor.supply_views import OutlookRow, Service
from smartreco.workspace.vendor.views import VendorFilter

COLUMNS: Final = (
    "product_id", "name", "counted_on", "on_hand", "reserved", "free", "coming", "coming_on",
    "need_low", "need", "need_high", "level", "days_of_cover", "runs_out_on", "runs_out_chance",
    "cases", "pieces", "order_by", "there_on", "value",
)  # fmt: skip
RESTS_ON: Final = Message(
    "{service} service over {days} days: {lead} until it is there, {review} until the next look"
)
MORE_ORDERS: Final = Message("{shown} of {total} orders are shown")
MOST_ORDERS: Final = 200
NUMBERS: Final = (
    "on_hand", "free", "need_low", "need", "need_high", "level", "days_of_cover",
    "runs_out_chance", "cases", "pieces", "value",
)  # fmt: skip


def _outlook(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    found = workspace.vendor_supply.outlook(asking, vendor_id, wanted)
    rows = pd.DataFrame([_row(one) for one in found.rows], columns=list(COLUMNS))
    rows[list(NUMBERS)] = rows[list(NUMBERS)].astype(float)
    values = {
        "service": Percent(found.service), "days": found.lead_days + found.review_days,
        "lead": found.lead_days, "review": found.review_days,
    }  # fmt: skip
    notes = ((RESTS_ON, values), *((message, dict(said)) for message, said in found.said))
    return VendorTable(rows, notes)


def _row(one: OutlookRow) -> dict[str, object]:
    whole = asdict(one)
    return {
        name: str(whole[name]) if name.endswith(("_on", "_by")) and whole[name] else whole[name]
        for name in COLUMNS
    }


def _service(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    found = workspace.vendor_supply.service(asking, vendor_id, wanted)
    return VendorTable(headline_rows(found.figures), _notes(found))


def _of_service(
    rows: Callable[[Service], pd.DataFrame],
) -> Read:
    def read(
        workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
    ) -> VendorTable:
        found = workspace.vendor_supply.service(asking, vendor_id, wanted)
        return VendorTable(rows(found), _notes(found))

    return read


def _orders(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    """Orders that are not settled; the filter does not choose among them."""
    found = workspace.vendor_supply.orders(asking, vendor_id, limit=MOST_ORDERS)
    rows = pd.DataFrame([asdict(one) for one in found.rows])
    if rows.empty:
        return VendorTable(rows)
    rows["ordered_on"] = pd.to_datetime(rows["ordered_at"]).dt.strftime("%Y-%m-%d")
    rows["can"] = rows["moves"].map(", ".join)
    columns = ["order_id", "retailer_id", "retailer", "ordered_on", "status", "lines", "pieces",
               "value", "can"]  # fmt: skip
    values: dict[str, object] = {"shown": len(rows), "total": found.total}
    return VendorTable(rows[columns], ((MORE_ORDERS, values),))


def _notes(found: Service) -> tuple[tuple[Message, dict[str, object]], ...]:
    return (*times(found.periods), *((message, dict(values)) for message, values in found.said))


STOCK = Listing(
    "stock", "stock against what comes, service and lost sales, orders to settle",
    {
        "outlook": _outlook, "service": _service,
        "regions": _of_service(lambda found: found.regions),
        "products": _of_service(lambda found: found.products), "orders": _orders,
    },
)  # fmt: skip
