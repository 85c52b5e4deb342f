""" "Why this?": the exact arithmetic behind one suggestion, read only when it is opened."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, charts, messages
from pages.components.markup import place, tag
from pages.retailer.visit import Visit
from smartreco.entities import Suggestion


def draw(visit: Visit, line: Suggestion) -> None:
    """A button that opens the breakdown; nothing is computed while it is closed."""
    product_id = line.product.product_id
    opened = st.popover(
        visit.ctx.t("Why this?"), type="tertiary", key=f"why-{product_id}", on_change="rerun"
    )
    if opened.open:
        with opened, st.container(key=f"sr-why-{product_id}", width=440):
            _breakdown(visit, line)


def _breakdown(visit: Visit, line: Suggestion) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    answer = visit.explain(line)
    rows = [charts.Bar(row.label, row.contribution, row.rest) for row in answer.rows]
    said = [*visit.sentences(line), *visit.rules(line)]
    sentences = tag("ul", *(tag("li", one) for one in said), cls="sentences")
    what_if = tag("p", answer.counterfactual, cls="what-if") if answer.counterfactual else None
    name = t("Why {name}", name=cards.calm(line.product.name))
    # in the order of the keyboard: on a phone the breakdown is longer than its window, and
    # what cannot be reached cannot be scrolled
    place(tag("div", tag("p", name, cls="name"), sentences, what_if, tabindex="0"))
    charts.draw(
        charts.contribution_bars(rows, answer.score, language),
        charts.in_words(rows, answer.score, language),
    )
    messages.note(t("The bars add up to the score that ranks the product; nothing else enters it."))
