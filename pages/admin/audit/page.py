"""Who did what: the number of acts first, then each as a sentence, its details one click away."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Final

import pandas as pd
import streamlit as st

from pages.admin.audit import choices, kinds, sentences
from pages.admin.audit.choices import Choice
from pages.components import header, messages
from pages.components.download import csv_button
from pages.components.markup import Html, join, place, tag
from pages.context import Context
from smartreco.language import Message
from smartreco.store.audit import Entry
from smartreco.workspace.operating.audit_trail import MOST

SHOWN: Final = 50  # entries of one page
TIMES: Final = {
    "1": "in the last 24 hours", "7": "in the last 7 days", "30": "in the last 30 days",
    "all": "in all", "between": "between these days",
}  # fmt: skip
COUNTED: Final = Message("{n} act {when}", "{n} acts {when}", "n")
FILTERED: Final = Message("{n} act {when} fits", "{n} acts {when} fit", "n")
FILE: Final = ["happened_at_utc", "username", "action", "subject", "sentence", "detail"]


def render(ctx: Context) -> None:
    """Draw the page."""
    people = ctx.workspace.people
    with st.container(key="sr-audit"):
        head = st.container()
        choice = choices.draw(ctx, people.audit_names(ctx.principal))
        below = st.container(gap="small")
        at = _page_asked(choice)
        found, total = people.audit_trail(
            ctx.principal, **choice.asked, limit=SHOWN, offset=(at - 1) * SHOWN
        )
        with head:
            _answer(ctx, choice, total)
        with below:
            _entries(ctx, choice, found, total)


def _answer(ctx: Context, choice: Choice, total: int) -> None:
    when = ctx.t(TIMES[choice.when])
    counted = FILTERED if choice.narrow else COUNTED
    said = ctx.language.say(counted, {"n": total, "when": when}) if total else (
        ctx.t("Nothing {when} fits", when=when) if choice.narrow
        else ctx.t("Nothing was done {when}", when=when)
    )  # fmt: skip
    header.page_header(
        said, ctx.t("Every sign-in and every change, by whom. Lines are added, never changed; "
                    "times are UTC."),
    )  # fmt: skip


def _entries(ctx: Context, choice: Choice, found: tuple[Entry, ...], total: int) -> None:
    t = ctx.t
    if not total:
        _nothing(ctx, choice)
        return
    with st.container(key="sr-audit-lines", gap=None):
        place(join(*(
            _day(ctx, ctx.language.day(day), tuple(lines))
            for day, lines in groupby(found, key=lambda one: one.at.date())
        )))  # fmt: skip
    with st.container(key="sr-audit-end", horizontal=True, vertical_alignment="center"):
        if total > SHOWN:
            st.pagination(-(-total // SHOWN), key=_page_key(choice))
        csv_button(t("All of these as CSV"), "audit-log", lambda: as_file(ctx, choice), "audit-csv")


def _nothing(ctx: Context, choice: Choice) -> None:
    t = ctx.t
    if choice.narrow:
        messages.empty_state(
            t("Nothing here with these filters"),
            t("Take them back, or look at a longer time."), "clock", key="audit",
            action=t("Take the filters back"), on_click=choices.clear,
        )  # fmt: skip
    else:
        messages.empty_state(
            t("Nothing was done in this time"), t("Choose a longer time above."), "clock",
            key="audit",
        )  # fmt: skip


def _day(ctx: Context, day: str, entries: tuple[Entry, ...]) -> Html:
    lines = (tag("li", _line(ctx, one)) for one in entries)
    return join(tag("h2", day, cls="day"), tag("ul", *lines, cls="acts"))


def _line(ctx: Context, entry: Entry) -> Html:
    language = ctx.language
    said = (
        tag("span", f"{entry.at:%H:%M:%S}", cls="when"),
        tag("span", sentences.sentence(entry, language), cls="said"),
        tag("span", ctx.t(kinds.KINDS[kinds.kind_of(entry.action)][0]), cls="chip"),
    )
    told = (
        (ctx.t("Act"), entry.action), (ctx.t("By"), entry.username),
        (ctx.t("On"), entry.subject), (ctx.t("At"), f"{entry.at:%Y-%m-%d %H:%M:%S} UTC"),
        *sentences.details(entry, language),
    )  # fmt: skip
    facts = (join(tag("dt", name), tag("dd", value)) for name, value in told if value)
    return tag("details", tag("summary", *said), tag("dl", *facts))


def as_file(ctx: Context, choice: Choice) -> pd.DataFrame:
    """All lines that the filters leave, as the file holds them."""
    found, _ = ctx.workspace.people.audit_trail(ctx.principal, **choice.asked, limit=MOST)
    return pd.DataFrame(
        [
            (one.at, one.username, one.action, one.subject,
             sentences.sentence(one, ctx.language), json.dumps(one.detail, ensure_ascii=False))
            for one in found
        ],
        columns=FILE,
    )  # fmt: skip


def _page_key(choice: Choice) -> str:
    return f"audit-page-{choice.mark}"


def _page_asked(choice: Choice) -> int:
    """The page that was turned to; the widget below the lines holds it."""
    asked = st.session_state.get(_page_key(choice), 1)
    return asked if isinstance(asked, int) and asked > 0 else 1
