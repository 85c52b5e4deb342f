""" "Why this?": the exact arithmetic behind one suggestion, read only when it is opened."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, charts, messages
from pages.components.markup import place, tag
from pages.retailer.draft_acts import DraftActs
from smartreco.entities import Suggestion
from smartreco.recommend.rules import note_words
from smartreco.workspace.views import ExplanationView


def draw(visit: DraftActs, line: Suggestion) -> None:
    """A button that opens the breakdown; nothing is computed while it is closed."""
    product_id = line.product.product_id
    opened = st.popover(
        visit.ctx.t("Why this?"), type="tertiary", key=f"why-{product_id}", on_change="rerun"
    )
    if opened.open:
        with opened, st.container(key=f"sr-why-{product_id}", width=440):
            _breakdown(visit, line)


def _breakdown(visit: DraftActs, line: Suggestion) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    answer = _explained(visit, line)
    rows = [charts.Bar(row.label, row.contribution, row.rest) for row in answer.rows]
    said = [*sentences(visit, line), *_rules(visit, line)]
    listed = tag("ul", *(tag("li", one) for one in said), cls="sentences")
    what_if = tag("p", answer.counterfactual, cls="what-if") if answer.counterfactual else None
    name = t("Why {name}", name=cards.calm(line.product.name))
    # in the order of the keyboard: on a phone the breakdown is longer than its window, and
    # what cannot be reached cannot be scrolled
    place(tag("div", tag("p", name, cls="name"), listed, what_if, tabindex="0"))
    charts.draw(
        charts.contribution_bars(rows, answer.score, language),
        charts.in_words(rows, answer.score, language),
    )
    messages.note(t("The bars add up to the score that ranks the product; nothing else enters it."))


def sentences(visit: DraftActs, line: Suggestion) -> list[str]:
    """The reasons of a line in full, the strongest first."""
    words = visit.ctx.workspace.lists.words
    return [words(reason, visit.ctx.language) for reason in line.recommendation.reasons]


def _explained(visit: DraftActs, line: Suggestion) -> ExplanationView:
    """The addends of a line's score, in words."""
    return visit.ctx.workspace.lists.explain(
        visit.ctx.principal, visit.retailer_id, line.product.product_id, line.recommendation.list,
        visit.ctx.language,
    )  # fmt: skip


def _rules(visit: DraftActs, line: Suggestion) -> list[str]:
    """The rules that moved a line, in full."""
    notes = line.recommendation.notes
    return [note_words(name, line.product, visit.ctx.language) for name in notes]
