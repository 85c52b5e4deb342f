"""Versions of everything that decides what is computed and shown."""

from __future__ import annotations

import streamlit as st

from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from pages.context import Context


def draw(ctx: Context) -> None:
    """One line a version."""
    t, one = ctx.t, ctx.workspace.system.overview(ctx.principal)
    model = one.model
    applied = t("applied {day}", day=one.schema_at.date()) if one.schema_at else ""
    parts = [
        ("SmartReco", one.version, ""),
        ("Python", one.python, ""),
        *((name, number, "") for name, number in one.packages.items()),
        (t("Schema of the store"), str(one.schema), applied),
        (t("State of the data"), str(one.data_version), t("goes up with every change of the data")),
        (t("Model"), str(model.version) if model else "–",
         t("fitted {moment} UTC", moment=model.fitted_at) if model else t("none yet")),
        (t("Blend"), str(one.blend_version or "–"), t("in force")),
    ]  # fmt: skip
    rows: list[list[Html | str]] = [
        [tag("span", name, cls="name"), number, about] for name, number, about in parts
    ]
    with st.container(key="sr-data-versions-of"):
        place(
            data_table(t("Versions"), (Column(t("Part")), Column(t("Version")), Column("")), rows)
        )
