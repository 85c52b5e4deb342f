"""Imports so far; of each, the rows that were fixed or set aside, to read and to mend."""

from __future__ import annotations

import streamlit as st

from pages.admin.data_import.accounts import COUNTED
from pages.components.data_table import Column, data_table, named
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.language import noted
from smartreco.workspace.importing.views import Batch

SHOWN = 20  # imports
ROWS = 100  # of a reason


def draw(ctx: Context) -> None:
    """The list of imports, and one of them in full."""
    t, n = ctx.t, ctx.language.number
    batches, total = ctx.workspace.imports.batches(ctx.principal, SHOWN)
    if not batches:
        return
    with st.container(key="sr-import-history", gap="small"):
        st.header(t("Imports so far ({n})", n=total), anchor=False)
        heads = [Column(t("Import"))] + [
            Column(t(one), number=True) for one in (*COUNTED, noted("Order lines added"))
        ]
        rows = [
            [named(_name(ctx, one), ", ".join(file.name for file in one.files)), n(one.read),
             n(one.kept), n(one.fixed), n(one.quarantined), n(one.added)]
            for one in batches
        ]  # fmt: skip
        with st.container(key="sr-data-imports"):
            place(data_table(t("Imports, the newest first"), heads, rows))
        _one(ctx, batches)


def _name(ctx: Context, batch: Batch) -> str:
    return ctx.t("{number}: {moment} UTC, {who}", number=batch.number, moment=batch.imported_at,
                 who=batch.username)  # fmt: skip


def _one(ctx: Context, batches: tuple[Batch, ...]) -> None:
    t = ctx.t
    by_number = {one.number: one for one in batches}
    number = st.selectbox(
        t("Rows fixed or set aside in import"), list(by_number), key="import-batch",
        format_func=lambda one: _name(ctx, by_number[one]),
    )  # fmt: skip
    if number is None:
        return
    _files(ctx, by_number[number])
    found = ctx.workspace.imports.reasons(ctx.principal, number)
    if not found:
        place(tag("p", t("Every row was taken as it came."), cls="small"))
        return
    labels = {one.reason: f"{t(one.sentence)} ({ctx.language.number(one.rows)})" for one in found}
    reason = st.selectbox(
        t("Reason"), list(labels), key=f"import-reason-{number}", format_func=labels.__getitem__
    )
    rows, total = ctx.workspace.imports.quarantine(ctx.principal, number, reason, ROWS)
    place(tag("p", t("The first {n} of {total} rows", n=len(rows), total=total), cls="small"))
    st.dataframe(rows.drop(columns=["reason", "also"]).astype("str"), hide_index=True)


def _files(ctx: Context, batch: Batch) -> None:
    """Downloads of each file's rows."""
    t, imports = ctx.t, ctx.workspace.imports
    for file in batch.files:
        if not file.quarantined:
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            place(tag("b", file.name), "content")
            if file.mendable:
                st.download_button(
                    t("{n} rows to mend (CSV)", n=file.mendable),
                    lambda file=file: imports.quarantine_file(
                        ctx.principal, batch.number, file.kind
                    ),
                    f"mend-{batch.number}-{file.kind}.csv", "text/csv", on_click="ignore",
                    key=f"import-mend-{batch.number}-{file.kind}", icon=":material/build:",
                )  # fmt: skip
            st.download_button(
                t("All {n} rows set aside (CSV)", n=file.quarantined),
                lambda file=file: imports.quarantine_file(
                    ctx.principal, batch.number, file.kind, whole=True
                ),
                f"set-aside-{batch.number}-{file.kind}.csv", "text/csv", on_click="ignore",
                key=f"import-aside-{batch.number}-{file.kind}", type="tertiary",
                icon=":material/download:",
            )  # fmt: skip
    place(tag("p", t("Mend the rows in a spreadsheet and import the file as orders: each "
                     "arrives once, whatever is done again."), cls="small"))  # fmt: skip
