"""Import: files are looked at and rehearsed before anything is written; no row is lost."""

from __future__ import annotations

import streamlit as st

from pages.admin.data_import import deciding, history, mapping, running, upload
from pages.components.header import page_header
from pages.context import Context
from smartreco.workspace.importing.views import JobKind


def render(ctx: Context) -> None:
    """Draw the page."""
    t, info = ctx.t, ctx.workspace.info()
    with st.container(key="sr-import", gap="medium"):
        page_header(
            t("Import"),
            t("No data yet")
            if info is None
            else t("{name} · {lines} order lines", name=info.name, lines=info.lines),
        )
        if not running.running(ctx, JobKind.IMPORT, JobKind.DEMO):
            running.result(ctx, JobKind.IMPORT)
            _steps(ctx)
        history.draw(ctx)


def _steps(ctx: Context) -> None:
    looked = upload.draw(ctx)
    if looked is None:
        return
    chosen, fine = mapping.draw(ctx, looked)
    if fine:
        deciding.draw(ctx, chosen)
