"""Ways to fill an order at once: a suggestion, the last order again, a list of one's own."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from pages.components import header
from pages.retailer.order import paste as order_paste
from pages.retailer.order import repeat as order_repeat
from pages.retailer.order import suggest as order_suggest
from pages.retailer.order.desk import WAY, Desk


class Way(StrEnum):
    """One way to fill an order; the value is its label."""

    SUGGEST = "Suggest an order"
    REPEAT = "Repeat the last order"
    PASTE = "Paste or upload a list"


WAYS: dict[Way, Callable[[Desk], None]] = {
    Way.SUGGEST: order_suggest.draw,
    Way.REPEAT: order_repeat.draw,
    Way.PASTE: order_paste.draw,
}


def draw(desk: Desk) -> None:
    """The ways side by side; an empty order opens with the first, another with none."""
    t, empty = desk.ctx.t, not desk.draft.lines
    if empty and st.session_state.get(WAY) not in WAYS:
        st.session_state[WAY] = Way.SUGGEST
    with st.container(key="sr-fill", gap="small"):
        header.section(t("Fill your order") if empty else t("Add more at once"), "fill")
        chosen = st.pills(
            t("How to fill it"), list(Way), format_func=lambda way: t(Way(way).value),
            key=WAY, wrap=True, label_visibility="collapsed",
        )  # fmt: skip
        if chosen in WAYS:
            with st.container(key="sr-way", gap="small"):
                WAYS[Way(chosen)](desk)
