"""The order beside the lists of "For you": always in sight, each line changed in place."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, links, messages
from pages.components.markup import place, tag
from pages.components.order_cards import PRODUCTS
from pages.retailer import draft_steps
from pages.retailer.visit import Visit
from pages.state import Slot
from smartreco.entities import DraftLine
from smartreco.language import Money

ANCHOR = "your-order"
VENDORS_NAMED = 3  # of those whose minimum is not reached
SHOWN = 8  # lines before "show more": a stepper is the dearest thing on the page


class OrderState:
    """What this part keeps for a browser tab."""

    everything = Slot(False)


state = OrderState()


def draw(visit: Visit) -> None:
    """The draft, its latest line first, with its value and what can be done with it."""
    lines = visit.draft.lines[::-1]
    with st.container(key="sr-order-card", gap="small"):
        _head(visit)
        for line in lines if state.everything else lines[:SHOWN]:
            _line(visit, line)
        if len(lines) > SHOWN and not state.everything:
            st.button(
                visit.ctx.t("Show {n} more", n=len(lines) - SHOWN), key="more-order",
                type="tertiary", icon=":material/expand_more:", on_click=_show_everything,
            )  # fmt: skip
        if lines:
            with st.container(key="sr-order-foot", gap="small"):
                _foot(visit)
    if lines:
        _bar(visit)


def _show_everything() -> None:
    state.everything = True


def _head(visit: Visit) -> None:
    t = visit.ctx.t
    with st.container(horizontal=True, gap="small"):
        st.header(t("Your order"), anchor=ANCHOR)
        if visit.draft.can_undo:
            st.button(
                t("Undo"), key="order-undo", type="tertiary", icon=":material/undo:",
                on_click=visit.undo,
            )  # fmt: skip
    if not visit.draft.lines:
        messages.empty_state(
            t("Nothing in it yet"),
            t("Add what is due, or something new. It is kept until you come back."),
            "basket", key="order",
        )  # fmt: skip


def _line(visit: Visit, line: DraftLine) -> None:
    with st.container(
        key=f"sr-orderline-{line.product.product_id}", horizontal=True,
        vertical_alignment="center", gap="xsmall",
    ):  # fmt: skip
        place(cards.order_line(line, visit.ctx.language))
        draft_steps.stepper(visit, line)
        draft_steps.remove(visit, line)


def _foot(visit: Visit) -> None:
    t, draft, language = visit.ctx.t, visit.draft, visit.ctx.language
    count = language.say(PRODUCTS, {"n": len(draft.lines)})
    total = t("Total, {count}", count=count)
    place(tag("div", tag("span", total), tag("b", language.money(draft.total)), cls="total"))
    if draft.unpriced:
        messages.note(t("{n} without a price are not in the total", n=draft.unpriced))
    _short(visit)
    with st.container(key="sr-review"):
        links.to_page(
            "order", t("Review and place"), ":material/shopping_cart_checkout:", width="stretch"
        )
    messages.note(t("Kept for you, also when you sign out."))


def _short(visit: Visit) -> None:
    """Vendors whose minimum order is not reached yet: no surprise on the next page."""
    t = visit.ctx.t
    check = visit.ctx.workspace.orders.check(visit.ctx.principal, visit.retailer_id)
    short = [part for part in check.parts if part.minimum and part.missing]
    said = [
        t("{vendor}: {missing} more for the minimum order of {minimum}",
          vendor=cards.calm(part.vendor or ""), missing=Money(part.missing),
          minimum=Money(part.minimum or 0.0))
        for part in short[:VENDORS_NAMED]
    ]  # fmt: skip
    if len(short) > VENDORS_NAMED:
        said.append(t("and {n} more vendors", n=len(short) - VENDORS_NAMED))
    if said:
        place(tag("ul", *(tag("li", one) for one in said), cls="short-of"))


def _bar(visit: Visit) -> None:
    """A phone's view of the order while the lists are on screen."""
    t, language = visit.ctx.t, visit.ctx.language
    count = language.say(PRODUCTS, {"n": len(visit.draft.lines)})
    amount = tag("span", tag("b", language.money(visit.draft.total)), f" · {count}")
    with st.container(key="sr-orderbar"):
        place(tag("div", amount, tag("a", t("View order"), href=f"#{ANCHOR}"), cls="bar"))
