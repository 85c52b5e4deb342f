"""The whole run to take away: every figure as CSV, the record itself as JSON."""

from __future__ import annotations

import json

import streamlit as st

from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components.download import csv_button


def draw(visit: ScoreVisit) -> None:
    """Two buttons; files are made when they are pressed."""
    t, number = visit.ctx.t, visit.number
    scoreboard, ctx = visit.scoreboard, visit.ctx
    csv_button(
        t("All figures as CSV"), file_name(visit), lambda: scoreboard.table(ctx.principal, number),
        "score-csv",
    )  # fmt: skip
    st.download_button(
        t("Record as JSON"),
        lambda: json.dumps(scoreboard.document(ctx.principal, number), indent=1).encode(),
        f"{file_name(visit)}.json", "application/json", key="score-json", on_click="ignore",
        type="tertiary", icon=":material/download:",
    )  # fmt: skip


def file_name(visit: ScoreVisit) -> str:
    """Without its ending."""
    version = visit.choice.version
    of = "learned" if version is None else f"version-{version}"
    return f"scoreboard-{visit.number}-{of}-{visit.split.value}-{visit.k}"
