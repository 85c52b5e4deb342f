"""The calm after placing: the order's number, what happens next, and ways to hand it on."""

from __future__ import annotations

import streamlit as st

from pages.components import header, links, order_cards
from pages.components.markup import Html, place, tag
from pages.components.order_cards import PRODUCTS
from pages.context import Context
from pages.retailer.order import sheets as order_sheets
from smartreco.language import Money
from smartreco.workspace.order.book_views import OrderView

PLACED = "placed"  # in the page's address


def draw(ctx: Context, order: OrderView) -> None:
    """Drawn at the address to which placing leads; a reload shows it again."""
    t, summary = ctx.t, order.summary
    with st.container(key="sr-placed", gap="medium"):
        with st.container(key="sr-answer"):
            count = ctx.language.say(PRODUCTS, {"n": summary.lines})
            header.page_header(
                t("Your order is placed\u00a0— {value}", value=Money(summary.value)),
                t("No. {id} · {count} · dated {day}",
                  id=summary.order_id, count=count, day=summary.ordered_at.date()),
            )  # fmt: skip
            place(_next(ctx, order))
        with st.container(
            key="sr-placed-acts", horizontal=True, vertical_alignment="center", gap="small"
        ):
            order_sheets.draw(ctx, str(ctx.principal.retailer_id), summary.order_id)
            st.button(
                t("All your orders"), key="all-orders", type="tertiary",
                icon=":material/receipt_long:", on_click=_all,
            )  # fmt: skip
            links.to_page("for-you", t("Back to For you"), ":material/recommend:")
        header.section(t("What you ordered"), "placed")
        with st.container(key="sr-placed-lines"):
            if summary.note:
                place(tag("p", t("Your note: {note}", note=summary.note), cls="small note"))
            place(order_cards.order_lines(order.lines, ctx.language))


def _next(ctx: Context, order: OrderView) -> Html:
    set_aside = any(line.product.on_hand is not None for line in order.lines)
    steps = (
        ctx.t("The stock is set aside for you, and the order waits to be confirmed.")
        if set_aside
        else ctx.t("The order waits to be confirmed."),
        ctx.t("Changed your mind? Cancel it under Your orders until it is confirmed."),
        ctx.t("Your suggestions count it in: what you just ordered is no longer due."),
    )
    return tag("ol", *(tag("li", step) for step in steps), cls="next")


def _all() -> None:
    st.query_params.clear()
