"""The order being put together: always in sight, each line changed in place."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, messages
from pages.components.markup import literal, place, tag
from pages.retailer.visit import Visit
from pages.state import Slot
from smartreco.entities import DraftLine
from smartreco.language import Message

ANCHOR = "your-order"
SHOWN = 8  # lines before "show more": a stepper is the dearest thing on the page
PRODUCTS = Message("{n} product", "{n} products", "n")


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
    t, product_id = visit.ctx.t, line.product.product_id
    packs = cards.Packs(line.quantity, line.product.case_size)
    size = line.product.case_size if packs.in_cases else 1
    key, name = f"quantity-{product_id}", literal(cards.calm(line.product.name))
    st.session_state[key] = packs.count
    with st.container(
        key=f"sr-orderline-{product_id}", horizontal=True, vertical_alignment="center", gap="xsmall"
    ):
        place(cards.order_line(line, visit.ctx.language))
        st.number_input(
            t("Cases of {name}", name=name) if packs.in_cases else t("Pieces of {name}", name=name),
            min_value=1, step=1, key=key, width=132, label_visibility="collapsed",
            on_change=visit.set_count, args=(product_id, key, size), required=True,
        )  # fmt: skip
        st.button(
            f"{t('Remove')} *{name}*", key=f"remove-{product_id}", type="tertiary",
            icon=":material/delete:", on_click=visit.remove, args=(product_id,),
        )  # fmt: skip


def _foot(visit: Visit) -> None:
    t, draft, language = visit.ctx.t, visit.draft, visit.ctx.language
    count = language.say(PRODUCTS, {"n": len(draft.lines)})
    total = t("Total, {count}", count=count)
    place(tag("div", tag("span", total), tag("b", language.money(draft.total)), cls="total"))
    if draft.unpriced:
        messages.note(t("{n} without a price are not in the total", n=draft.unpriced))
    st.download_button(
        t("Download order (CSV)"), data=visit.csv, file_name=f"order-{visit.retailer_id}.csv",
        mime="text/csv", on_click="ignore", icon=":material/download:", width="stretch",
        key="order-csv",
    )  # fmt: skip
    messages.note(t("Kept for you, also when you sign out. Orders are not sent from here yet."))


def _bar(visit: Visit) -> None:
    """A phone's view of the order while the lists are on screen."""
    t, language = visit.ctx.t, visit.ctx.language
    count = language.say(PRODUCTS, {"n": len(visit.draft.lines)})
    amount = tag("span", tag("b", language.money(visit.draft.total)), f" · {count}")
    with st.container(key="sr-orderbar"):
        place(tag("div", amount, tag("a", t("View order"), href=f"#{ANCHOR}"), cls="bar"))
