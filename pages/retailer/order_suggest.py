"""An order suggested within budget, credit and minimums; one click puts it on the draft."""

from __future__ import annotations

import streamlit as st

from pages.components import messages, suggested_cards
from pages.components.markup import literal, place, tag
from pages.retailer.draft_acts import said_on_order
from pages.retailer.order_desk import Desk
from pages.state import Slot
from smartreco.entities import ListName
from smartreco.language import Message, Money, Percent
from smartreco.stock.sentences import say
from smartreco.workspace.order_views import OrderLine, OrderWish, SuggestedOrder

SERVICES = (0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3)
REVIEWS = (3, 7, 14, 28)
SHOWN = 10  # lines before "show more"
PUT = Message("Put {n} product on my order", "Put {n} products on my order", "n")
FOUND = Message("{n} product for {value}", "{n} products for {value}", "n")
DAYS = Message("{n} day", "{n} days", "n")


class SuggestState:
    """What this part keeps for a browser tab."""

    order = Slot[SuggestedOrder | None](None)
    everything = Slot(False)


state = SuggestState()


def draw(desk: Desk) -> None:
    """The wish, then what came of it."""
    _wish(desk)
    if state.order is not None:
        _suggestion(desk, state.order)


def _wish(desk: Desk) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    free = desk.check.credit_free
    with st.form("suggest", border=False):
        place(tag("p", t("It aims at the fewest stock-outs until you order again."), cls="small"))
        with st.grid(4, min_column_width=190, gap="medium", key="sr-wish"):
            st.number_input(
                t("Budget"), min_value=0.0, step=1000.0, value=None, key="wish-budget",
                format="%.0f", placeholder=_no_budget(desk, free),
            )  # fmt: skip
            st.select_slider(
                t("Must last in"), SERVICES, value=0.95, key="wish-service",
                format_func=lambda share: t("{share} of cases", share=Percent(share)),
                help=t("How sure you want to be that a product lasts until your next order."),
            )  # fmt: skip
            st.select_slider(
                t("You order again in"), REVIEWS, value=7, key="wish-review",
                format_func=lambda days: language.say(DAYS, {"n": days}),
            )  # fmt: skip
            st.select_slider(
                t("Kept for new products"), SHARES, value=0.1, key="wish-share",
                format_func=language.percent,
            )  # fmt: skip
        st.form_submit_button(
            t("Suggest an order"), key="suggest-go", icon=":material/auto_awesome:",
            on_click=_suggest, args=(desk,),
            type="secondary" if desk.draft.lines or state.order else "primary",
        )  # fmt: skip


def _no_budget(desk: Desk, free: float | None) -> str:
    if free is None:
        return desk.ctx.t("No limit")
    return desk.ctx.t("Up to {free}", free=Money(free))


def _suggest(desk: Desk) -> None:
    kept = st.session_state
    with messages.told(desk.ctx.language):
        state.order = desk.ctx.workspace.stock.suggest_order(
            desk.ctx.principal, desk.retailer_id,
            OrderWish(
                budget=kept.get("wish-budget"), service=float(kept["wish-service"]),
                review_days=int(kept["wish-review"]), discovery_share=float(kept["wish-share"]),
            ),
        )  # fmt: skip
        state.everything = False
        for line in state.order.lines:
            kept[_key(line)] = not desk.ordered(line.product.product_id)


def _suggestion(desk: Desk, order: SuggestedOrder) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    if not order.lines:
        messages.empty_state(
            t("Nothing is worth ordering within these limits"),
            t("Raise the budget, or ask for more certainty."), "basket", key="suggest",
        )  # fmt: skip
    else:
        found = language.say(FOUND, {"n": len(order.lines), "value": Money(order.value)})
        st.subheader(literal(found), anchor=False)
        _basis(desk, order)
        _lines(desk, order)
    _limits(desk, order)
    if order.lines:
        _put(desk, order)


def _basis(desk: Desk, order: SuggestedOrder) -> None:
    messages.note(
        desk.ctx.t(
            "Chosen from {candidates} products. Your shelf is known for {known} of them; for the "
            "others it goes by how often you order.",
            candidates=order.candidates, known=order.stock_known,
        )
    )  # fmt: skip


def _limits(desk: Desk, order: SuggestedOrder) -> None:
    if not order.limits:
        return
    said = ["; ".join(say(one, desk.ctx.language) for one in words) for _, words in order.limits]
    place(
        tag("div", tag("p", desk.ctx.t("What holds it back"), cls="name"),
            tag("ul", *(tag("li", words) for words in said)), cls="limits")
    )  # fmt: skip


def _lines(desk: Desk, order: SuggestedOrder) -> None:
    shown = order.lines if state.everything else order.lines[:SHOWN]
    with st.container(key="sr-suggested", gap=None):
        for line in shown:
            with st.container(
                key=f"sr-suggest-{line.product.product_id}", horizontal=True,
                vertical_alignment="center", gap="small",
            ):  # fmt: skip
                st.checkbox(
                    literal(suggested_cards.name(line)), key=_key(line),
                    label_visibility="collapsed",
                )  # fmt: skip
                there = desk.draft.quantity(line.product.product_id)
                place(suggested_cards.suggested(line, there, desk.ctx.language))
    if len(shown) < len(order.lines):
        st.button(
            desk.ctx.t("Show {n} more", n=len(order.lines) - SHOWN), key="more-suggested",
            type="tertiary", icon=":material/expand_more:", on_click=_show_everything,
        )  # fmt: skip


def _show_everything() -> None:
    state.everything = True


def _put(desk: Desk, order: SuggestedOrder) -> None:
    chosen = [line for line in order.lines if st.session_state.get(_key(line), True)]
    words = desk.ctx.language.say(PUT, {"n": len(chosen)})
    value = desk.ctx.language.money(sum(line.value for line in chosen))
    with st.container(key="sr-put"):
        st.button(
            literal(f"{words} — {value}"), key="suggest-put", icon=":material/playlist_add:",
            type="secondary" if desk.draft.lines else "primary",
            disabled=not chosen, on_click=_put_on, args=(desk, chosen),
        )  # fmt: skip


def _put_on(desk: Desk, lines: list[OrderLine]) -> None:
    items = [(line.product.product_id, line.quantity, ListName(line.source)) for line in lines]
    state.order = None
    said_on_order(desk.ctx.language, len(items))
    desk.filled(items)


def _key(line: OrderLine) -> str:
    return f"take-{line.product.product_id}"
