"""The order being put together: always in sight, each line changed in place."""

from __future__ import annotations

import streamlit as st

from pages.components import cards, messages
from pages.components.markup import literal, place, tag
from pages.retailer.visit import Visit
from smartreco.entities import DraftLine
from smartreco.language import Message

ANCHOR = "your-order"
PRODUCTS = Message("{n} product", "{n} products", "n")


def draw(visit: Visit) -> None:
    """The draft with its lines, its value and what can be done with it."""
    t, draft = visit.ctx.t, visit.draft
    with st.container(key="sr-order-card", gap="small"):
        with st.container(horizontal=True, gap="small"):
            st.header(t("Your order"), anchor=ANCHOR)
            if draft.can_undo:
                st.button(
                    t("Undo"), key="order-undo", type="tertiary", icon=":material/undo:",
                    on_click=visit.undo,
                )  # fmt: skip
        if not draft.lines:
            messages.empty_state(
                t("Nothing in it yet"),
                t("Add what is due, or something new. It is kept until you come back."),
                "basket", key="order",
            )  # fmt: skip
        for line in draft.lines:
            _line(visit, line)
        if draft.lines:
            with st.container(key="sr-order-foot", gap="small"):
                _foot(visit)


def _line(visit: Visit, line: DraftLine) -> None:
    t, product_id = visit.ctx.t, line.product.product_id
    packs = cards.Packs(line.quantity, line.product.case_size)
    size = line.product.case_size if packs.in_cases else 1
    key = f"quantity-{product_id}"
    if st.session_state.get(key) != packs.count:
        st.session_state[key] = packs.count
    unit = t("Cases of {name}") if packs.in_cases else t("Pieces of {name}")
    name = literal(cards.calm(line.product.name))
    with st.container(
        key=f"sr-orderline-{product_id}", horizontal=True, vertical_alignment="center", gap="xsmall"
    ):
        place(cards.order_line(line, visit.ctx.language))
        st.number_input(
            unit.format(name=name), min_value=1, step=1, key=key, width=132,
            label_visibility="collapsed", on_change=visit.set_count, args=(product_id, key, size),
            required=True,
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


def bar(visit: Visit) -> None:
    """A phone's view of the order while the lists are on screen."""
    if not visit.draft.lines:
        return
    t, language = visit.ctx.t, visit.ctx.language
    count = language.say(PRODUCTS, {"n": len(visit.draft.lines)})
    amount = tag("span", tag("b", language.money(visit.draft.total)), f" · {count}")
    with st.container(key="sr-orderbar"):
        place(tag("div", amount, tag("a", t("View order"), href=f"#{ANCHOR}"), cls="bar"))
