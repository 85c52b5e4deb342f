"""What would change the rank: each thing taken away or added, and the ranking done again."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.analyst.explain import wording
from pages.analyst.explain.visit import ExplainVisit
from pages.components import cards, messages
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from pages.list_names import COMPONENTS
from smartreco.language import Message
from smartreco.workspace.explaining.views import Cause, Changes, Counterfactual

GROUPS: Final = (
    ("Purchases", (Cause.OWN, Cause.PURCHASE)),
    ("Components", (Cause.COMPONENT,)),
    ("What stands on its order", (Cause.OFF, Cause.WITH)),
    ("Published rules", (Cause.RULES, Cause.RULE)),
)
UP: Final = Message("{n} place up", "{n} places up", "n")
DOWN: Final = Message("{n} place down", "{n} places down", "n")


def draw(visit: ExplainVisit) -> None:
    """What is missing to the next rank, then what would move it."""
    t, found = visit.ctx.t, visit.changes
    with st.container(key="sr-figure-gap", gap="small"):
        place(tag("h2", _gap(visit, found), cls="finding"))
        messages.note(
            t(
                "Every rank here was found by making the list again under the other condition, "
                "rules and all, not by estimating it."
            )
        )
        if visit.shown.counterfactual:
            place(tag("p", t("The shop reads: “{words}”", words=visit.shown.counterfactual),
                      cls="small"))  # fmt: skip
    for title, causes in GROUPS:
        some = [one for one in found.found if one.cause in causes]
        if some:
            _group(visit, title, some)


def _gap(visit: ExplainVisit, found: Changes) -> str:
    t, language = visit.ctx.t, visit.ctx.language
    if found.rank is None:
        return t("It has no rank on this list, so no score is missing")
    if found.above is None:
        return t("It stands on top of the list")
    name = cards.calm(found.above.name)
    if found.missing is None:
        return t(
            "No score would lift it over {name}, which is due, pinned or placed by a rule",
            name=name,
        )
    more = wording.points(found.missing, language).removeprefix("+")
    return t("{points} more points of score would lift it over {name}", points=more, name=name)


def _group(visit: ExplainVisit, title: str, some: list[Counterfactual]) -> None:
    t, language, rank = visit.ctx.t, visit.ctx.language, visit.changes.rank
    rows = [
        [
            _named(visit, one),
            t("not on the list") if one.rank is None else str(one.rank),
            _moved(visit, one, rank),
        ]
        for one in some
    ]
    key = some[0].cause.value
    with st.container(key=f"sr-data-changes-{key}", gap=None):
        place(tag("div", tag("h3", t(title)), cls="over"))
        now = language.text("Rank then (now {rank})", rank="–" if rank is None else rank)
        columns = [Column(t("What if")), Column(now, number=True), Column(t("Change"), number=True)]
        place(data_table(t(title), columns, rows))


def _named(visit: ExplainVisit, one: Counterfactual) -> Html | str:
    return wording.what_if(one, visit.ctx.language, COMPONENTS)


def _moved(visit: ExplainVisit, one: Counterfactual, rank: int | None) -> Html | str:
    t, language = visit.ctx.t, visit.ctx.language
    if one.cause is Cause.OWN:
        return t("another list")
    if rank is None or one.rank is None:
        same = rank is None and one.rank is None
        return t("no change") if same else t("comes on") if rank is None else t("leaves")
    if one.rank == rank:
        return t("no change")
    up = one.rank < rank
    words = language.say(UP if up else DOWN, {"n": abs(one.rank - rank)})
    return tag("b", words, cls="change better" if up else "change worse")
