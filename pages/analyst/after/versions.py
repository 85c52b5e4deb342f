"""Versions side by side: what was shown, what came of it, what was promised, what is noise."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.analyst.after import wording
from pages.components import charts, header, messages
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.markup import Html, place, tag
from pages.context import Context
from smartreco.entities import ListName
from smartreco.store.list_events import OUTCOMES
from smartreco.workspace.after.views import AfterPublishing, Comparison, Outcome, Verdict

PAIR = "after-pair"


def draw(ctx: Context, found: AfterPublishing, name: ListName) -> None:
    """The table of one list, then the newest comparison."""
    t, some = ctx.t, found.of(name)
    header.section(
        t("Version by version"), "versions",
        t("Of the lines whose time has passed, the share that was ordered, put on the order or "
          "hidden {within}.", within=wording.within(found.days, ctx.language)),
    )  # fmt: skip
    with st.container(key="sr-data-versions", gap=None):
        if not some:
            place(tag("p", t("No line of this list has been shown yet."), cls="over"))
            return
        promised = t("Promised") if found.promised_for else t("Promised for 4 weeks")
        columns = [
            Column(t("Version")), Column(t("Ordered"), number=True),
            Column(promised, number=True), Column(t("Put on the order"), number=True),
            Column(t("Not for me"), number=True),
        ]  # fmt: skip
        rows = [_row(ctx, one, found) for one in some]
        place(data_table(t("Version by version"), columns, rows))
    csv_button(
        t("Download the table"), f"after-publishing-{found.days}-days",
        lambda: frame(found), "after-versions",
    )  # fmt: skip
    _compare(ctx, found.compared(name))


def _row(ctx: Context, one: Outcome, found: AfterPublishing) -> list[Html | str]:
    t, language = ctx.t, ctx.language
    lines = language.say(wording.LINES, {"n": one.shown})
    shops = language.say(wording.SHOPS, {"n": one.shops})
    about = t("{lines} at {shops}, {first} to {last}", lines=lines, shops=shops, first=one.first,
              last=one.last)  # fmt: skip
    if one.settled < one.shown:
        about = t("{about}; {n} still have time", about=about, n=one.shown - one.settled)
    if one.settled and one.days < found.days - 1:
        seen = t("seen for {days} days on average", days=round(one.days, 1))
        about = f"{about}; {seen}"
    return [
        named(wording.version(one.key, language), about), wording.share(one.ordered, language),
        wording.promised(one, language), wording.share(one.added, language),
        wording.share(one.dismissed, language),
    ]  # fmt: skip


def _compare(ctx: Context, compared: Sequence[Comparison]) -> None:
    """One version against the one before; the newest pair of which enough is known first."""
    t, language = ctx.t, ctx.language
    pairs = list(dict.fromkeys((one.after, one.before) for one in compared))
    if not pairs:
        return
    known = {(one.after, one.before) for one in compared if one.gap.verdict is not Verdict.FEW}
    pairs.sort(key=lambda pair: pair not in known)
    header.section(
        t("Which difference is more than noise"), "gaps",
        t("Points of share more or less than the version before, the same shops drawn for both; "
          "of twenty such comparisons one looks real by chance."),
    )  # fmt: skip
    names = [
        t("{after} against {before}", after=wording.version(after, language),
          before=wording.version(before, language))
        for after, before in pairs
    ]  # fmt: skip
    at = 0
    if len(pairs) > 1:
        at = st.selectbox(t("Compare"), range(len(pairs)), key=PAIR, width=420,
                          format_func=lambda one: names[one])  # fmt: skip
    chosen = [one for one in compared if (one.after, one.before) == pairs[at]]
    _gaps(ctx, chosen, names[at])


def _gaps(ctx: Context, chosen: Sequence[Comparison], title: str) -> None:
    t, language = ctx.t, ctx.language
    rows = [
        charts.Banded(
            t(wording.OUTCOMES[one.outcome]), one.gap.difference, one.gap.low, one.gap.high,
            wording.difference(one, language), wording.likely(one, language),
        )
        for one in sorted(chosen, key=lambda one: list(wording.OUTCOMES).index(one.outcome))
        if one.gap.difference is not None and one.gap.low is not None and one.gap.high is not None
    ]  # fmt: skip
    with st.container(key="sr-figure-gaps", gap="small"):
        place(tag("h3", title))
        if not rows:
            messages.note(t("Not enough data for one of the two versions."))
            return
        if any(one.gap.verdict is Verdict.UNEVEN for one in chosen):
            messages.note(
                t("Lines of one of the two were seen for longer before another version took "
                  "their place, so their shares cannot be compared. Within one week fewer are "
                  "cut short.")
            )  # fmt: skip
            return
        charts.draw_kept(
            ("after gaps", tuple(rows), language),
            lambda: charts.banded_rows(rows, language),
            charts.bands_in_words(rows, title),
        )
        said = (tag("li", f"{one.label}: {one.likely}") for one in rows)
        place(tag("ul", *said, cls="checks small"))


def frame(found: AfterPublishing) -> pd.DataFrame:
    """Every version and list as a table to take away."""
    rows = []
    for one in found.outcomes:
        row: dict[str, object] = {
            "version": one.key.version, "model_version": one.key.model, "list": one.list.value,
            "first_shown": one.first, "last_shown": one.last, "lines": one.shown,
            "shops": one.shops, "settled_lines": one.settled, "mean_days": one.days,
            "stated": one.said, "stated_lines": one.said_of, "held_out_precision": one.held_out,
        }  # fmt: skip
        for outcome in OUTCOMES:
            share = one.of(outcome)
            row |= {outcome: share.share, f"{outcome}_low": share.low,
                    f"{outcome}_high": share.high, f"{outcome}_lines": share.hits}  # fmt: skip
        rows.append(row)
    return pd.DataFrame(rows)
