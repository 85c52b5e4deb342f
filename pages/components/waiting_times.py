"""How long people wait, by use case: a chart of those that took most, a table, the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from pages.components import messages
from pages.components.charts.kept import draw_kept
from pages.components.charts.response_times import Waited, response_chart, response_in_words
from pages.components.data_table import Column, data_table
from pages.components.download import csv_button
from pages.components.markup import Html, place, tag
from smartreco.language import Language
from smartreco.store.request_log import MethodTimes

DAYS: Final = {"7": 7, "1": 1, "30": 30, "all": None}
WORDS: Final = {"7": "Last 7 days", "1": "Last day", "30": "Last 30 days", "all": "All"}
MOST: Final = 10  # rows of the chart
ROWS: Final = 20  # of the table
FEWEST: Final = 20  # calls below which a slowest hundredth says little


def draw(found: Sequence[MethodTimes], language: Language, days: str, key: str) -> None:
    """Use cases, those that took most in all first; ``days`` names the time in the file's name."""
    _chart(found, language)
    _table(found, language)
    csv_button(
        language.text("All times as CSV"), f"response-times-{days}",
        lambda: pd.DataFrame([
            {name: getattr(one, name) for name in MethodTimes.__slots__} for one in found
        ]),
        key,
    )  # fmt: skip


def milliseconds(value: float, language: Language) -> str:
    """A time as "4.2 ms", "120 ms" or "3.1 s"."""
    if value >= 1000:
        return language.text("{n} s", n=language.number(value / 1000, 1))
    return language.text("{n} ms", n=language.number(value, 1 if value < 10 else 0))


def _chart(found: Sequence[MethodTimes], language: Language) -> None:
    t = language.text
    calls = sum(one.calls for one in found)
    slow = max(found, key=lambda one: one.p95 if one.calls >= FEWEST else 0.0)
    title = t("{calls} calls; most time went into “{name}”, 95 of 100 of which were answered "
              "within {ms}", calls=calls, name=_name(found[0]),
              ms=milliseconds(found[0].p95, language))  # fmt: skip
    rows = tuple(
        Waited(
            _name(one), one.p50, one.p95, one.p99,
            t("{p50} · {p95} · {p99}", p50=milliseconds(one.p50, language),
              p95=milliseconds(one.p95, language), p99=milliseconds(one.p99, language)),
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
            ("response times", rows, language), lambda: response_chart(rows, language),
            response_in_words(rows, title),
        )  # fmt: skip


def _table(found: Sequence[MethodTimes], language: Language) -> None:
    t = language.text
    columns = (
        Column(t("Use case")), Column(t("Calls"), True),
        Column(t("Refused or failed"), True), Column(t("p50"), True, t("Half came within it.")),
        Column(t("p95"), True, t("95 of 100 came within it.")),
        Column(t("p99"), True, t("99 of 100 came within it.")), Column(t("Slowest"), True),
    )  # fmt: skip
    with st.container(key="sr-data-response"):
        place(data_table(t("Response times by use case"), columns,
                         [_row(one, language) for one in found[:ROWS]]))  # fmt: skip
    if len(found) > ROWS:
        messages.note(t("The {n} of {all} that took most time in all; the file has every one.",
                        n=ROWS, all=len(found)))  # fmt: skip


def _row(one: MethodTimes, language: Language) -> list[Html | str]:
    return [
        tag("span", _name(one), cls="name"), language.number(one.calls),
        language.number(one.failed),
        *(milliseconds(value, language) for value in (one.p50, one.p95, one.p99, one.slowest)),
    ]  # fmt: skip


def _name(one: MethodTimes) -> str:
    return one.name.replace("_", " ")
