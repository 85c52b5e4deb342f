"""What shops buy beside a vendor's products: from others, of his own, of other categories."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from pages.components import charts, messages
from pages.components.charts.buyers import Buyers, buyers_bars, buyers_in_words
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.header import section
from pages.components.markup import Html, place, tag
from pages.vendor.reach import meaning as reach_meaning
from pages.vendor.reach.visit import ReachVisit
from smartreco.language import Message
from smartreco.workspace.vendor.reach_views import Overlap

BARS, ROWS = 10, 10
FROM_OTHERS: Final = Message(
    "{n} shop buys {category} from others only",
    "{n} shops buy {category} from others only",
    "n",
)
BOTH: Final = Message("{n} shop", "{n} shops", "n")


def draw(visit: ReachVisit) -> None:
    """Three tables of one thing each, the first as a chart."""
    who = visit.ctx.principal
    found = visit.reach.overlap(who, visit.vendor_id, visit.wanted)
    if found.buyers.empty and found.together.empty and found.categories.empty:
        messages.empty_state(
            visit.ctx.t("Too little is bought here to compare"),
            visit.ctx.t("Take a filter back to see more."), "basket", key="reach",
        )  # fmt: skip
        return
    _buyers(visit, found)
    with st.container(key="sr-reach-pairs", gap="small"):
        _together(visit, found)
    with st.container(key="sr-reach-others", gap="small"):
        _categories(visit, found)


def _buyers(visit: ReachVisit, found: Overlap) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    table = found.buyers[found.buyers["universe"] > 0].sort_values("others_only", ascending=False)
    rows = tuple(
        Buyers(visit.goods(row["category"]), *(int(row[one]) for one in Buyers._fields[1:]))
        for row in table.head(BARS).to_dict("records")
    )
    if not rows:
        return
    most = max(rows, key=lambda one: one.others_only)
    title = visit.ctx.language.say(FROM_OTHERS, {"n": most.others_only, "category": most.category})
    with st.container(key="sr-figure-buyers", gap="small"):
        place(tag("h2", title, cls="finding"))
        place(tag("p", _about(visit, found, len(table)), cls="small"))
        charts.draw_kept(
            ("buyers", rows, language), lambda: buyers_bars(rows, language),
            buyers_in_words(rows, title, language),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center", key="sr-tools-buyers"):
            reach_meaning.popover(visit, "buyers", found.method)
            csv_button(t("Table as CSV"), visit.file("overlap"), lambda: found.buyers,
                       "download-buyers")  # fmt: skip


def _about(visit: ReachVisit, found: Overlap, many: int) -> str:
    said = visit.ctx.t("Of all shops in the places chosen, over the last {n} weeks", n=found.weeks)
    left = int(found.buyers["left_out"].max()) if len(found.buyers) else 0
    if left:
        said += "; " + visit.ctx.t(
            "up to {n} shops of a category are too few of their kind to be told apart", n=left
        )
    if many > BARS:
        said += "; " + visit.ctx.t("the first {n} of {many} categories", n=BARS, many=many)
    return said


def _together(visit: ReachVisit, found: Overlap) -> None:
    t = visit.ctx.t
    about = t("Pairs of your products that shops buy together beyond chance, in this time.")
    if found.together.empty:
        about = t("Too few shops buy two of your products to tell.")
    section(t("What of yours the same shops buy"), "together", about)
    if found.together.empty:
        return
    columns = (
        Column(t("Product")), Column(t("With")),
        Column(t("Buy both"), True, t("Shops that bought both in this time")),
        Column(t("Of its buyers"), True, t("Share of the first product's shops")),
        Column(t("Beyond chance"), True, t("Shops that buy both, over how many it would be if "
                                           "neither had to do with the other")),
    )  # fmt: skip
    rows = found.together.head(ROWS).to_dict("records")
    with st.container(key="sr-data-together"):
        place(data_table(t("Bought together"), columns, [_pair(visit, row) for row in rows]))
    csv_button(t("All pairs as CSV"), visit.file("bought-together"), lambda: found.together,
               "download-together")  # fmt: skip


def _pair(visit: ReachVisit, row: dict[Any, Any]) -> list[Html | str]:
    language = visit.ctx.language
    return [
        named(visit.goods(row["name"]), ""), visit.goods(row["other"]),
        language.say(BOTH, {"n": int(row["both"])}), language.percent(float(row["confidence"])),
        visit.ctx.t("{n} times", n=language.number(float(row["lift"]), 1)),
    ]  # fmt: skip


def _categories(visit: ReachVisit, found: Overlap) -> None:
    t = visit.ctx.t
    if found.categories.empty:
        return
    section(
        t("What else your buyers buy"), "categories",
        t("Categories that you do not sell, at {n} shops that buy from you",
          n=found.buyers_counted),
    )  # fmt: skip
    columns = (
        Column(t("Category")), Column(t("Of your buyers"), True), Column(t("Of all shops"), True),
        Column(t("Beyond usual"), True, t("The first share over the second")),
    )  # fmt: skip
    rows = found.categories.head(ROWS).to_dict("records")
    with st.container(key="sr-data-categories"):
        place(data_table(t("Other categories"), columns, [_category(visit, row) for row in rows]))


def _category(visit: ReachVisit, row: dict[Any, Any]) -> list[Html | str]:
    language = visit.ctx.language
    return [
        named(visit.goods(row["category"]), ""), language.percent(float(row["share"])),
        language.percent(float(row["share_all"])),
        visit.ctx.t("{n} times", n=language.number(float(row["lift"]), 1)),
    ]  # fmt: skip
