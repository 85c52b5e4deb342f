"""How far a vendor reaches, and which shops he could win."""

from __future__ import annotations

import pandas as pd

from smartreco.entities import Principal
from smartreco.language import Message, Money
from smartreco.workspace.facade import Workspace
from smartreco.workspace.vendor.listing.demand import headline_rows, times
from smartreco.workspace.vendor.listing.listing import Listing, Read, VendorTable
from smartreco.workspace.vendor.reach_views import WhiteSpace
from smartreco.workspace.vendor.views import VendorFilter
from smartreco.workspace.wording import words

MOST_NAMED = 1000  # rows of shops to win
TOTAL = Message("Expected in all: {expected}; 80 of 100 times between {low} and {high}")


def _headline(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    found = workspace.vendor_reach.headline(asking, vendor_id, wanted)
    return VendorTable(headline_rows(found.figures), (*times(found.periods), *found.method))


def _weeks(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    """The trend: a row a week."""
    found = workspace.vendor_reach.headline(asking, vendor_id, wanted)
    columns = {one.name: pd.Series(one.weeks, dtype=float) for one in found.figures}
    rows = pd.DataFrame({"week": [day.isoformat() for day in found.starts], **columns})
    return VendorTable(rows, found.method)


def _places(by: str) -> Read:
    def read(
        workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
    ) -> VendorTable:
        found = workspace.vendor_reach.by_place(asking, vendor_id, wanted, by=by)
        return VendorTable(found.rows, (*times(found.periods), *found.method))

    return read


def _products(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    found = workspace.vendor_reach.by_product(asking, vendor_id, wanted)
    return VendorTable(found.rows, (*times(found.periods), *found.method))


def _white_space(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> VendorTable:
    """Shops to win by name, the reasons in words."""
    found = _shops_to_win(workspace, asking, vendor_id, wanted)
    language = words(workspace)
    why = [
        "; ".join(language.say(*reason) for reason in reasons) for reasons in found.rows["reasons"]
    ]
    rows = found.rows.drop(columns="reasons").assign(why=why)
    return VendorTable(rows, _said(found))


def _white(part: str) -> Read:
    def read(
        workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
    ) -> VendorTable:
        found = _shops_to_win(workspace, asking, vendor_id, wanted)
        return VendorTable(getattr(found, part), _said(found))

    return read


def _shops_to_win(
    workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
) -> WhiteSpace:
    return workspace.vendor_reach.white_space(asking, vendor_id, wanted, most=MOST_NAMED)


def _said(found: WhiteSpace) -> tuple[tuple[Message, dict[str, object]], ...]:
    if found.why is not None:
        return (found.why,)
    total = found.total
    amounts = {"expected": total.expected, "low": total.low, "high": total.high}
    return (TOTAL, {name: Money(amount) for name, amount in amounts.items()}), *found.method


def _overlap(part: str) -> Read:
    def read(
        workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
    ) -> VendorTable:
        found = workspace.vendor_reach.overlap(asking, vendor_id, wanted)
        return VendorTable(getattr(found, part), found.method)

    return read


def _cohorts(part: str) -> Read:
    def read(
        workspace: Workspace, asking: Principal, vendor_id: str, wanted: VendorFilter
    ) -> VendorTable:
        found = workspace.vendor_reach.cohorts(asking, vendor_id, wanted)
        return VendorTable(getattr(found, part), found.method)

    return read


WHITE_SPACE = frozenset({"white-space", "white-space-cells", "white-space-products"})
"""Tables that rest on what is learned in the background: until then they say so."""

REACH = Listing(
    "reach", "how many shops are reached, and which could be won",
    {
        "headline": _headline, "weeks": _weeks, "regions": _places("region"),
        "cities": _places("city"), "segments": _places("segment"), "products": _products,
        "white-space": _white_space, "white-space-cells": _white("cells"),
        "white-space-products": _white("products"), "overlap": _overlap("buyers"),
        "together": _overlap("together"), "categories": _overlap("categories"),
        "cohorts": _cohorts("kept"), "quarters": _cohorts("quarters"), "shops": _cohorts("shops"),
    },
)  # fmt: skip
