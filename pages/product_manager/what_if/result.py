"""What comes of a question: measures today beside the scenario, then one view at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import streamlit as st

from pages import address
from pages.components import charts
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from pages.product_manager.what_if import assumptions, flags, lists, parts, shops, trust, wording
from pages.product_manager.what_if.desk import VIEW, WhatIfDesk
from smartreco.language import Percent
from smartreco.scenario.outcome import Measured, Outcome, Verdict
from smartreco.workspace.scenario.words import MEASURE_WORDS, cause_words, figure


class View(NamedTuple):
    """One way to look at it, and whether there is anything to see."""

    label: str
    draw: Callable[[WhatIfDesk, Outcome], None]
    there: Callable[[Outcome], bool]


def draw(desk: WhatIfDesk, outcome: Outcome) -> None:
    """Measures, what to know before trusting them, and the views."""
    if not wording.lists_only(outcome):
        _measures(desk, outcome)
    flags.draw(desk, outcome)
    views = {name: one for name, one in VIEWS.items() if one.there(outcome)}
    t = desk.ctx.t
    with st.container(key="sr-whatif-views"):
        chosen = address.choose(
            t("What to look at"), VIEW, list(views), lambda one: t(views[one].label), bare=True
        )
    with st.container(key=f"sr-whatif-{chosen}", gap="medium"):
        views[chosen].draw(desk, outcome)


def _measures(desk: WhatIfDesk, outcome: Outcome) -> None:
    t = desk.ctx.t
    columns = (
        Column(t("Over all weeks")), Column(t("Today"), number=True),
        Column(t("Scenario"), number=True),
        Column(t("Difference"), number=True),
        Column(t("{share} band of it", share=Percent(0.8)), number=True,
               meaning=t("In eight of ten futures the difference lies in it.")),
    )  # fmt: skip
    rows = [_measure(desk, one) for one in outcome.measures]
    with st.container(key="sr-data-measures"):
        place(data_table(t("Today beside the scenario"), columns, rows))


def _measure(desk: WhatIfDesk, one: Measured) -> list[Html | str]:
    ctx, found = desk.ctx, one.compared
    name = tag("span", ctx.t(MEASURE_WORDS[one.measure]), cls="name")
    same = not found.difference and not found.low and not found.high
    sure = found.verdict is not Verdict.CANNOT_TELL
    difference = tag("b", wording.signed(ctx, found.difference, one.unit),
                     cls=wording.tone(one.measure, found)) if sure else tag(
        "span", ctx.t("no change") if same else ctx.t("cannot tell"), cls="small")  # fmt: skip
    return [
        name, figure(found.baseline, one.unit, ctx.language),
        figure(found.scenario, one.unit, ctx.language), difference,
        "–" if same else wording.between(ctx, found, one.unit),
    ]  # fmt: skip


def _effect(desk: WhatIfDesk, outcome: Outcome) -> None:
    """When it happens, and what it hangs on."""
    _weeks(desk, outcome)
    _causes(desk, outcome)
    assumptions.draw(desk, outcome)


def _weeks(desk: WhatIfDesk, outcome: Outcome) -> None:
    ctx, main = desk.ctx, wording.main_measure(outcome)
    weeks = [
        charts.EffectWeek(week, one.difference, one.low, one.high)
        for week, one in (
            (desk.week_of(part.id), wording.main_of(part, outcome)) for part in outcome.by_week
        )
    ]
    title = ctx.t("{measure} week by week, less today's",
                  measure=wording.measure_name(ctx, main.measure))  # fmt: skip

    def shown(value: float) -> str:
        return wording.signed(ctx, value, main.unit)

    with st.container(key="sr-figure-effect", gap="small"):
        place(tag("h2", title, cls="finding"))
        charts.draw_kept(
            ("what-if weeks", tuple(weeks), main.unit, ctx.language),
            lambda: charts.effect_course(weeks, shown, ctx.language),
            charts.effect_in_words(weeks, title, shown, ctx.language),
        )


def _causes(desk: WhatIfDesk, outcome: Outcome) -> None:
    ctx, t, main = desk.ctx, desk.ctx.t, wording.main_measure(outcome)
    money = main.measure.value == "revenue"
    causes = [
        charts.Cause(
            cause_words(one, outcome.scenario, desk.names, ctx.language),
            *((one.revenue_low, one.revenue_high) if money else (one.units_low, one.units_high)),
            "", one.lever is None and one.cause[0].template != INTERPLAY,
        )
        for one in outcome.contributions
    ]  # fmt: skip
    causes = [one._replace(words=_ends(desk, one, outcome)) for one in causes]
    if not causes:
        return
    title = ctx.t("What it hangs on most")
    with st.container(key="sr-figure-causes", gap="small"):
        place(tag("div", tag("h2", title, cls="finding"),
                  tag("p", ctx.t("{measure}, one thing moved at a time; an assumption from its "
                                 "10 % to its 90 % value.",
                                 measure=wording.measure_name(ctx, main.measure)),
                      cls="small")))  # fmt: skip
        place(tag("ul", *(tag("li", tag("span", cls=f"part {cls}"), t(words))
                          for cls, words in LEGEND), cls="legend small"))  # fmt: skip
        charts.draw_kept(
            ("what-if causes", tuple(causes), ctx.language),
            lambda: charts.tornado(causes, ctx.language),
            charts.tornado_in_words(causes, title),
        )


def _ends(desk: WhatIfDesk, one: charts.Cause, outcome: Outcome) -> str:
    unit = wording.main_measure(outcome).unit
    low, high = (wording.signed(desk.ctx, value, unit) for value in (one.low, one.high))
    return desk.ctx.t("{low} to {high}", low=low, high=high) if one.assumed else high


def _moves(outcome: Outcome) -> bool:
    return not wording.lists_only(outcome)


#: Colours of `charts.tornado`, by the classes that have them.
LEGEND: Final = (
    ("volume", "A lever alone"), ("won", "All levers, with an assumption low and high"),
)  # fmt: skip
INTERPLAY: Final = "cause.interplay"
VIEWS: Final = {
    "effect": View("When and why", _effect, _moves),
    "where": View("Where", parts.draw, _moves),
    "lists": View("Lists", lists.draw, lambda outcome: bool(outcome.lists)),
    "shops": View("Likely shops", shops.draw, lambda outcome: any(outcome.likely_shops)),
    "trust": View("How far to trust this", trust.draw, lambda outcome: True),
}
