"""How good each method was on weeks that it did not know, and what its errors say."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import charts, header, messages
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.forecast.single_residuals import Diagnostics
from smartreco.language import Percent
from smartreco.workspace.series_lines import SeriesStudy

WORDS = {
    "smartreco": "SmartReco",
    "ets": "Exponential smoothing",
    "ucm": "Structural model",
    "naive": "The last week again",
    "mean_of_8_weeks": "The mean of 8 weeks",
}
IN_A_SENTENCE = {
    "smartreco": "SmartReco",
    "ets": "exponential smoothing",
    "ucm": "the structural model",
    "naive": "the last week again",
    "mean_of_8_weeks": "the mean of 8 weeks",
}
FORMS = {
    "level": "a level",
    "damped trend": "a level and a trend that fades",
    "trend": "a level and a trend",
    "level and year": "a level and a yearly season",
}
DOUBT = 0.05  # p below which an assumption is doubted


def draw(ctx: Context, found: SeriesStudy) -> None:
    """The table of methods, then the checks of one model."""
    _held_out(ctx, found)
    if found.study.diagnostics:
        _checks(ctx, found)


def _held_out(ctx: Context, found: SeriesStudy) -> None:
    t, study = ctx.t, found.study
    weeks = len(study.ahead["smartreco"].mean)
    header.section(
        t("Errors on held-out weeks"), "held-out",
        t("Each method forecast {weeks} weeks at {n} moments of the past, knowing only what came "
          "before. One series is few: a small lead may be chance.",
          weeks=weeks, n=len(study.origins)),
    )  # fmt: skip
    if not study.held_out:
        messages.note(t("Not enough data to hold weeks out and still fit a model."))
        return
    number = ctx.language.number
    rows = [
        {
            t("Method"): _name(ctx, found, one.method),
            t("RMSSE"): number(one.rmsse, 3),
            t("Pinball"): "–" if one.pinball is None else number(one.pinball, 3),
            t("In the {share} band", share=Percent(0.8)): (
                "–" if one.covered_80 is None else ctx.language.percent(one.covered_80)
            ),
        }
        for one in study.held_out
    ]
    with st.container(key="sr-held-out"):
        st.table(pd.DataFrame(rows).set_index(t("Method")))
        messages.note(
            t("RMSSE and pinball: errors of the mean and of the bands, in steps of a naive "
              "forecast; less is better. In the band: 80% would be right.")
        )  # fmt: skip


def _name(ctx: Context, found: SeriesStudy, method: str) -> str:
    words, form = ctx.t(WORDS[method]), found.study.forms.get(method)
    return f"{words}: {ctx.t(FORMS[form])}" if form else words


def _checks(ctx: Context, found: SeriesStudy) -> None:
    t, study = ctx.t, found.study
    header.section(
        t("What the errors say"),
        "checks",
        t("Errors one week ahead. A good model leaves nothing in them that could be used."),
    )
    methods = list(study.diagnostics)
    chosen = st.segmented_control(
        t("Model"), methods, default=methods[-1], key="series-model", required=True,
        format_func=lambda one: t(WORDS[one]),
    )  # fmt: skip
    looked_at = study.diagnostics[chosen if chosen in study.diagnostics else methods[-1]]
    with st.container(key="sr-figure-checks", gap="small"):
        place(tag("ul", *(tag("li", one) for one in said(ctx, looked_at)), cls="checks"))
        related = [at + 1 for at, one in enumerate(looked_at.autocorrelation)
                   if abs(one) > looked_at.band]  # fmt: skip
        alternative = t("Errors hang together with those of earlier weeks at no distance")
        if related:
            alternative = t(
                "Errors hang together with those {weeks} weeks before",
                weeks=", ".join(map(str, related)),
            )
        charts.draw_kept(
            ("correlogram", found.line, chosen, ctx.language),
            lambda: charts.correlogram(
                looked_at.autocorrelation.tolist(), looked_at.band, ctx.language
            ),
            alternative,
        )
        _surprises(ctx, found, looked_at)


def said(ctx: Context, checks: Diagnostics) -> list[str]:
    """Each test in plain words, with its p."""
    t = ctx.t
    tests = (
        (checks.bias_p, t("Right on average"),
         t("Wrong on average by {n} pieces a week", n=abs(checks.bias))),
        (checks.related_p, t("Errors do not follow from earlier ones"),
         t("Errors follow from earlier ones: something is left to be learned")),
        (checks.normal_p, t("Errors are spread as the bands assume"),
         t("Errors are not spread like a bell: this model's bands are too narrow for rare weeks")),
        (checks.steady_p, t("Calm and wild weeks are mixed"),
         t("Wild weeks come together: its bands are too wide in calm times")),
    )  # fmt: skip
    return [f"{bad if p < DOUBT else good} (p {_p(ctx, p)})" for p, good, bad in tests]


def _p(ctx: Context, p: float) -> str:
    return "< 0.001" if p < 0.001 else ctx.language.number(p, 3)


def _surprises(ctx: Context, found: SeriesStudy, checks: Diagnostics) -> None:
    if not len(checks.surprises):
        messages.note(ctx.t("No week was far out."))
        return
    first = len(found.weeks) - checks.n  # errors begin later than the series
    days = [pd.Timestamp(found.weeks[first + at]).date() for at in checks.surprises]
    listed = ", ".join(ctx.language.day(day) for day in days)
    messages.note(ctx.t("Furthest out: the weeks of {days}", days=listed))
