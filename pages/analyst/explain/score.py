"""What the score is made of: the components as a waterfall, below each its addends."""

from __future__ import annotations

from math import fsum
from typing import Final

import pandas as pd
import streamlit as st

from pages.analyst.explain import wording
from pages.analyst.explain.visit import ExplainVisit
from pages.components import charts, header, messages
from pages.components.data_table import Column, data_table
from pages.components.download import csv_button
from pages.components.markup import place, tag
from pages.list_names import COMPONENTS
from smartreco.language import Percent
from smartreco.recommend.rules import note_words
from smartreco.workspace.explaining.views import Component

NAMED: Final = 6  # addends of a component that get a row each
COLUMNS: Final = [
    "retailer_id", "product_id", "list", "component", "kind", "id", "what", "contribution",
]  # fmt: skip


def draw(visit: ExplainVisit) -> None:
    """The whole decomposition."""
    ctx, found = visit.ctx, visit.found
    if not found.components:
        messages.empty_state(
            ctx.t("No component says anything of it"),
            ctx.t("Nothing the shop did, and nothing others did, speaks for or against it."),
            "package", key="explain-score",
        )  # fmt: skip
        return
    _waterfall(visit)
    _rules(visit)
    header.section(
        ctx.t("Every addend"), "addends",
        ctx.t("In points of score, the largest first; the file holds each of them."),
    )  # fmt: skip
    csv_button(
        ctx.t("Download every addend"), visit.file("score"), lambda: addend_frame(visit),
        "explain-addends",
    )  # fmt: skip
    with st.container(key="sr-explain-addends", horizontal=True, gap="medium"):
        for component in found.components:
            _component(visit, component)


def _waterfall(visit: ExplainVisit) -> None:
    ctx, found = visit.ctx, visit.found
    t, language = ctx.t, ctx.language
    steps = tuple(
        charts.Step(t(COMPONENTS[one.name]), one.contribution) for one in found.components
    )
    total = charts.Step(t("Score, the sum"), found.score)
    with st.container(key="sr-figure-score", gap="small"):
        place(tag("h3", t("What the score is made of")))
        charts.draw_kept(
            ("score waterfall", steps, total, language),
            lambda: charts.waterfall(steps, total, language),
            charts.waterfall_in_words(steps, total, language),
        )
        messages.note(t("The bars add up to the score that ranks it; nothing else enters it."))


def _rules(visit: ExplainVisit) -> None:
    found, language = visit.found, visit.ctx.language
    said = [note_words(name, found.product, language) for name in found.notes]
    if said:
        with st.container(key="sr-explain-rules"):
            place(tag("ul", *(tag("li", one) for one in said), cls="rests"))


def _component(visit: ExplainVisit, one: Component) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    rows = [
        [wording.addend(addend, language), wording.points(addend.contribution, language)]
        for addend in one.addends[:NAMED]
    ]
    rest = one.addends[NAMED:]
    if rest:
        together = fsum(addend.contribution for addend in rest)
        further = language.say(wording.FURTHER, {"n": len(rest)})
        rows.append([further, wording.points(together, language)])
    about = t(
        "{points} points; its share of the pull on this list is {weight}",
        points=wording.points(one.contribution, language), weight=Percent(one.weight),
    )  # fmt: skip
    with st.container(key=f"sr-data-addends-{one.name}", gap=None):
        place(tag("div", tag("h3", t(COMPONENTS[one.name])), tag("p", about, cls="small"),
                  cls="over"))  # fmt: skip
        columns = [Column(t("What")), Column(t("Adds"), number=True)]
        place(data_table(t(COMPONENTS[one.name]), columns, rows))


def addend_frame(visit: ExplainVisit) -> pd.DataFrame:
    """Every addend as a table; its last column sums to the score."""
    found, language = visit.found, visit.ctx.language
    rows = [
        (found.retailer.retailer_id, found.product.product_id, found.list.value, one.name,
         addend.kind, addend.id, wording.addend(addend, language), addend.contribution)
        for one in found.components
        for addend in one.addends
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)
