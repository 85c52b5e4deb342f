"""Where the store lies and what fills it."""

from __future__ import annotations

import streamlit as st

from pages.admin.system import words
from pages.components import messages
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from pages.context import Context


def draw(ctx: Context) -> None:
    """Every table, the largest first."""
    t, number = ctx.t, ctx.language.number
    overview = ctx.workspace.system.overview(ctx.principal)
    found = ctx.workspace.system.tables(ctx.principal)
    kind = t("a DuckDB file") if overview.home.kind == "duckdb" else t("PostgreSQL")
    messages.note(
        t("{size} in {kind}: {where}", size=words.size(overview.size, ctx.language), kind=kind,
          where=overview.home.where)
    )  # fmt: skip
    most = max((one.bytes for one in found), default=0) or 1
    rows: list[list[Html | str]] = [
        [
            tag("span", one.name, cls="name"), number(one.rows),
            words.size(one.bytes, ctx.language) if one.bytes else "–",
            tag("span", tag("span", style=f"width:{100 * one.bytes / most:.1f}%"), cls="meter",
                aria_hidden="true"),
        ]
        for one in found
    ]  # fmt: skip
    columns = (Column(t("Table")), Column(t("Rows"), True), Column(t("Size"), True),
               Column(t("Share")))  # fmt: skip
    with st.container(key="sr-data-tables"):
        place(data_table(t("Tables of the store, the largest first"), columns, rows))
    messages.note(
        t("Sizes are without indexes, and without what was written a moment ago.")
        if overview.home.kind == "duckdb"
        else t("Sizes are with indexes; rows are the server’s own estimate.")
    )
