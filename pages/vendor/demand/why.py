"""Why value changed: the parts that sum to the change, and what moved it up and down."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import charts, messages
from pages.components.download import csv_button
from pages.components.markup import place, tag
from pages.vendor.demand import movers as demand_movers
from pages.vendor.demand.visit import DemandVisit
from smartreco.vendors.change import PARTS
from smartreco.workspace.vendor.demand_views import Movers

SHOWN: Final = 6  # movers of each side
ALL: Final = 500  # in the file
LABELS: Final = {
    "volume": "Shops that stayed: more or fewer pieces",
    "price": "Shops that stayed: prices paid",
    "won": "Shops won", "lost": "Shops lost", "launched": "New products",
    "ended": "Products that ended",
}  # fmt: skip
LEVELS: Final = {"product": "Products", "category": "Categories", "region": "Regions",
                 "city": "Cities"}  # fmt: skip
SINCE: Final = {"before": "On the weeks before", "last_year": "On last year"}


def draw(visit: DemandVisit) -> None:
    """The whole first, then the movers."""
    t = visit.ctx.t
    bases = [name for name, when in (("before", visit.when.before),
                                     ("last_year", visit.when.last_year)) if when]  # fmt: skip
    if not bases:
        messages.empty_state(
            t("Nothing to compare with yet"),
            t("The data do not reach back to a time of the same length. Choose a shorter one "
              "above."), "basket", key="why",
        )  # fmt: skip
        return
    with st.container(key="sr-tools-why", horizontal=True, vertical_alignment="center"):
        base = bases[0]
        if len(bases) > 1:
            base = address.choose(
                t("Compared with"), "since-when", bases, lambda one: t(SINCE[one]), bare=True
            )
        level = address.choose(
            t("What moved"), "movers", _levels(visit), lambda one: t(LEVELS[one]), bare=True
        )
    found = visit.demand.movers(
        visit.ctx.principal, visit.vendor_id, visit.wanted, level=level, base=base, most=SHOWN
    )
    _whole(visit, found, base)
    demand_movers.draw(visit, found)
    with st.container(key="sr-tools-movers", horizontal=True):
        csv_button(
            t("Download as CSV"), visit.file(f"movers-{level}"),
            lambda: _table(visit, level, base), "download-movers",
        )  # fmt: skip


def _levels(visit: DemandVisit) -> list[str]:
    """Kinds of movers of which this vendor has several; products always."""
    many = {"category": visit.facets.categories, "region": visit.facets.regions,
            "city": visit.facets.cities}  # fmt: skip
    return ["product", *(name for name, of in many.items() if len(of) > 1)]


def _whole(visit: DemandVisit, found: Movers, base: str) -> None:
    whole = found.whole
    if whole is None:
        return
    t, language = visit.ctx.t, visit.ctx.language
    parts = [charts.ChangePart(t(LABELS[part]), whole.parts[part]) for part in PARTS]
    change = charts.money_signed(whole.change, language)
    title = t("{change}: what it is made of", change=change)
    words = t("From {before} to {now}. The parts add up to the change.",
              before=language.compact_money(whole.value_before),
              now=language.compact_money(whole.value))  # fmt: skip
    with st.container(key="sr-figure-change", gap="small"):
        place(tag("h2", title, cls="finding"))
        place(tag("p", words, cls="small"))
        said = "; ".join(f"{one.label} {charts.money_signed(one.amount, language)}"
                         for one in parts if one.amount)  # fmt: skip
        charts.draw_kept(
            ("vendor change", tuple(parts), language),
            lambda: charts.change_parts(parts, t("Change, the sum"), language),
            f"{title}. {words} {said}",
        )  # fmt: skip


def _table(visit: DemandVisit, level: str, base: str) -> pd.DataFrame:
    """Every mover with its parts."""
    found = visit.demand.movers(
        visit.ctx.principal, visit.vendor_id, visit.wanted, level=level, base=base, most=ALL
    )
    rows = [
        {level: one.id, "name": found.labels[one.id], "value": one.value,
         "value_before": one.value_before, "change": one.change, "reason": one.reason,
         **{part: one.parts[part] for part in PARTS}}
        for one in (*found.up, *found.down)
    ]  # fmt: skip
    return pd.DataFrame(rows)
