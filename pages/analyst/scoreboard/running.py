"""Measuring: the button, how far it is, the way to stop it, and what came of it."""

from __future__ import annotations

import streamlit as st

from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages
from pages.components.markup import place, tag
from pages.context import Context
from pages.state import Slot
from smartreco.evaluation.protocol import Split
from smartreco.workspace.scoreboard.jobs import Job, Kind

EVERY = 1.0  # seconds between looks at what runs


class RunningState:
    """What is kept for a browser tab."""

    shown = Slot[object](None)  # start of the job whose end was told


state = RunningState()


def draw(visit: ScoreVisit) -> None:
    """What runs now with its progress, or why the last came to nothing."""
    ctx = visit.ctx
    job = visit.scoreboard.job(ctx.principal)
    if job is not None and job.running:
        st.fragment(_progress, run_every=EVERY)(ctx)
        return
    if job is not None and job.problem is not None and state.shown != job.started_at:
        with st.container(key="sr-score-problem", gap=None):
            place(tag("p", messages.refusal(job.problem, ctx.language), cls="warm-words",
                      role="alert"))  # fmt: skip


def again(visit: ScoreVisit) -> None:
    """The button that renews a run; it stands out once the data have changed."""
    ctx, job = visit.ctx, visit.scoreboard.job(visit.ctx.principal)
    if visit.standing.run is None or (job is not None and job.running):
        return
    st.button(
        ctx.t("Measure again"), key="score-measure", icon=":material/refresh:",
        type="primary" if visit.standing.data_changed else "secondary", on_click=measure,
        args=(ctx, visit.choice.version, visit.split, visit.k),
    )  # fmt: skip


def nothing_yet(visit: ScoreVisit) -> None:
    """Why there are no figures, and one button."""
    t = visit.ctx.t
    job = visit.scoreboard.job(visit.ctx.principal)
    if job is not None and job.running:
        return
    messages.empty_state(
        t("{version} has not been measured with lists of {k}",
          version=visit.short_name(visit.choice), k=visit.k),
        t("Measuring learns from the past, holds the last weeks back and asks ours and six known "
          "methods what comes next. It takes up to a minute and changes nothing for shops."),
        "sparkles", key="scoreboard", action=t("Measure it now"),
        on_click=lambda: measure(visit.ctx, visit.choice.version, visit.split, visit.k),
    )  # fmt: skip


def measure(ctx: Context, version: int | None, split: Split, k: int) -> None:
    """Begin; a refusal is told."""
    with messages.told(ctx.language):
        ctx.workspace.scoreboard.measure(ctx.principal, version, split, k)


def measure_curve(ctx: Context, version: int | None, k: int) -> None:
    """The same for a learning curve."""
    with messages.told(ctx.language):
        ctx.workspace.scoreboard.measure_curve(ctx.principal, version, k)


def _progress(ctx: Context) -> None:
    """Drawn again by itself until it ends; then the whole page is."""
    job = ctx.workspace.scoreboard.job(ctx.principal)
    if job is None or not job.running:
        st.rerun()
    t = ctx.t
    with st.container(key="sr-score-running", gap="small"):
        place(tag("p", tag("b", _what(ctx, job)), " ", tag("span", t("begun by {name}",
              name=job.username), cls="small")))  # fmt: skip
        doing = t("Stopping at the next step …") if job.stopped else t(job.doing)
        st.progress(min(max(job.fraction, 0.0), 1.0), text=doing or t("Waiting"))
        if not job.stopped:
            st.button(
                t("Stop"), key="score-stop", icon=":material/stop_circle:", type="tertiary",
                on_click=_stop, args=(ctx,),
            )  # fmt: skip


def _what(ctx: Context, job: Job) -> str:
    t, asked = ctx.t, job.question
    version = t("as learned") if asked.version is None else t("version {n}", n=asked.version)
    if asked.kind is Kind.CURVE:
        return t("Measuring the learning curve of {version}", version=version)
    if asked.split is Split.RANDOM:
        return t("Measuring {version} by the random split", version=version)
    return t("Measuring {version} by the split in time", version=version)


def _stop(ctx: Context) -> None:
    with messages.told(ctx.language):
        ctx.workspace.scoreboard.stop(ctx.principal)
