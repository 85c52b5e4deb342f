"""What runs in the background, and what the last import came to."""

from __future__ import annotations

import streamlit as st

from pages.admin.data_import import accounts
from pages.components import messages
from pages.components.markup import literal
from pages.context import Context
from pages.state import Slot
from smartreco.errors import NotAllowedError
from smartreco.workspace.importing.views import ImportState, JobKind

EVERY = 1.0  # seconds between looks
TITLES = {
    JobKind.DRY_RUN: "Dry run: nothing is written",
    JobKind.IMPORT: "Importing",
    JobKind.DEMO: "Making demo data",
}


class RunningState:
    """What is kept for a browser tab."""

    put_away = Slot(0)  # number of the last job whose end has been read


state = RunningState()


def running(ctx: Context, *kinds: JobKind) -> bool:
    """Draw how far a job of these kinds is; whether one runs. It goes on when the page is left."""
    job = ctx.workspace.imports.state(ctx.principal)
    if job is None or not job.running or job.kind not in kinds:
        return False
    st.fragment(_progress, run_every=EVERY)(ctx)
    return True


def result(ctx: Context, *kinds: JobKind) -> ImportState | None:
    """Draw what the last job came to, until it is put away."""
    job = ctx.workspace.imports.state(ctx.principal)
    if job is None or job.kind not in kinds or job.job <= state.put_away:
        return None
    with st.container(border=True, key="sr-import-result", gap="small"):
        if job.accounting is not None:
            st.success(ctx.t("The rows are stored, and lists follow them."))
            accounts.draw(ctx, job.accounting)
        if job.error is not None:
            st.error(literal(messages.refusal(job.error, ctx.language)))
            if job.accounting is None:
                st.write(ctx.t("Nothing was changed."))
        st.button(ctx.t("Done"), key="import-done", on_click=_put_away, args=(job.job,))
    return job


def _put_away(job: int) -> None:
    state.put_away = job


def _progress(ctx: Context) -> None:
    try:
        job = ctx.workspace.imports.state(ctx.principal)
    except NotAllowedError:  # other data ended the demo, and the account that began them
        st.rerun()
    if job is None or not job.running:
        st.rerun()
    with st.container(border=True, key="sr-import-running", gap="small"):
        st.header(ctx.t(TITLES[job.kind]), anchor=False)
        st.progress(min(max(job.fraction, 0.0), 1.0), text=ctx.t(job.doing) or ctx.t("Waiting"))
        st.write(ctx.t("Begun by {name}. You may leave this page; it goes on.",
                       name=literal(job.username)))  # fmt: skip
