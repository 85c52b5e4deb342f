"""The last warnings and errors, found by a reference that somebody was shown, and failed calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.components import header, messages
from pages.components.data_table import Column, data_table, named
from pages.components.markup import Html, place, tag
from pages.context import Context
from smartreco.logs import LogLine
from smartreco.store.vital_signs import Failing

SHOWN: Final = 50
DAYS: Final = 7


def draw(ctx: Context) -> None:
    """What was written, then which use cases failed."""
    t = ctx.t
    lines = ctx.workspace.system.errors(ctx.principal)
    header.section(
        t("Warnings and errors"), "errors",
        t("Of this process since it started, newest first; the server’s log has the tracebacks."),
    )  # fmt: skip
    if not lines:
        messages.empty_state(t("Nothing went wrong"), t("No warning and no error was written."),
                             "sparkles", key="errors")  # fmt: skip
    else:
        asked = st.text_input(
            t("Reference or words"), key="error-search", type="search", max_chars=100,
            placeholder=t("What the message on the page said"), icon=":material/search:",
        )  # fmt: skip
        _lines(ctx, fitting(lines, str(asked or "")))
    _failing(ctx, ctx.workspace.system.failing(ctx.principal, DAYS))


def fitting(lines: Sequence[LogLine], asked: str) -> list[LogLine]:
    """Lines in which every word stands."""
    words = asked.lower().split()
    return [
        one for one in lines
        if all(word in f"{one.reference} {one.level} {one.name} {one.message}".lower()
               for word in words)
    ]  # fmt: skip


def _lines(ctx: Context, lines: Sequence[LogLine]) -> None:
    t = ctx.t
    if not lines:
        messages.note(t("No line has these words."))
        return
    rows: list[list[Html | str]] = [
        [
            named(one.message, one.name),
            tag("span", t("error") if one.level != "WARNING" else t("warning"),
                cls="chip warm" if one.level != "WARNING" else "chip"),
            one.reference or "–",
            ctx.language.moment(one.happened_at),
        ]
        for one in lines[:SHOWN]
    ]  # fmt: skip
    columns = (Column(t("What was written")), Column(t("Kind")), Column(t("Reference")),
               Column(t("When (UTC)")))  # fmt: skip
    with st.container(key="sr-data-errors"):
        place(data_table(t("Warnings and errors"), columns, rows))
    if len(lines) > SHOWN:
        messages.note(t("The newest {n} of {all}.", n=SHOWN, all=len(lines)))


def _failing(ctx: Context, found: Sequence[Failing]) -> None:
    t = ctx.t
    header.section(
        t("Use cases that failed"), "failing",
        t("In the last {n} days, in all processes. What was refused, such as a wrong password, "
          "is not a failure.", n=DAYS),
    )  # fmt: skip
    if not found:
        messages.note(t("None."))
        return
    rows: list[list[Html | str]] = [
        [named(one.name.replace("_", " "), one.outcome), ctx.language.number(one.calls),
         ctx.language.moment(one.last)]
        for one in found
    ]  # fmt: skip
    columns = (Column(t("Use case")), Column(t("Calls"), True), Column(t("Last (UTC)")))
    with st.container(key="sr-data-failing"):
        place(data_table(t("Use cases that failed"), columns, rows))
