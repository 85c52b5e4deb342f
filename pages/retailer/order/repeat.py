"""The last order once more."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, links, messages, order_cards
from pages.components.markup import place, tag
from pages.context import Context
from pages.retailer.draft_acts import said_on_order
from pages.retailer.order.desk import Desk
from pages.state import Slot
from smartreco.language import Message

INFO = ":material/info:"
GONE = Message("No longer sold: {names}", "No longer sold: {names}", "n")


class RepeatState:
    """What this part keeps for a browser tab."""

    gone = Slot[tuple[str, ...]](())  # names that the last repetition left out


state = RepeatState()


def draw(desk: Desk) -> None:
    """What the last order was, and the button that puts it on this one."""
    t = desk.ctx.t
    orders, total = desk.ctx.workspace.orders.history(desk.ctx.principal, desk.retailer_id, 1)
    if not total:
        messages.empty_state(
            t("There is no order to repeat yet"), t("Your first one will be here."), "basket",
            key="repeat",
        )  # fmt: skip
        return
    with st.container(key="sr-lines", gap=None), st.container(key="sr-line-last"):
        place(order_cards.order_row(orders[0], desk.ctx.language))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            t("Put it on my order"), key="repeat-last", icon=":material/replay:",
            on_click=_repeat, args=(desk,),
        )  # fmt: skip
        links.to_page("orders", t("Choose an earlier one"), ":material/receipt_long:")
    said_gone(desk.ctx)


def said_gone(ctx: Context) -> None:
    """Which products of a repeated order are no longer sold."""
    if state.gone:
        names = ", ".join(cards.calm(name) for name in state.gone)
        place(tag("p", ctx.language.say(GONE, {"n": len(state.gone), "names": names}), cls="gone"))


def repeat(ctx: Context, retailer_id: str, order_id: str | None) -> bool:
    """Put an order on the draft again and say what came of it; whether it did."""
    done = False
    with messages.told(ctx.language):
        found = ctx.workspace.orders.repeat(ctx.principal, retailer_id, order_id)
        state.gone, done = found.gone, True
        if found.added:
            said_on_order(ctx.language, found.added)
        elif found.gone:
            messages.done(ctx.t("What is still sold of it is on your order already"), INFO)
        else:
            messages.done(ctx.t("It is on your order already"), INFO)
    return done


def _repeat(desk: Desk) -> None:
    if repeat(desk.ctx, desk.retailer_id, None):
        if not state.gone:
            desk.done_filling()
        st.rerun()
