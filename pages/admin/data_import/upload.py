"""The first step: files are chosen, and looked at once."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.context import Context
from pages.state import Slot
from smartreco.workspace.importing.limits import LARGEST_FILE
from smartreco.workspace.importing.views import Files, Looked

ENDINGS: Final = ["csv", "tsv", "txt", "parquet", "xlsx"]
KINDS: Final = {
    "orders": "Orders (needed)",
    "products": "Products",
    "retailers": "Shops",
    "vendors": "Vendors",
    "stock": "Stock",
    "promotions": "Promotions",
    "calendar": "Festivals",
}
MORE: Final = tuple(kind for kind in KINDS if kind != "orders")


class UploadState:
    """What is kept for a browser tab."""

    files = Slot[Files]({})
    looked = Slot[Looked | None](None)
    seen = Slot[object](())  # what was looked at
    turn = Slot(0)  # grows where the form begins anew, so that its fields are empty


state = UploadState()


def draw(ctx: Context) -> Looked | None:
    """The fields for files; what they hold, once there are some."""
    t = ctx.t
    with st.container(key="sr-import-files", gap="small"):
        st.header(t("1. Files"), anchor=False)
        given = {"orders": _field(ctx, "orders")}
        with st.expander(t("Products, shops, stock and more (if you have them)")):
            given |= {kind: _field(ctx, kind) for kind in MORE}
        _templates(ctx)
    held = {kind: file for kind, file in given.items() if file is not None}
    seen = tuple((kind, file.file_id) for kind, file in held.items())
    if seen != state.seen:
        state.seen = seen
        state.files = {kind: (file.name, file.getvalue()) for kind, file in held.items()}
        with st.spinner(t("Looking at the files")):
            look = ctx.workspace.imports.look
            state.looked = look(ctx.principal, state.files) if held else None
    return state.looked


def begin_anew() -> None:
    """Forget the files of this tab."""
    state.files, state.looked, state.seen = {}, None, ()
    state.turn += 1


def _field(ctx: Context, kind: str):  # type: ignore[no-untyped-def]
    return st.file_uploader(
        ctx.t(KINDS[kind]), ENDINGS, key=f"import-file-{kind}-{state.turn}",
        max_upload_size=round(LARGEST_FILE / 1e6),
    )  # fmt: skip


def _templates(ctx: Context) -> None:
    folded = st.expander(ctx.t("Templates: empty files with the right columns"))
    with folded, st.container(horizontal=True, gap="small"):
        for kind in KINDS:
            st.download_button(
                    f"{kind}.csv", ctx.workspace.imports.template(ctx.principal, kind),
                    f"{kind}.csv", "text/csv", key=f"import-template-{kind}", on_click="ignore",
                    type="tertiary", icon=":material/download:",
                )  # fmt: skip
