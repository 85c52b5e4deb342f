"""Backups: the newest, one made now, and what to do where there is no folder for them."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.admin.system import words
from pages.components import header, messages
from pages.components.data_table import Column, data_table, named
from pages.components.markup import Html, place, tag
from pages.context import Context
from smartreco.errors import SmartRecoError
from smartreco.workspace.keeping.views import BackupView

SHOWN: Final = 5


def draw(ctx: Context) -> None:
    """The newest of them, and the button that makes another."""
    t, workspace = ctx.t, ctx.workspace
    folder = workspace.settings.backup_dir
    header.section(
        t("Backups"), "backups",
        t("The whole store in one file, made while people work. Restoring is done at the machine: "
          "`python -m smartreco restore FILE`.").replace("`", "“", 1).replace("`", "”", 1),
    )  # fmt: skip
    if folder is None:
        messages.empty_state(
            t("There is no folder for backups"),
            t("Set SMARTRECO_BACKUP_DIR and start the program again."), "package", key="backups",
        )  # fmt: skip
        return
    if st.button(t("Back up now"), key="backup-now", icon=":material/save:"):
        _make(ctx)
    found = workspace.keeping.backups(ctx.principal)
    if not found:
        messages.note(t("None yet in {folder}.", folder=str(folder)))
        return
    _table(ctx, found)
    messages.note(t("In {folder}; the newest {n} are kept.", folder=str(folder),
                    n=workspace.settings.keep_backups))  # fmt: skip


def _make(ctx: Context) -> None:
    bar = st.progress(0.0, ctx.t("Backing up"))

    def report(fraction: float, doing: str) -> None:
        bar.progress(min(max(fraction, 0.0), 1.0), ctx.t(doing))

    try:
        made = ctx.workspace.keeping.backup(ctx.principal, report)
    except SmartRecoError as error:
        bar.empty()
        st.warning(messages.refusal(error, ctx.language))
        return
    bar.empty()
    messages.done(ctx.t("Backed up: {rows} rows in {seconds} s", rows=made.rows,
                        seconds=ctx.language.number(made.seconds, 1)))  # fmt: skip
    st.rerun()


def _table(ctx: Context, found: tuple[BackupView, ...]) -> None:
    t = ctx.t
    columns = (Column(t("Backup")), Column(t("Rows"), True), Column(t("Size"), True),
               Column(t("Took"), True), Column(t("State")))  # fmt: skip
    with st.container(key="sr-data-backups"):
        place(data_table(t("Backups, the newest first"), columns,
                         [_row(ctx, one) for one in found[:SHOWN]]))  # fmt: skip


def _row(ctx: Context, one: BackupView) -> list[Html | str]:
    t = ctx.t
    state = (
        tag("span", one.problem, cls="warm-words") if one.problem
        else tag("span", t("whole"), cls="chip good")
    )  # fmt: skip
    return [
        named(t("{moment} UTC", moment=one.made_at), one.name),
        ctx.language.number(one.rows), words.size(one.bytes, ctx.language),
        t("{n} s", n=ctx.language.number(one.seconds, 1)), state,
    ]  # fmt: skip
