"""From region to city to shop: one table at a time, and a trail that leads back up."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components.download import csv_button
from pages.components.figures import change_words, tone
from pages.components.header import section
from pages.components.markup import Html, literal, place, tag
from pages.state import Slot
from pages.vendor import filter_bar
from pages.vendor.demand import shops as demand_shops
from pages.vendor.demand.visit import DemandVisit, share
from smartreco.language import Message

FIRST: Final = 10  # rows at once
SHOPS: Final = Message("{n} shop", "{n} shops", "n")


class PlacesState:
    """What this table keeps for a browser tab."""

    length = Slot(FIRST)


state = PlacesState()


def draw(visit: DemandVisit) -> None:
    """Regions, cities of a region, or shops of a city, as the filter says."""
    wanted, t = visit.wanted, visit.ctx.t
    regions, cities = visit.facets.regions, wanted.cities
    section(t("Region, city, shop"), "places", t("Pick a name to go down to its cities and shops."))
    _trail(visit)
    if len(cities) == 1:
        demand_shops.table(visit, "places")
    elif len(wanted.regions) == 1 or len(regions) == 1:
        rows = visit.demand.cities(visit.ctx.principal, visit.vendor_id, wanted).rows
        _rows(visit, "city", rows)
    else:
        rows = visit.demand.regions(visit.ctx.principal, visit.vendor_id, wanted).rows
        _rows(visit, "region", rows)


def _trail(visit: DemandVisit) -> None:
    """Where the reader is; each step above it leads back."""
    steps: list[tuple[str, dict[str, list[str]]]] = []
    if len(visit.facets.regions) > 1:
        steps.append((visit.ctx.t("All regions"), {"region": [], "city": []}))
    else:
        steps.append((visit.ctx.t("All cities"), {"city": []}))
    if len(visit.wanted.regions) == 1 and len(visit.facets.regions) > 1:
        steps.append((visit.place(visit.wanted.regions[0]), {"city": []}))
    if len(visit.wanted.cities) == 1:
        steps.append((visit.place(visit.wanted.cities[0]), {}))
    if len(steps) < 2:
        return
    with st.container(key="sr-trail", horizontal=True, gap="xsmall", vertical_alignment="center"):
        for at, (name, up) in enumerate(steps[:-1]):
            st.button(
                literal(name), key=f"trail-{at}", type="tertiary",
                on_click=filter_bar.put_all, args=(up,),
            )  # fmt: skip
            place(tag("span", "›", aria_hidden="true", cls="small"), "content")
        place(tag("b", steps[-1][0], aria_current="page"), "content")


def _rows(visit: DemandVisit, column: str, rows: pd.DataFrame) -> None:
    rows = rows[(rows["value"] > 0) | (rows["value_before"].fillna(0) > 0)]
    rows = rows.sort_values("value", ascending=False, kind="stable")
    most = float(rows["value"].max()) if len(rows) else 0.0
    with st.container(key="sr-places", gap=None):
        place(_head(visit, column))
        for at, one in enumerate(rows.head(state.length).to_dict("records")):
            with st.container(key=f"sr-place-{at}", horizontal=True, vertical_alignment="center"):
                down = {"region": [str(one["region"])]}
                if column == "city":
                    down["city"] = [str(one["city"])]
                st.button(
                    literal(visit.place(str(one[column]))), key=f"place-{column}-{at}",
                    type="tertiary", icon=":material/chevron_right:", icon_position="right",
                    on_click=_go_down, args=(down,),
                )  # fmt: skip
                place(_bar(visit, one, most))
    with st.container(key="sr-tools-places", horizontal=True):
        left = len(rows) - state.length
        if left > 0:
            st.button(
                visit.ctx.t("Show {n} more", n=min(left, 2 * FIRST)), key="more-places",
                type="tertiary", icon=":material/expand_more:", on_click=_more,
            )  # fmt: skip
        csv_button(
            visit.ctx.t("Download as CSV"), visit.file(f"demand-{column}"), lambda: rows,
            f"download-{column}",
        )  # fmt: skip


def _head(visit: DemandVisit, column: str) -> Html:
    t = visit.ctx.t
    words = (t("Region") if column == "region" else t("City"), "", t("Value"), t("Change"),
             t("Shops"))  # fmt: skip
    return tag("div", *(tag("span", one) for one in words), cls="place head small",
               aria_hidden="true")  # fmt: skip


def _bar(visit: DemandVisit, one: dict[Any, Any], most: float) -> Html:
    language, moved = visit.ctx.language, share(one["change_share"])
    filled = f"width:{one['value'] / most if most > 0 else 0:.1%}"
    return tag(
        "div",
        tag("span", tag("span", style=filled), cls="meter", aria_hidden="true"),
        tag("b", language.compact_money(float(one["value"])), cls="num"),
        tag("b", change_words(moved, language), cls=f"num {tone(moved)}"),
        tag("span", language.say(SHOPS, {"n": int(one["shops"])}), cls="num small"),
        cls="place",
    )


def _go_down(down: dict[str, list[str]]) -> None:
    state.length = FIRST
    filter_bar.put_all(down)


def _more() -> None:
    state.length += 2 * FIRST
