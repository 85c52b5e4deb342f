"""The assortment: what carries it, how evenly it sells, how long stock lasts, what was missed."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components.data_table import Column, data_table
from pages.components.download import csv_button
from pages.components.header import section
from pages.components.markup import place, tag
from pages.state import Slot
from pages.vendor.demand import product_cells as demand_product_cells
from pages.vendor.demand.visit import DemandVisit
from smartreco.language import Message, Money, Percent
from smartreco.workspace.vendor.demand_views import Assortment

FIRST: Final = 15  # rows at once
CARRY: Final = Message(
    "{n} of {all} products brings {share} of the value",
    "{n} of {all} products bring {share} of the value", "n",
)  # fmt: skip
ORDERS: Final = {  # name: words, column, whether the largest comes first
    "value": ("By value", "value", True),
    "lost": ("By lost sales", "lost_value", True),
    "cover": ("By cover, shortest first", "cover_weeks", False),
}


class ProductsState:
    """What this table keeps for a browser tab."""

    length = Slot(FIRST)


state = ProductsState()


def draw(visit: DemandVisit) -> None:
    """The finding, the order, the table, and how its figures come about."""
    found = visit.demand.assortment(visit.ctx.principal, visit.vendor_id, visit.wanted)
    section(_said(visit, found), "assortment", _about(visit, found))
    rows = _sorted(visit, found)
    columns = _columns(visit, found)
    with st.container(key="sr-data-assortment"):
        shown = rows.head(state.length).to_dict("records")
        rows_of = (demand_product_cells.row(visit, one) for one in shown)
        cells = [[row[at] for at in columns] for row in rows_of]
        place(data_table(visit.ctx.t("Your products"), list(columns.values()), cells))
    _tools(visit, rows)
    with st.container(key="sr-data-method"):
        said = (tag("li", visit.ctx.language.say(*one)) for one in found.method)
        place(tag("ul", *said, cls="method small"))


def _tools(visit: DemandVisit, rows: pd.DataFrame) -> None:
    t = visit.ctx.t
    with st.container(key="sr-tools-assortment", horizontal=True):
        left = len(rows) - state.length
        if left > 0:
            st.button(
                t("Show {n} more", n=min(left, 2 * FIRST)), key="more-assortment",
                type="tertiary", icon=":material/expand_more:", on_click=_more,
            )  # fmt: skip
        csv_button(
            t("All {n} as CSV", n=len(rows)), visit.file("assortment"), lambda: rows,
            "download-assortment",
        )  # fmt: skip


def _said(visit: DemandVisit, found: Assortment) -> str:
    rows = found.rows
    first = rows[rows["abc"] == "A"]
    if len(rows) < 2 or first.empty:
        return visit.ctx.t("Your products")
    share = Percent(float(first["share"].sum()))
    return visit.ctx.language.say(CARRY, {"n": len(first), "all": len(rows), "share": share})


def _about(visit: DemandVisit, found: Assortment) -> str:
    lost = float(found.rows["lost_value"].sum())
    if not found.history_known:
        return ""
    if lost <= 0:
        return visit.ctx.t("No sale was lost to empty shelves of yours.")
    return visit.ctx.t("About {value} was lost while you had none: an estimate.",
                       value=Money(lost, compact=True))  # fmt: skip


def _sorted(visit: DemandVisit, found: Assortment) -> pd.DataFrame:
    known = {"value": True, "lost": found.history_known, "cover": found.stock_known}
    choices = [name for name in ORDERS if known[name]]
    if len(choices) < 2 or len(found.rows) < 2:
        return found.rows
    chosen = address.choose(
        visit.ctx.t("Order"), "order", choices, lambda one: visit.ctx.t(ORDERS[one][0]), bare=True
    )
    _, column, largest = ORDERS[chosen]
    return found.rows.sort_values(column, ascending=not largest, kind="stable", na_position="last")


def _columns(visit: DemandVisit, found: Assortment) -> dict[int, Column]:
    """Columns that say anything of these data, by their place in a row."""
    t, stock, history = visit.ctx.t, found.stock_known, found.history_known
    all_of = [
        (True, Column(t("Product"))),
        (len(found.rows) > 1, Column(t("Class"))),
        (True, Column(t("Value"), number=True)),
        (len(found.rows) > 1, Column(t("Share"), number=True)),
        (True, Column(t("Shops"), number=True)),
        (stock, Column(t("Sell-through"), number=True)),
        (stock, Column(t("Cover"), number=True)),
        (history, Column(t("Lost sales"), number=True)),
    ]
    return {at: column for at, (says, column) in enumerate(all_of) if says}


def _more() -> None:
    state.length += 2 * FIRST
