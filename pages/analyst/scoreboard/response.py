"""How long people wait: what the log says of every use case, beside what the run measured."""

from __future__ import annotations

import streamlit as st

from pages import address
from pages.analyst.scoreboard.names import LISTS
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages, waiting_times
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from pages.components.waiting_times import DAYS, WORDS, milliseconds


def draw(visit: ScoreVisit) -> None:
    """Those that took most in all as a chart, all of them as a table."""
    ctx, t = visit.ctx, visit.ctx.t
    days = address.choose(t("Time"), "days", list(DAYS), lambda one: t(WORDS[one]), bare=True)
    found = visit.scoreboard.response(ctx.principal, DAYS[days])
    if not found:
        messages.note(t("Nothing was asked for in this time."))
    else:
        waiting_times.draw(found, ctx.language, days, "score-times-csv")
    _measured(visit)


def _measured(visit: ScoreVisit) -> None:
    """What the run measured: lists with their reasons, one at a time, nothing beside it."""
    t, language = visit.ctx.t, visit.ctx.language
    columns = (
        Column(t("One list with its reasons")), Column(t("Calls"), True),
        Column(t("p50"), True), Column(t("p95"), True), Column(t("p99"), True),
    )  # fmt: skip
    rows: list[list[Html | str]] = [
        [
            tag("span", t(LISTS[one.list]), cls="name"),
            language.number(one.response.calls),
            *(milliseconds(value, language)
              for value in (one.response.p50, one.response.p95, one.response.p99)),
        ]
        for one in visit.board.lists
    ]  # fmt: skip
    with st.container(key="sr-figure-measured", gap="small"):
        place(tag("h2", t("Measured in the run, one list at a time"), cls="finding"))
        with st.container(key="sr-data-measured"):
            place(data_table(t("Measured in the run"), columns, rows))
