"""The page "Order": look through what is to be ordered, settle what is in the way, place it."""

from __future__ import annotations

import streamlit as st

from pages.components import header, links, messages
from pages.components.order_cards import PRODUCTS, VENDORS
from pages.context import Context
from pages.retailer.order import fill as order_fill
from pages.retailer.order import lines as order_lines
from pages.retailer.order import place as order_place
from pages.retailer.order import placed as order_placed
from pages.retailer.order import problems as order_problems
from pages.retailer.order.desk import Desk, OrderPart, state
from smartreco.language import Money


def render(ctx: Context) -> None:
    """Draw the page for the shop that is signed in."""
    placed, state.placed = state.placed, None
    if placed is not None:
        links.go("orders", **{order_placed.PLACED: placed})
    if order_placed.PLACED in st.query_params:  # on the way to that page the browser noted it here
        del st.query_params[order_placed.PLACED]
    desk = Desk(ctx)
    with st.container(key="sr-orderpage", gap="medium"):
        if desk.draft.lines:
            _with_lines(desk)
        else:
            _empty(desk)


def _with_lines(desk: Desk) -> None:
    with st.container(key="sr-page", horizontal=True, gap="medium"):
        with st.container(key="sr-main"):
            desk.part(OrderPart.ANSWER, _answer)
            desk.part(OrderPart.LINES, order_lines.draw)
        with st.container(key="sr-side", height="stretch"):
            desk.part(OrderPart.PLACE, order_place.draw)
    desk.part(OrderPart.FILL, order_fill.draw)


def _empty(desk: Desk) -> None:
    t = desk.ctx.t
    with st.container(key="sr-answer"):
        header.page_header(
            t("Nothing on your order yet"),
            t("Let us suggest one, repeat your last, or bring a list of your own."),
        )
        if desk.draft.can_undo:
            st.button(
                t("Bring back what was on it"), key="order-undo", icon=":material/undo:",
                on_click=desk.undo,
            )  # fmt: skip
    desk.part(OrderPart.FILL, order_fill.draw)


def _answer(desk: Desk) -> None:
    t, check, language = desk.ctx.t, desk.check, desk.ctx.language
    with st.container(key="sr-answer"):
        count = language.say(PRODUCTS, {"n": len(desk.draft.lines)})
        answer = t("{count}\u00a0— {value}", count=count, value=Money(check.total))
        header.page_header(answer, _about(desk))
        if check.unpriced:
            messages.note(t("{n} without a price are not in the total", n=check.unpriced))
        order_problems.draw(desk)


def _about(desk: Desk) -> str:
    t, check = desk.ctx.t, desk.check
    vendors = desk.ctx.language.say(VENDORS, {"n": len(check.parts)})
    parts = [t("Your order"), vendors]
    if check.credit_free is not None:
        parts.append(t("{free} of credit free", free=Money(check.credit_free)))
    return " · ".join(parts)
