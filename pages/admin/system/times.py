"""How long each use case took, over a choice of days."""

from __future__ import annotations

import streamlit as st

from pages import address
from pages.components import messages, waiting_times
from pages.components.waiting_times import DAYS, WORDS
from pages.context import Context


def draw(ctx: Context) -> None:
    """Chart, table and file, as the scoreboard shows them to analysts."""
    days = address.choose(
        ctx.t("Time"), "days", list(DAYS), lambda one: ctx.t(WORDS[one]), bare=True
    )
    found = ctx.workspace.scoreboard.response(ctx.principal, DAYS[days])
    if not found:
        messages.note(ctx.t("Nothing was asked for in this time."))
        return
    with st.container(key="sr-system-times", gap="small"):
        waiting_times.draw(found, ctx.language, days, "system-times-csv")
