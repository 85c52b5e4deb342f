"""The charts of one series: its demand, the methods side by side, and its parts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import cards, charts, header, messages
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.language import Percent
from smartreco.workspace.series_lines import SeriesLine, SeriesStudy

NAMES = {"smartreco": "SmartReco", "ets": "Smoothing", "ucm": "Structural"}  # fit a phone
SHOWN = 8  # weeks ahead of the first chart


def draw(ctx: Context, found: SeriesStudy) -> None:
    """All of them."""
    demand(ctx, found.line)
    _methods(ctx, found)
    _parts(ctx, found)


def demand(ctx: Context, line: SeriesLine) -> None:
    """The chart that every page shows of this series, and the arithmetic of its forecast."""
    t, language = ctx.t, ctx.language
    known, line = line, line.weeks(SHOWN)
    title = t("{name}, week by week", name=cards.calm(line.name))
    shown = charts.DemandLine(line.past, line.ahead, line.festivals, line.median)
    with st.container(key="sr-figure-demand", gap="small"):
        place(tag("h3", title))
        charts.draw_kept(
            ("demand", known, "whole", language),
            lambda: charts.demand_chart(shown, "", language, weeks=len(line.past)),
            charts.demand_in_words(shown, title, language),
        )
        made = t("All {n} weeks together:", n=len(line.ahead))
        said = charts.parts_in_words(line.sums(), language)
        place(tag("p", f"{made} {said}", cls="small"))


def _methods(ctx: Context, found: SeriesStudy) -> None:
    t, language, study = ctx.t, ctx.language, found.study
    header.section(
        t("Three methods side by side"),
        "methods",
        t(
            "Ours beside exponential smoothing and a structural model (unobserved components): "
            "means of the coming weeks; shaded is where 80 of 100 weeks are expected to fall."
        ),
    )
    weeks = len(study.ahead["smartreco"].mean)
    lines = {
        t(NAMES[name]): charts.MethodLine(one.mean, one.quantiles[:, 1], one.quantiles[:, 3])
        for name, one in study.ahead.items()
    }
    said = "; ".join(
        t("{method}: {n} a week", method=name, n=float(one.middle.mean()))
        for name, one in lines.items()
    )
    with st.container(key="sr-figure-methods", gap="small"):
        charts.draw_kept(
            ("methods", found.line, language),
            lambda: charts.methods_chart(
                found.line.past, pd.DatetimeIndex(found.line.ahead["period_start"][:weeks]), lines,
                language,
            ),
            said,
        )  # fmt: skip
        messages.note(said)


def _parts(ctx: Context, found: SeriesStudy) -> None:
    t, study = ctx.t, found.study
    parts = study.components
    how = {
        "stl": t("Taken apart by STL: trend, a season that is the same every year, and the rest."),
        "ucm": t("Taken apart by the structural model, as the past is under two years."),
    }[parts.method]
    header.section(t("Trend, season and the rest"), "parts", how)
    named = {t("Trend"): parts.trend}
    strength = [t("trend {share}", share=Percent(parts.trend_strength))]
    if parts.season is not None:
        named[t("Season")] = parts.season
        strength.append(t("season {share}", share=Percent(parts.season_strength or 0.0)))
    named[t("Rest")] = parts.rest
    said = t(
        "How strong each part is beside the rest (0%: no more than chance): {strength}",
        strength=", ".join(strength),
    )
    if parts.season is None:
        said = f"{said}. {t('No yearly season could be told from chance.')}"
    with st.container(key="sr-figure-parts", gap="small"):
        charts.draw(charts.decomposition(pd.DatetimeIndex(found.weeks), named, ctx.language), said)
        messages.note(said)
