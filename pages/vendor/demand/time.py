"""Demand week by week, what comes with its bands, and what the forecast is made of."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import charts, messages
from pages.components.download import csv_button
from pages.components.figures import change_words
from pages.components.markup import place, tag
from pages.vendor.demand.visit import DemandVisit
from smartreco.forecast.forecaster import PERIOD_START, QUANTILE_COLUMNS
from smartreco.workspace.series_lines import SeriesLine
from smartreco.workspace.vendor.demand_views import Course

HORIZONS: Final = ("13", "8", "4")  # weeks
SHOWN: Final = 52  # weeks of the past, unless the time looked at begins earlier


def draw(visit: DemandVisit) -> None:
    """The chart, then the arithmetic of the forecast."""
    with st.container(key="sr-figure-course", gap="small"):
        head = st.container(horizontal=True, key="sr-tools-course")
        with st.spinner(visit.ctx.t("Forecasting …")):
            course = visit.demand.over_time(visit.ctx.principal, visit.vendor_id, visit.wanted)
        weeks = int(address.value("ahead", HORIZONS))
        line = course.line if course.why else course.line.weeks(weeks)
        title = _title(visit, line)
        with head:
            _head(visit, title, course)
        _chart(visit, course, line, title)
        if course.why is not None:
            messages.note(visit.ctx.language.say(*course.why))
        elif not line.reconciled:
            messages.note(
                visit.ctx.t("This selection is forecast by itself: forecasts of its parts need "
                            "not add up to it.")
            )  # fmt: skip
    if course.why is None:
        _parts(visit, line)


def _head(visit: DemandVisit, title: str, course: Course) -> None:
    t = visit.ctx.t
    words = tag("p", t("Pieces a week of what is chosen above"), cls="small")
    place(tag("div", tag("h2", title, cls="finding"), words))
    if course.why is None:
        address.choose(
            t("Weeks ahead"), "ahead", HORIZONS, lambda n: t("{n} weeks", n=int(n)), bare=True
        )
    csv_button(
        t("CSV"), visit.file("demand-weeks"), lambda: _table(course), "download-weeks"
    )  # fmt: skip


def _table(course: Course) -> pd.DataFrame:
    """Weeks behind in pieces and value, weeks ahead in pieces."""
    ahead = course.line.ahead.rename(columns={PERIOD_START: "week"})
    ahead = ahead[["week", "forecast", *QUANTILE_COLUMNS]]
    rows = course.values if ahead.empty else pd.concat([course.values, ahead], ignore_index=True)
    return rows.assign(week=pd.to_datetime(rows["week"]).dt.strftime("%Y-%m-%d"))


def _chart(visit: DemandVisit, course: Course, line: SeriesLine, title: str) -> None:
    language = visit.ctx.language
    drawn = charts.DemandLine(line.past, line.ahead, line.festivals, line.median)
    first = pd.Timestamp(visit.when.now.first)
    weeks = max(SHOWN, int((line.past["period_start"] >= first).sum()))
    charts.draw_kept(
        ("vendor demand", course.line, len(line.ahead), weeks, language),
        lambda: charts.demand_chart(drawn, "", language, weeks=weeks),
        charts.demand_in_words(drawn, title, language),
    )  # fmt: skip


def _title(visit: DemandVisit, line: SeriesLine) -> str:
    t, n = visit.ctx.t, len(line.ahead)
    if not n:
        return t("Pieces week by week")
    total = float(line.ahead["forecast"].sum())
    was = float(line.past["sold"].tail(n).sum())
    pieces = visit.ctx.language.compact(round(total))
    said = t("About {pieces} pieces in the next {n} weeks", pieces=pieces, n=n)
    if was <= 0 or len(line.past) < n:
        return said
    change = change_words(total / was - 1, visit.ctx.language)
    return t("{said}, {change} on the last {n}", said=said, change=change, n=n)


def _parts(visit: DemandVisit, line: SeriesLine) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    parts, n = line.sums(), len(line.ahead)
    title = t("What the forecast of {weeks} weeks is made of, in pieces", weeks=n)
    with st.container(key="sr-figure-parts", gap="small"):
        said = charts.parts_in_words(parts, language)
        place(tag("h2", title, cls="finding"))
        charts.draw_kept(
            ("vendor parts", tuple(parts.values()), n, language),
            lambda: charts.forecast_parts(parts, "", language), f"{title}: {said}",
        )  # fmt: skip
        place(tag("p", said, cls="small"))
