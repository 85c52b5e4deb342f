"""One order of the past, opened: its lines, and what can still be done with it."""

from __future__ import annotations

import streamlit as st

from pages.components import links, messages, order_cards
from pages.components.markup import literal, place, tag
from pages.components.order_cards import VENDORS
from pages.context import Context
from pages.retailer.order import repeat as order_repeat
from pages.retailer.order import sheets as order_sheets
from pages.state import Slot
from smartreco.language import Message, Money
from smartreco.workspace.order.book_views import OrderView

FREES = Message("{n} piece goes back to {vendors}", "{n} pieces go back to {vendors}", "n")
FREED = Message(
    "This order is cancelled: {n} piece went back to {vendors}.",
    "This order is cancelled: {n} pieces went back to {vendors}.", "n",
)  # fmt: skip
CANCELLED = "This order is cancelled."


class OpenState:
    """What an open order keeps for a browser tab."""

    cancelled = Slot[str | None](None)  # the order that was cancelled just now
    repeated = Slot[str | None](None)  # the order that was put on the draft just now


state = OpenState()


def draw(ctx: Context, order: OrderView) -> None:
    """Lines first, then reorder, cancel and the ways to hand it on."""
    t, summary = ctx.t, order.summary
    with st.container(key="sr-opened", gap="small"):
        if state.cancelled == summary.order_id:
            words = _frees(ctx, order, FREED) or t(CANCELLED)
            place(tag("p", words, cls="done", role="status"))
        if summary.note:
            place(tag("p", t("Your note: {note}", note=summary.note), cls="small note"))
        _acts(ctx, order)
        if state.repeated == summary.order_id:
            order_repeat.said_gone(ctx)
            links.to_page("order", t("It is on your order: look through it"),
                          ":material/shopping_cart_checkout:")  # fmt: skip
        if order.split:
            place(order_cards.order_parts(order.parts, ctx.language))
        place(order_cards.order_lines(order.lines, ctx.language))
        if order.refused:
            place(tag("p", t("Called off by their vendor:"), cls="small"))
            place(order_cards.order_lines(order.refused, ctx.language))


def _acts(ctx: Context, order: OrderView) -> None:
    t, order_id = ctx.t, order.summary.order_id
    with st.container(key="sr-opened-acts", horizontal=True, gap="small"):
        st.button(
            t("Order it again"), key=f"again-{order_id}", icon=":material/replay:",
            on_click=_again, args=(ctx, order_id),
        )  # fmt: skip
        order_sheets.draw(ctx, str(ctx.principal.retailer_id), order_id)
        if order.summary.can_cancel and st.button(
            t("Cancel this order"), key=f"cancel-{order_id}", type="tertiary",
            icon=":material/cancel:",
        ):  # fmt: skip
            _confirm(ctx, order)


def _again(ctx: Context, order_id: str) -> None:
    if order_repeat.repeat(ctx, str(ctx.principal.retailer_id), order_id):
        state.repeated = order_id


def _frees(ctx: Context, order: OrderView, words: Message = FREES) -> str:
    """The stock that cancelling sets free; "" where no vendor's stock is known."""
    held = [line for line in order.lines if line.product.on_hand is not None]
    if not held:
        return ""
    vendors = ctx.language.say(VENDORS, {"n": len({line.product.vendor_id for line in held})})
    pieces = sum(line.quantity for line in held)
    return ctx.language.say(words, {"n": pieces, "vendors": vendors})


def _set_free(ctx: Context, order: OrderView) -> str:
    """What cancelling sets free, of stock and of credit, as far as either is known."""
    stock = _frees(ctx, order)
    check = ctx.workspace.orders.check(ctx.principal, str(ctx.principal.retailer_id))
    if check.credit_free is None:
        return f"{stock}." if stock else ""
    if not stock:
        return ctx.t("Its value goes back to your credit.")
    return ctx.t("{what}, and its value to your credit.", what=stock)


def _confirm(ctx: Context, order: OrderView) -> None:
    def body() -> None:
        t, summary = ctx.t, order.summary
        with st.container(key="sr-confirm", gap="medium"):
            words = t(
                "No. {id} of {day}, {value}.", id=summary.order_id,
                day=summary.ordered_at.date(), value=Money(summary.value),
            )  # fmt: skip
            st.markdown(f"**{literal(words)}**")
            if frees := _set_free(ctx, order):
                st.markdown(literal(frees))
            with st.container(horizontal=True, gap="small"):
                st.button(
                    t("Cancel the order"), key="cancel-sure", type="primary",
                    on_click=_cancel, args=(ctx, summary.order_id),
                )  # fmt: skip
                st.button(t("Keep it"), key="cancel-not", on_click=st.rerun)

    st.dialog(ctx.t("Cancel this order?"))(body)()


def _cancel(ctx: Context, order_id: str) -> None:
    with messages.told(ctx.language):
        ctx.workspace.orders.cancel(ctx.principal, str(ctx.principal.retailer_id), order_id)
        state.cancelled = order_id
    st.rerun()
