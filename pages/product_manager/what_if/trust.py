"""How far to trust this: how often bands and signs were right where the truth is known."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import messages
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, join, place, tag
from pages.context import Context
from pages.product_manager.what_if import wording
from pages.product_manager.what_if.desk import WhatIfDesk
from smartreco.evaluation.scenario_grading import ALL, GRADED_AS, WORLD, Grade, Grading
from smartreco.language import Percent, noted
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.outcome import Measure, Outcome

NAMES: Final = {
    ALL: "All kinds", "price": "Price", "promotion": "Promotion", "stock-out": "Empty shelves",
    "exit": "Product or vendor leaves", "launch": "Launch", "demand": "Demand moves",
    "festival": "A festival moves", "new-shops": "New shops",
}  # fmt: skip
#: Kinds of levers that the generator cannot move.
UNGRADED: Final = {
    noted("Lead time"): ("lead_time",), noted("Weights and rules of lists"): ("blend", "rule"),
}  # fmt: skip


def draw(desk: WhatIfDesk, outcome: Outcome) -> None:
    """What it means for this question, the table, and what was not graded."""
    ctx, grading = desk.ctx, desk.scenarios.trust(desk.ctx.principal)
    if grading is None:
        messages.note(
            ctx.t("Not graded yet: the bands say what the model believes, and nobody has held "
                  "them against a known truth.")
        )  # fmt: skip
        return
    measure = "revenue" if wording.main_measure(outcome).measure is Measure.REVENUE else "units"
    whole = grading.of(ALL, measure)
    if whole is not None:
        place(tag("h2", _finding(desk, whole), cls="finding"))
    rows = [one for one in grading.grades if one.measure == measure]
    mine = {GRADED_AS.get(one.kind) for one in outcome.scenario.levers}
    columns = (
        Column(ctx.t("What was moved")), Column(ctx.t("Cases"), number=True),
        Column(ctx.t("Truth inside the band"), number=True,
               meaning=ctx.t("{share} is promised.", share=Percent(0.8))),
        Column(ctx.t("Right direction"), number=True,
               meaning=ctx.t("Of the cases whose true difference is more than luck.")),
        Column(ctx.t("Usual miss"), number=True,
               meaning=ctx.t("Median error, as a share of what truly happened.")),
    )  # fmt: skip
    with st.container(key="sr-data-trust"):
        shown = [_row(desk, one, one.kind in mine) for one in rows]
        moved = {one.kind for one in outcome.scenario.levers}
        shown += [_ungraded(ctx, name, bool(moved & {*kinds})) for name, kinds in UNGRADED.items()]
        place(data_table(ctx.t("How far to trust this"), columns, shown))
    _rests(desk, grading, outcome)


def _finding(desk: WhatIfDesk, one: Grade) -> str:
    return desk.ctx.t(
        "In {n} questions whose truth is known, the band held it in {share}",
        n=one.cases,
        share=Percent(one.inside),
    )


def _row(desk: WhatIfDesk, one: Grade, mine: bool) -> list[Html | str]:
    ctx = desk.ctx
    right = "–" if one.right_way is None else ctx.t(
        "{share} of {n}", share=Percent(one.right_way), n=one.with_sign
    )  # fmt: skip
    return [
        _name(ctx, NAMES.get(one.kind, one.kind), mine), ctx.language.number(one.cases),
        ctx.language.show(Percent(one.inside)), right, ctx.language.show(Percent(one.error)),
    ]  # fmt: skip


def _ungraded(ctx: Context, name: str, mine: bool) -> list[Html | str]:
    return [_name(ctx, name, mine), ctx.t("not graded"), "–", "–", "–"]


def _name(ctx: Context, name: str, mine: bool) -> Html:
    named = tag("span", ctx.t(name), cls="name")
    return join(named, " ", tag("span", ctx.t("like yours"), cls="chip")) if mine else named


def _rests(desk: WhatIfDesk, grading: Grading, outcome: Outcome) -> None:
    t = desk.ctx.t
    messages.note(
        t("{world}, {weeks} weeks ahead: the lever was truly moved in the generator of the "
          "data and the world played again on the same luck. Measured on {day}.",
          world=t(WORLD, **grading.sizes), weeks=grading.horizon, day=grading.made_on)
    )  # fmt: skip
    others = [one for one in outcome.scenario.levers if one.kind not in GRADED_AS]
    if any(not isinstance(one, ListLever) for one in others):
        messages.note(t("Some of the levers moved here are of kinds that were not graded."))
    if any(isinstance(one, ListLever) for one in others):
        messages.note(
            t("Lists are made again as they would be; the orders that they bring are expected by "
              "the model, not seen.")
        )  # fmt: skip
