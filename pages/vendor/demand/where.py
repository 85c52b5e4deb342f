"""Where demand is: region by category, the cities on their map, and the way down to the shops."""

from __future__ import annotations

import streamlit as st

from pages.components import charts
from pages.components.charts.city_map import PICK
from pages.components.figures import change_words
from pages.components.markup import place, tag
from pages.vendor import filter_bar
from pages.vendor.demand import grid as demand_grid
from pages.vendor.demand import places as demand_places
from pages.vendor.demand.visit import DemandVisit, chart_key, share


def draw(visit: DemandVisit) -> None:
    """Charts that say something of this vendor, then the table."""
    found = demand_grid.read(visit)
    cities = _cities(visit)
    if found is not None or len(cities) > 1:
        with st.container(key="sr-demand-pair", horizontal=True, gap="medium"):
            if found is not None:
                demand_grid.draw(visit, found)
            if len(cities) > 1:
                _map(visit, cities)
    demand_places.draw(visit)


def _map(visit: DemandVisit, cities: list[charts.City]) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    most = max(cities, key=lambda one: one.value)
    title = t("{n} cities; most in {city}", n=len(cities), city=most.name)
    words = t("Size: value. Colour: change {since}. Pick a city to look at it alone.",
              since=visit.since_before())  # fmt: skip
    if visit.when.before is None:
        words = t("Size: value. Pick a city to look at it alone.")
    with st.container(key="sr-figure-map", gap="small"):
        place(tag("h2", title, cls="finding"))
        place(tag("p", words, cls="small"))
        charts.draw_picking(
            charts.city_map(cities, language), charts.map_in_words(cities, title, language),
            chart_key("map", visit), PICK, _take_city,
        )  # fmt: skip


def _cities(visit: DemandVisit) -> list[charts.City]:
    """Cities that bought and whose place is known."""
    language = visit.ctx.language
    rows = visit.demand.cities(visit.ctx.principal, visit.vendor_id, visit.wanted).rows
    placed = rows[(rows["value"] > 0) & rows["lat"].notna() & rows["lon"].notna()]
    return [
        charts.City(
            one["city"], one["region"], visit.place(one["city"]), float(one["lat"]),
            float(one["lon"]), float(one["value"]), language.compact_money(float(one["value"])),
            share(one["change_share"]), change_words(share(one["change_share"]), language),
        )
        for one in placed.to_dict("records")
    ]  # fmt: skip


def _take_city(picked: list[dict[str, str]]) -> None:
    one = picked[-1] if picked else {}
    if "city" in one and "region" in one:
        filter_bar.put_all({"region": [one["region"]], "city": [one["city"]]})
