"""The lines of an order, vendor by vendor, each changed in place."""

from __future__ import annotations

import streamlit as st

from pages.components import order_cards
from pages.components.markup import place
from pages.retailer import draft_steps
from pages.retailer.order.desk import Desk, state
from smartreco.entities import DraftLine

SHOWN = 12  # lines before "show more": a stepper is the dearest thing on the page
FEW = 4  # so many more are shown at once


def draw(desk: Desk) -> None:
    """A card a vendor: what of him, worth how much, and how far from his minimum."""
    _head(desk)
    hidden = _hidden(desk)
    left = len(desk.draft.lines) - hidden
    for at, part in enumerate(desk.check.parts):
        lines = desk.lines_of(part)[:left]
        left -= len(lines)
        if not lines:
            break
        with st.container(key=f"sr-vendor-{at}", gap=None):
            place(order_cards.vendor_head(part, desk.ctx.language))
            for line in lines:
                _line(desk, line)
    if hidden:
        st.button(
            desk.ctx.t("Show {n} more", n=hidden), key="more-order", type="tertiary",
            icon=":material/expand_more:", on_click=_show_everything,
        )  # fmt: skip


def _hidden(desk: Desk) -> int:
    """Lines behind "show more": none where there would be only a few."""
    more = len(desk.draft.lines) - SHOWN
    return 0 if state.everything or more <= FEW else more


def _show_everything() -> None:
    state.everything = True


def _head(desk: Desk) -> None:
    t = desk.ctx.t
    with st.container(key="sr-orderhead", horizontal=True, vertical_alignment="center"):
        st.header(t("What you order"), anchor=False)
        if desk.draft.can_undo:
            st.button(
                t("Undo"), key="order-undo", type="tertiary", icon=":material/undo:",
                on_click=desk.undo,
            )  # fmt: skip
        st.button(
            t("Clear"), key="order-clear", type="tertiary", icon=":material/delete_sweep:",
            on_click=desk.clear,
        )  # fmt: skip


def _line(desk: Desk, line: DraftLine) -> None:
    problems = desk.check.of_product(line.product.product_id)
    with st.container(
        key=f"sr-draftline-{line.product.product_id}", horizontal=True,
        vertical_alignment="center", gap="small",
    ):  # fmt: skip
        place(order_cards.draft_line(line, problems, desk.ctx.language))
        draft_steps.stepper(desk, line)
        place(order_cards.value(line.value, desk.ctx.language), "content")
        draft_steps.remove(desk, line)
