"""The account of an import in words and figures: kept + fixed + set aside = read."""

from __future__ import annotations

import streamlit as st

from pages.components.data_table import Column, data_table
from pages.components.markup import literal, place, tag
from pages.context import Context
from smartreco.dataset.reasons import MENDABLE, RULES, Outcome
from smartreco.dataset.report import FileAccount
from smartreco.language import noted
from smartreco.workspace.importing.views import Accounting

COUNTED = (noted("Read"), "Kept as they came", "Fixed", "Set aside")
WORDS = {Outcome.QUARANTINED: "Set aside", Outcome.FIXED: "Fixed"}


def draw(ctx: Context, accounting: Accounting) -> None:
    """All of it: what changes, every row, why, and what was assumed."""
    t, n = ctx.t, ctx.language.number
    place(tag("p", _changes(ctx, accounting)))
    table = data_table(
        t("Rows by file"),
        [Column(t("File")), *(Column(t(one), number=True) for one in COUNTED)],
        [[one.source, n(one.read), n(one.kept), n(one.fixed), n(one.quarantined)]
         for one in accounting.report.files],
    )  # fmt: skip
    with st.container(key="sr-data-accounts"):
        place(table)
    for at, file in enumerate(accounting.report.files):
        with st.container(key=f"sr-data-reasons-{at}"):
            _reasons(ctx, file)
    notes = [note.text(ctx.language) for note in accounting.report.notes]
    notes += [t(words) for words in accounting.report.absent]
    if notes:
        with st.expander(t("What was assumed, and what the files do not hold ({n})", n=len(notes))):
            for note in notes:
                st.write("- " + literal(note))


def _changes(ctx: Context, accounting: Accounting) -> str:
    t = ctx.t
    words = [
        t("{added} order lines are new, {replaced} replace what was known, {unchanged} are known "
          "already.", added=accounting.added, replaced=accounting.replaced,
          unchanged=accounting.unchanged)
    ]  # fmt: skip
    if accounting.new_products or accounting.new_retailers:
        words.append(
            t("{products} products and {shops} shops come with them.",
              products=accounting.new_products, shops=accounting.new_retailers)
        )  # fmt: skip
    if accounting.first_day is not None and accounting.last_day is not None:
        words.append(
            t(
                "Orders from {first} to {last}.",
                first=accounting.first_day,
                last=accounting.last_day,
            )
        )
    return " ".join(words)


def _reasons(ctx: Context, file: FileAccount) -> None:
    t = ctx.t
    rows = [
        [
            t(RULES[one.code].sentence), t(WORDS[one.outcome]), ctx.language.number(one.rows),
            _mends(ctx, one.code),
        ]
        for one in sorted(file.reasons, key=lambda one: -one.rows) if one.rows
    ]  # fmt: skip
    if rows:
        heads = [Column(t("Why")), Column(t("What became of them")), Column(t("Rows"), number=True),
                 Column(t("What to do"))]  # fmt: skip
        place(data_table(t("Reasons in {file}", file=file.source), heads, rows))


def _mends(ctx: Context, code: str) -> str:
    if RULES[code].outcome is Outcome.FIXED:
        return ctx.t("nothing: they are taken")
    if code in MENDABLE:
        return ctx.t("mend and import again")
    return ctx.t("nothing: rightly left out")
