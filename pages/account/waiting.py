"""What people see while data or model are being made: how far it is, in words."""

from __future__ import annotations

import streamlit as st

from pages.context import Context
from smartreco.workspace import Phase, Status

BUSY = (Phase.MAKING, Phase.FITTING)


def render(ctx: Context) -> None:
    """The page that takes a page's place until it can be drawn."""
    status = ctx.workspace.status()
    if status.phase is Phase.FAILED:
        st.error(ctx.t("The data could not be prepared."))
        st.write(status.message)
    elif status.phase is Phase.EMPTY:
        st.info(ctx.t("There are no data yet. An administrator imports orders first."))
    else:
        st.subheader(ctx.t("Nearly there"))
        st.write(ctx.t("This page opens by itself as soon as its data are ready."))
        progress(ctx, Phase.READY)


def progress(ctx: Context, *until: Phase) -> None:
    """A bar that follows the work and runs the page anew in one of the phases `until`."""

    @st.fragment(run_every="1s")
    def follow() -> None:
        status = ctx.workspace.status()
        if status.phase in until or status.phase not in BUSY:
            st.rerun()
        st.progress(_fraction(status), text=_words(ctx, status))

    follow()


def _fraction(status: Status) -> float:
    return 0.0 if status.progress is None else min(max(status.progress.fraction, 0.0), 1.0)


def _words(ctx: Context, status: Status) -> str:
    head = {
        Phase.MAKING: ctx.t("Preparing the data"),
        Phase.FITTING: ctx.t("Learning from the orders"),
    }.get(status.phase, "")
    doing = ctx.t(status.progress.doing) if status.progress else ""
    percent = ctx.language.percent(_fraction(status))
    return f"{head}: {doing} · {percent}" if doing else f"{head} · {percent}"
