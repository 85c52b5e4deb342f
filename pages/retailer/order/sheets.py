"""An order to hand on: a file, a page to print, or text for a chat."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from pages.components.markup import place, tag
from pages.context import Context
from smartreco.workspace.order.sheets import Sheet

FILES = (
    (Sheet.PDF, "PDF", ":material/picture_as_pdf:", "application/pdf"),
    (Sheet.CSV, "CSV", ":material/table:", "text/csv"),
    (Sheet.HTML, "Page to print", ":material/print:", "text/html"),
)


def draw(
    ctx: Context,
    retailer_id: str,
    order_id: str | None,
    width: Literal["stretch", "content"] = "content",
) -> None:
    """A button with everything behind it; nothing is written before it is asked for."""
    name = order_id or "draft"
    opened = st.popover(
        ctx.t("Share or save"), icon=":material/ios_share:", key=f"share-{name}",
        on_change="rerun", width=width,
    )  # fmt: skip
    if not opened.open:
        return
    with opened, st.container(key=f"sr-share-{name}", gap="small", width=360):
        with st.container(horizontal=True, gap="small"):
            for kind, label, icon, mime in FILES:
                st.download_button(
                    ctx.t(label), data=partial(_sheet, ctx, retailer_id, kind, order_id),
                    file_name=f"order-{name}.{kind.value}", mime=mime, icon=icon,
                    key=f"sheet-{kind.value}-{name}", on_click="ignore",
                )  # fmt: skip
        place(tag("p", ctx.t("Or copy it into a chat or mail:")))
        text = _sheet(ctx, retailer_id, Sheet.TEXT, order_id).decode()
        st.code(text, language=None, wrap_lines=True)


def _sheet(ctx: Context, retailer_id: str, kind: Sheet, order_id: str | None) -> bytes:
    return ctx.workspace.orders.sheet(
        ctx.principal, retailer_id, kind, order_id, language=ctx.language
    )
