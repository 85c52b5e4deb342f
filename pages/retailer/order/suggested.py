"""What was suggested: lines with their reasons, what holds them back, putting them on the order."""

from __future__ import annotations

import streamlit as st

from pages.components import messages, suggested_cards
from pages.components.markup import literal, place, tag
from pages.retailer.draft_acts import said_on_order
from pages.retailer.order.desk import Desk
from pages.state import Slot
from smartreco.entities import ListName
from smartreco.language import Message, Money
from smartreco.stock.limits import BUDGET, CREDIT, MONEY, VENDOR_LEFT_OUT
from smartreco.stock.sentences import say
from smartreco.workspace.order.views import OrderLine, SuggestedOrder

SHOWN = 10  # lines before "show more"
PUT = Message("Put {n} product on my order", "Put {n} products on my order", "n")
FOUND = Message("{n} product for {value}", "{n} products for {value}", "n")


class SuggestState:
    """What this part keeps for a browser tab."""

    order = Slot[SuggestedOrder | None](None)
    everything = Slot(False)
    untaken = Slot[frozenset[str]](frozenset())  # products of it that are not to be put on


state = SuggestState()


def draw(desk: Desk, order: SuggestedOrder) -> None:
    """The lines, what holds them back, and the button that puts them on the order."""
    language = desk.ctx.language
    if not order.lines:
        messages.empty_state(*_nothing(desk, order), "basket", key="suggest")
    else:
        found = language.say(FOUND, {"n": len(order.lines), "value": Money(order.value)})
        st.subheader(literal(found), anchor=False)
        _basis(desk, order)
        _lines(desk, order)
    _limits(desk, order)
    if order.lines:
        _put(desk, order)


def _nothing(desk: Desk, order: SuggestedOrder) -> tuple[str, str]:
    """Why nothing is suggested, by the limit that leaves nothing, and what can be done."""
    t, binds = desk.ctx.t, {limit.name: limit.bound for limit, _ in order.limits}
    if BUDGET in binds:
        bound = Money(binds[BUDGET])
        hint = t("Raise the budget.")
        if order.enough is not None:
            hint = t("{enough} is enough for a first product.", enough=Money(order.enough))
        return t("Nothing worth ordering fits a budget of {bound}", bound=bound), hint
    if CREDIT in binds:
        taken = t("Your order takes its part of it; take something off, or ask for more credit.")
        hint = taken if desk.draft.lines else t("Ask your distributor for more credit.")
        if not binds[CREDIT]:
            return t("None of your credit is free"), hint
        bound = Money(binds[CREDIT])
        return t("Nothing worth ordering fits your free credit of {bound}", bound=bound), hint
    hint = t("Ask for more certainty, or for longer until you order again.")
    if VENDOR_LEFT_OUT in binds:
        return t("What is worth ordering stays below the vendors' minimum orders"), hint
    return t("Nothing is worth ordering now"), hint


def _basis(desk: Desk, order: SuggestedOrder) -> None:
    messages.note(
        desk.ctx.t(
            "Chosen from {candidates} products. Your shelf is known for {known} of them; for the "
            "others it goes by how often you order.",
            candidates=order.candidates, known=order.stock_known,
        )
    )  # fmt: skip


def _limits(desk: Desk, order: SuggestedOrder) -> None:
    told = [
        words for limit, words in order.limits
        if order.lines or limit.name not in MONEY  # else said where the lines would be
    ]  # fmt: skip
    if not told:
        return
    said = ["; ".join(say(one, desk.ctx.language) for one in words) for words in told]
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
                _tick(line)
                there = desk.draft.quantity(line.product.product_id)
                place(suggested_cards.suggested(line, there, desk.ctx.language))
    if len(shown) < len(order.lines):
        st.button(
            desk.ctx.t("Show {n} more", n=len(order.lines) - SHOWN), key="more-suggested",
            type="tertiary", icon=":material/expand_more:", on_click=_show_everything,
        )  # fmt: skip


def _tick(line: OrderLine) -> None:
    """Whether a line is taken; a box that was not drawn for a while is as it was left."""
    product_id = line.product.product_id
    st.session_state[_key(product_id)] = product_id not in state.untaken
    st.checkbox(
        literal(suggested_cards.name(line)), key=_key(product_id), label_visibility="collapsed",
        on_change=_ticked, args=(product_id,),
    )  # fmt: skip


def _ticked(product_id: str) -> None:
    taken = bool(st.session_state[_key(product_id)])
    state.untaken = state.untaken - {product_id} if taken else state.untaken | {product_id}


def _show_everything() -> None:
    state.everything = True


def _put(desk: Desk, order: SuggestedOrder) -> None:
    chosen = [line for line in order.lines if line.product.product_id not in state.untaken]
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


def _key(product_id: str) -> str:
    return f"take-{product_id}"
