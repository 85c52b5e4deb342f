"""Data quality: what deserves a look, with its count, what to do, and the list behind it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.admin.quality.wording import VERDICTS, WORDS
from pages.components import messages
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.header import page_header, section
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.errors import NotEnoughDataError
from smartreco.workspace.operating.quality import Check, Finding, Quality, Verdict

ROWS: Final = 200


def render(ctx: Context) -> None:
    """Draw the page."""
    with st.container(key="sr-quality", gap="medium"):
        try:
            quality = ctx.workspace.quality.overview(ctx.principal)
        except NotEnoughDataError:
            st.title(ctx.t("Data quality"), anchor=False)
            messages.empty_state(
                ctx.t("There are no data yet"),
                ctx.t("Import orders, then come back."),
                key="quality",
            )
            return
        _answer(ctx, quality)
        _checks(ctx, quality)
        _listed(ctx, quality)
        _imports(ctx)


def _answer(ctx: Context, quality: Quality) -> None:
    t = ctx.t
    bad = sum(one.verdict in (Verdict.ACT, Verdict.LOOK) for one in quality.findings)
    title = t("{n} of {all} checks deserve a look", n=bad, all=len(quality.findings))
    page_header(title if bad else t("Nothing stands out in the data"), t("Data quality"))
    words = []
    if quality.last_day is not None and quality.days_old is not None:
        words.append(
            t("The last order is of {day}, {n} days ago.", day=quality.last_day, n=quality.days_old)
        )
    if quality.imported_at is not None:
        words.append(t("Last import: {moment} UTC.", moment=quality.imported_at))
    if quality.fitted_at is None:
        words.append(t("No model has been fitted."))
    else:
        words.append(t("Last fit: {moment} UTC; {n} order lines have come since.",
                       moment=quality.fitted_at, n=quality.lines_since_fit or 0))  # fmt: skip
    place(tag("p", " ".join(words)))


def _checks(ctx: Context, quality: Quality) -> None:
    t = ctx.t
    heads = [Column(t("Check")), Column(t("Found")), Column(t("Verdict"))]
    rows = [
        [
            named(t(WORDS[one.check][0]), _advice(ctx, one)),
            _found(ctx, one),
            t(VERDICTS[one.verdict]),
        ]
        for one in quality.findings
    ]
    with st.container(key="sr-data-checks"):
        place(data_table(t("Checks of the data"), heads, rows))


def _found(ctx: Context, one: Finding) -> str:
    if one.share is None:
        return ctx.t("not enough data")
    share = ctx.language.percent(one.share, 1)
    return ctx.t(WORDS[one.check][1], found=one.found, among=one.among, share=share)


def _advice(ctx: Context, one: Finding) -> str:
    return ctx.t(WORDS[one.check][2]) if one.verdict in (Verdict.ACT, Verdict.LOOK) else ""


def _listed(ctx: Context, quality: Quality) -> None:
    t = ctx.t
    with st.container(key="sr-quality-list", gap="small"):
        section(t("What was found"), "quality-list", t("The worst first"))
        chosen = Check(address.select(
            t("List of"), "check", [one.check.value for one in quality.findings],
            lambda one: t(WORDS[Check(one)][0]),
        ))  # fmt: skip
        frame, total = ctx.workspace.quality.listed(ctx.principal, chosen, ROWS)
        if not total:
            place(tag("p", t("Nothing to list."), cls="small"))
            return
        place(tag("p", t("{n} of {total} rows", n=len(frame), total=total), cls="small"))
        st.dataframe(frame, hide_index=True)
        csv_button(
            t("All {total} rows (CSV)", total=total), f"quality-{chosen.value}",
            lambda: ctx.workspace.quality.listed(ctx.principal, chosen, total)[0],
            key="quality-csv",
        )  # fmt: skip


def _imports(ctx: Context) -> None:
    """What the last import fixed and set aside."""
    t = ctx.t
    batches, _ = ctx.workspace.imports.batches(ctx.principal, 1)
    if not batches:
        return
    found = ctx.workspace.imports.reasons(ctx.principal, batches[0].number)
    with st.container(key="sr-quality-import", gap="small"):
        section(t("Duplicates and fixes of the last import"), "quality-import",
                t("Rows and files of each import are on the page Import."))  # fmt: skip
        if not found:
            place(tag("p", t("Every row was taken as it came."), cls="small"))
            return
        heads = [Column(t("Why")), Column(t("File")), Column(t("Rows"), number=True)]
        rows = [[t(one.sentence), one.file, ctx.language.number(one.rows)] for one in found]
        with st.container(key="sr-data-fixes"):
            place(data_table(t("Reasons"), heads, rows))
