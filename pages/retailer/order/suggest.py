"""An order suggested within budget, credit and minimums; one click puts it on the draft."""

from __future__ import annotations

import streamlit as st

from pages.components import messages
from pages.components.markup import place, tag
from pages.retailer.order import suggested as order_suggested
from pages.retailer.order.desk import Desk
from pages.retailer.order.suggested import state
from smartreco.language import Message, Money
from smartreco.workspace.order.views import OrderWish
from smartreco.workspace.shelf.stock_views import REVIEW_DAYS, SERVICE

SERVICES = (0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3)
REVIEWS = (3, 7, 14, 28)
DAYS = Message("{n} day", "{n} days", "n")


def draw(desk: Desk) -> None:
    """The wish, then what came of it."""
    _wish(desk)
    if state.order is not None:
        order_suggested.draw(desk, state.order)


def _wish(desk: Desk) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    free = desk.check.credit_free
    kept = desk.ctx.workspace.stock.wish(desk.ctx.principal, desk.retailer_id)
    service, review = float(kept.service or SERVICE), int(kept.review_days or REVIEW_DAYS)
    with st.form("suggest", border=False):
        place(tag("p", t("It aims at the fewest stock-outs until you order again."), cls="small"))
        with st.grid(4, min_column_width=190, gap="medium", key="sr-wish"):
            st.number_input(
                t("Budget"), min_value=0.0, step=1000.0, value=None, key="wish-budget",
                format="%.0f", placeholder=_no_budget(desk, free),
            )  # fmt: skip
            st.select_slider(
                t("How sure to be that it lasts"), sorted({*SERVICES, service}), value=service,
                key="wish-service", format_func=language.percent,
                help=t("How sure you want to be that a product lasts until your next order."),
            )  # fmt: skip
            st.select_slider(
                t("You order again in"), sorted({*REVIEWS, review}), value=review,
                key="wish-review",
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
    kept, free = st.session_state, desk.check.credit_free
    budget = kept.get("wish-budget")
    if budget is not None and free is not None and budget > free:
        words = desk.ctx.t("Your free credit is {free}: it keeps to that", free=Money(free))
        messages.done(words, ":material/info:")
        budget = None
    with messages.told(desk.ctx.language):
        state.order = desk.ctx.workspace.stock.suggest_order(
            desk.ctx.principal, desk.retailer_id,
            OrderWish(
                budget=budget, service=float(kept["wish-service"]),
                review_days=int(kept["wish-review"]), discovery_share=float(kept["wish-share"]),
            ),
        )  # fmt: skip
        state.everything = False
        suggested = {line.product.product_id for line in state.order.lines}
        state.untaken = frozenset(filter(desk.ordered, suggested))
