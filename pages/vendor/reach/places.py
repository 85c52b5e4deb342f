"""How far a vendor reaches: where, with what, and since when."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from pages import address
from pages.components import charts, messages
from pages.components.charts.distribution import (
    Reach,
    distribution_dots,
    distribution_in_words,
)
from pages.components.download import csv_button
from pages.components.markup import place, tag
from pages.vendor.reach import course as reach_course
from pages.vendor.reach import meaning as reach_meaning
from pages.vendor.reach import place_rows as reach_place_rows
from pages.vendor.reach.place_rows import label, share
from pages.vendor.reach.visit import ReachVisit
from smartreco.language import Message
from smartreco.workspace.vendor.reach_views import Reached

DOTS: Final = 10
SPLITS: Final = {
    "region": "Region", "city": "City", "segment": "Kind of shop", "product": "Product",
}  # fmt: skip
OF_SHOPS: Final = Message("{n} of {all} shop", "{n} of {all} shops", "all")
MERGED: Final = (
    "Fewer than five shops of one kind in a place are counted together with others, as several "
    "towns, several kinds of shop or other places, so that no figure is about a single shop"
)
LEFT: Final = Message(
    "{n} shop of the places chosen is left out for that reason",
    "{n} shops of the places chosen are left out for that reason",
    "n",
)


def draw(visit: ReachVisit) -> None:
    """The split, then the course of the whole."""
    if visit.headline.empty:
        messages.empty_state(
            visit.ctx.t("No shop bought in this selection"),
            visit.ctx.t("Take a filter back, or see under White space which shops could."),
            "basket", key="reach",
        )  # fmt: skip
        return
    _split(visit)
    reach_course.draw(visit)


def _split(visit: ReachVisit) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    with st.container(key="sr-figure-reach", gap="small"):
        splits = _splits(visit)
        with st.container(horizontal=True, vertical_alignment="center", key="sr-tools-reach"):
            split = address.choose(t("Split"), "by", splits, lambda one: t(SPLITS[one]), bare=True)
            found = _read(visit, split)
            csv_button(t("Table as CSV"), visit.file(f"distribution-{split}"),
                       lambda: found.rows, "download-reach")  # fmt: skip
        rows = found.rows.to_dict("records")
        dots = tuple(_dot(visit, split, row) for row in rows[:DOTS])
        title = _title(visit, dots, len(rows))
        place(tag("h2", title, cls="finding"))
        place(tag("p", _merged(visit, found), cls="small"))
        charts.draw_kept(
            ("reach", dots, language), lambda: distribution_dots(dots, language),
            distribution_in_words(dots, title, language),
        )  # fmt: skip
        reach_meaning.popover(visit, "split", found.method)
    reach_place_rows.draw(visit, split, rows)


def _splits(visit: ReachVisit) -> list[str]:
    """What there is more than one of; by region where there is only one of everything."""
    facets = visit.facets
    many = {
        "region": len(facets.regions), "city": len(facets.cities),
        "segment": len(facets.segments), "product": len(facets.products),
    }  # fmt: skip
    return [name for name in SPLITS if many[name] > 1] or ["region"]


def _read(visit: ReachVisit, split: str) -> Reached:
    who, reach = visit.ctx.principal, visit.reach
    if split == "product":
        return reach.by_product(who, visit.vendor_id, visit.wanted)
    return reach.by_place(who, visit.vendor_id, visit.wanted, by=split)


def _title(visit: ReachVisit, dots: tuple[Reach, ...], many: int) -> str:
    t = visit.ctx.t
    if len(dots) < 2:
        return t("How far you reach")
    known = [one for one in dots if one.weighted is not None] or list(dots)
    widest, least = known[0], known[-1]
    percent = visit.ctx.language.percent
    words: dict[str, object] = {
        "label": widest.label, "share": percent(widest.weighted or widest.numeric),
        "last": least.label, "least": percent(least.weighted or least.numeric),
        "n": len(dots), "many": many,
    }  # fmt: skip
    if many > len(dots):
        return t(
            "Weighted distribution: widest {label} ({share}); the first {n} of {many}", **words
        )
    return t("Weighted distribution: widest {label} ({share}), least {last} ({least})", **words)


def _merged(visit: ReachVisit, found: Reached) -> str:
    said = visit.ctx.t(MERGED)
    if found.left_out:
        said += "; " + visit.ctx.language.say(LEFT, {"n": found.left_out})
    return said + "."


def _dot(visit: ReachVisit, split: str, row: dict[Any, Any]) -> Reach:
    about = visit.ctx.language.say(OF_SHOPS, {"n": int(row["shops"]), "all": int(row["universe"])})
    return Reach(label(visit, split, row), float(row["numeric"]), share(row["weighted"]), about)
