"""``vendor reach``: how far a vendor reaches, and which shops he could win."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from smartreco.cli.command import words
from smartreco.cli.vendor_demand import headline_rows, times
from smartreco.cli.vendor_part import VendorPart, VendorTable
from smartreco.entities import OPERATOR
from smartreco.language import Message, Money
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.reach_views import WhiteSpace
from smartreco.workspace.vendor.views import VendorFilter

Read = Callable[[Workspace, str, VendorFilter], VendorTable]

MOST_NAMED = 1000  # rows of shops to win
TOTAL = Message("Expected in all: {expected}; 80 of 100 times between {low} and {high}")


def _headline(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
    found = workspace.vendor_reach.headline(OPERATOR, vendor_id, wanted)
    return VendorTable(headline_rows(found.figures), (*times(found.periods), *found.method))


def _weeks(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
    """The trend: a row a week."""
    found = workspace.vendor_reach.headline(OPERATOR, vendor_id, wanted)
    columns = {one.name: pd.Series(one.weeks, dtype=float) for one in found.figures}
    rows = pd.DataFrame({"week": [day.isoformat() for day in found.starts], **columns})
    return VendorTable(rows, found.method)


def _places(by: str) -> Read:
    def read(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
        found = workspace.vendor_reach.by_place(OPERATOR, vendor_id, wanted, by=by)
        return VendorTable(found.rows, (*times(found.periods), *found.method))

    return read


def _products(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
    found = workspace.vendor_reach.by_product(OPERATOR, vendor_id, wanted)
    return VendorTable(found.rows, (*times(found.periods), *found.method))


def _white_space(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
    """Shops to win by name, the reasons in words."""
    found = _learned(workspace, vendor_id, wanted)
    language = words(workspace)
    why = [
        "; ".join(language.say(*reason) for reason in reasons) for reasons in found.rows["reasons"]
    ]
    rows = found.rows.drop(columns="reasons").assign(why=why)
    return VendorTable(rows, _said(found))


def _white(part: str) -> Read:
    def read(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
        found = _learned(workspace, vendor_id, wanted)
        return VendorTable(getattr(found, part), _said(found))

    return read


def _learned(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> WhiteSpace:
    """A command waits for what a page shows later."""
    workspace.models.refresh()
    workspace.vendor_reach.warm()
    return workspace.vendor_reach.white_space(OPERATOR, vendor_id, wanted, most=MOST_NAMED)


def _said(found: WhiteSpace) -> tuple[tuple[Message, dict[str, object]], ...]:
    if found.why is not None:
        return (found.why,)
    total = found.total
    amounts = {"expected": total.expected, "low": total.low, "high": total.high}
    return (TOTAL, {name: Money(amount) for name, amount in amounts.items()}), *found.method


def _overlap(part: str) -> Read:
    def read(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
        found = workspace.vendor_reach.overlap(OPERATOR, vendor_id, wanted)
        return VendorTable(getattr(found, part), found.method)

    return read


def _cohorts(part: str) -> Read:
    def read(workspace: Workspace, vendor_id: str, wanted: VendorFilter) -> VendorTable:
        found = workspace.vendor_reach.cohorts(OPERATOR, vendor_id, wanted)
        return VendorTable(getattr(found, part), found.method)

    return read


REACH = VendorPart(
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
