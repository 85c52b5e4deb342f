"""How long people wait: what the log says of every use case, beside what the run measured."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from pages import address
from pages.analyst.scoreboard.names import LISTS
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages
from pages.components.charts.kept import draw_kept
from pages.components.charts.response_times import Waited, response_chart, response_in_words
from pages.components.data_table import Column, data_table
from pages.components.download import csv_button
from pages.components.markup import Html, place, tag
from smartreco.store.request_log import MethodTimes

DAYS: Final = {"7": 7, "1": 1, "30": 30, "all": None}
WORDS: Final = {"7": "Last 7 days", "1": "Last day", "30": "Last 30 days", "all": "All"}
MOST: Final = 10  # rows of the chart
ROWS: Final = 20  # of the table
FEWEST: Final = 20  # calls below which a slowest hundredth says little


def draw(visit: ScoreVisit) -> None:
    """Those that took most in all as a chart, all of them as a table."""
    ctx, t = visit.ctx, visit.ctx.t
    days = address.choose(t("Time"), "days", list(DAYS), lambda one: t(WORDS[one]), bare=True)
    found = visit.scoreboard.response(ctx.principal, DAYS[days])
    if not found:
        messages.note(t("Nothing was asked for in this time."))
    else:
        _chart(visit, found)
        _table(visit, found)
        csv_button(
            t("All times as CSV"), f"response-times-{days}",
            lambda: pd.DataFrame([
                {name: getattr(one, name) for name in MethodTimes.__slots__} for one in found
            ]),
            "score-times-csv",
        )  # fmt: skip
    _measured(visit)


def _chart(visit: ScoreVisit, found: tuple[MethodTimes, ...]) -> None:
    ctx, t = visit.ctx, visit.ctx.t
    calls = sum(one.calls for one in found)
    slow = max(found, key=lambda one: one.p95 if one.calls >= FEWEST else 0.0)
    title = t("{calls} calls; most time went into “{name}”, 95 of 100 of which were answered "
              "within {ms}", calls=calls, name=_name(found[0]),
              ms=_ms(visit, found[0].p95))  # fmt: skip
    rows = tuple(
        Waited(
            _name(one), one.p50, one.p95, one.p99,
            t("{p50} · {p95} · {p99}", p50=_ms(visit, one.p50), p95=_ms(visit, one.p95),
              p99=_ms(visit, one.p99)),
        )
        for one in found[:MOST]
    )  # fmt: skip
    with st.container(key="sr-figure-response", gap="small"):
        place(tag("h2", title, cls="finding"))
        messages.note(
            t("Half of the answers came within the dot, 95 of 100 within the mark, 99 of 100 "
              "within the line; the scale is logarithmic. Slowest at 95 of 100, with {n} calls or "
              "more: {name}.", n=FEWEST, name=_name(slow))
        )  # fmt: skip
        draw_kept(
            ("score response", rows, ctx.language), lambda: response_chart(rows, ctx.language),
            response_in_words(rows, title),
        )  # fmt: skip


def _table(visit: ScoreVisit, found: tuple[MethodTimes, ...]) -> None:
    t = visit.ctx.t
    columns = (
        Column(t("Use case")), Column(t("Calls"), True),
        Column(t("Refused or failed"), True), Column(t("p50"), True, t("Half came within it.")),
        Column(t("p95"), True, t("95 of 100 came within it.")),
        Column(t("p99"), True, t("99 of 100 came within it.")), Column(t("Slowest"), True),
    )  # fmt: skip
    with st.container(key="sr-data-response"):
        place(data_table(t("Response times by use case"), columns,
                         [_row(visit, one) for one in found[:ROWS]]))  # fmt: skip
    if len(found) > ROWS:
        messages.note(t("The {n} of {all} that took most time in all; the file has every one.",
                        n=ROWS, all=len(found)))  # fmt: skip


def _row(visit: ScoreVisit, one: MethodTimes) -> list[Html | str]:
    number = visit.ctx.language.number
    return [
        tag("span", _name(one), cls="name"), number(one.calls), number(one.failed),
        *(_ms(visit, value) for value in (one.p50, one.p95, one.p99, one.slowest)),
    ]  # fmt: skip


def _measured(visit: ScoreVisit) -> None:
    """What the run measured: lists with their reasons, one at a time, nothing beside it."""
    t = visit.ctx.t
    columns = (
        Column(t("One list with its reasons")), Column(t("Calls"), True),
        Column(t("p50"), True), Column(t("p95"), True), Column(t("p99"), True),
    )  # fmt: skip
    rows: list[list[Html | str]] = [
        [
            tag("span", t(LISTS[one.list]), cls="name"),
            visit.ctx.language.number(one.response.calls),
            *(_ms(visit, value)
              for value in (one.response.p50, one.response.p95, one.response.p99)),
        ]
        for one in visit.board.lists
    ]  # fmt: skip
    with st.container(key="sr-figure-measured", gap="small"):
        place(tag("h2", t("Measured in the run, one list at a time"), cls="finding"))
        with st.container(key="sr-data-measured"):
            place(data_table(t("Measured in the run"), columns, rows))


def _name(one: MethodTimes) -> str:
    return one.name.replace("_", " ")


def _ms(visit: ScoreVisit, value: float) -> str:
    if value >= 1000:
        return visit.ctx.t("{n} s", n=visit.ctx.language.number(value / 1000, 1))
    return visit.ctx.t("{n} ms", n=visit.ctx.language.number(value, 1 if value < 10 else 0))
