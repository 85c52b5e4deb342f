"""The page "Your orders": what was ordered, what became of it, and any of it once more."""

from __future__ import annotations

import math

import streamlit as st

from pages.components import header, links, messages, order_cards
from pages.components.markup import literal, place
from pages.context import Context
from pages.retailer.order import open as order_open
from pages.retailer.order import placed as order_placed
from smartreco.errors import SmartRecoError
from smartreco.language import Message
from smartreco.workspace.order.book_views import OrderSummary, OrderView

PER_PAGE = 10
PAGE, STATUS, OPEN = "page", "status", "order"  # names in the page's address
WAITING = Message(
    "{n} order waits to be confirmed", "{n} orders wait to be confirmed", "n"
)  # fmt: skip
ALL = Message("{n} order", "{n} orders", "n")


def render(ctx: Context) -> None:
    """Draw the page for the shop that is signed in."""
    retailer_id = str(ctx.principal.retailer_id)
    with st.container(key="sr-orders", gap="medium"):
        placed = _placed_now(ctx)
        if placed is not None:
            order_placed.draw(ctx, placed)
            return
        top, filters = st.container(), st.container()
        with filters:
            status = _status(ctx)
        rows, total, page = _read(ctx, retailer_id, status)
        counts = ctx.workspace.orders.counts(ctx.principal, retailer_id)
        everything = sum(counts.values())
        with top:
            _answer(ctx, everything, counts.get("placed", 0))
        wanted = st.query_params.get(OPEN)
        _asked_for(ctx, wanted, rows)
        if not rows:
            _none(ctx, everything)
            return
        with st.container(key="sr-lines", gap=None):
            for order in rows:
                _row(ctx, order, wanted)
        _pages(total, page)


def _placed_now(ctx: Context) -> OrderView | None:
    """The order to whose confirmation the address leads, while nothing else became of it."""
    wanted = st.query_params.get(order_placed.PLACED)
    found = None if wanted is None else _order(ctx, wanted)
    return found if found is not None and found.summary.can_cancel else None


def _read(
    ctx: Context, retailer_id: str, status: str | None
) -> tuple[tuple[OrderSummary, ...], int, int]:
    """The rows of the page that is open, how many there are in all, and which page it is."""
    # the choice is drawn below the list, so the address speaks for it when a tab opens
    asked = str(st.session_state.get(PAGE) or st.query_params.get(PAGE, ""))
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1
    found, total = ctx.workspace.orders.history(
        ctx.principal, retailer_id, PER_PAGE, (page - 1) * PER_PAGE, status
    )
    if not found and total:  # the address names a page that is not there
        page = 1
        found, total = ctx.workspace.orders.history(ctx.principal, retailer_id, PER_PAGE, 0, status)
    return found, total, page


def _answer(ctx: Context, everything: int, placed: int) -> None:
    if not everything:
        answer = ctx.t("No orders yet")
    elif placed:
        answer = ctx.language.say(WAITING, {"n": placed})
    else:
        answer = ctx.t("No order waits to be confirmed")
    with st.container(key="sr-answer"):
        about = ctx.language.say(ALL, {"n": everything})
        header.page_header(answer, f"{ctx.t('Your orders')} · {about}")


def _status(ctx: Context) -> str | None:
    """The status that is asked for; kept in the address, so that a link shows the same."""
    chosen = st.pills(
        ctx.t("Status"), list(order_cards.STATUS), key=STATUS, bind="query-params",
        format_func=lambda status: ctx.t(order_cards.STATUS[status][0]), wrap=True,
        label_visibility="collapsed", on_change=_first_page,
    )  # fmt: skip
    return chosen if chosen in order_cards.STATUS else None


def _first_page() -> None:
    if PAGE in st.session_state:
        st.session_state[PAGE] = 1


def _pages(total: int, page: int) -> None:
    pages = math.ceil(total / PER_PAGE)
    if pages > 1:
        st.pagination(pages, default=page, key=PAGE, bind="query-params")


def _none(ctx: Context, everything: int) -> None:
    if everything:
        messages.empty_state(
            ctx.t("No order has this status"), ctx.t("Choose another one above."), "package",
            key="orders",
        )  # fmt: skip
        return
    messages.empty_state(
        ctx.t("What you order will be here"),
        ctx.t("With what became of it, and a way to order it again."), "basket", key="orders",
    )  # fmt: skip
    links.to_page("order", ctx.t("Start an order"), ":material/add_shopping_cart:")


def _asked_for(ctx: Context, wanted: str | None, rows: tuple[OrderSummary, ...]) -> None:
    """An order that a link names and the list below does not show."""
    if wanted is None or any(order.order_id == wanted for order in rows):
        return
    found = _order(ctx, wanted)
    if found is None:
        messages.note(ctx.t("The order {id} is not among yours.", id=wanted))
        return
    with st.container(key="sr-lines-asked", gap=None):
        _drawn(ctx, found.summary, found)


def _row(ctx: Context, order: OrderSummary, wanted: str | None) -> None:
    _drawn(ctx, order, _order(ctx, order.order_id) if order.order_id == wanted else None)


def _drawn(ctx: Context, order: OrderSummary, opened: OrderView | None) -> None:
    """A row, with what is in it below where it is open."""
    number = literal(order.order_id)
    with st.container(
        key=f"sr-line-order-{order.order_id}", horizontal=True, vertical_alignment="center"
    ):
        place(order_cards.order_row(order, ctx.language))
        label, icon = ctx.t("Open"), ":material/expand_more:"
        if opened is not None:
            label, icon = ctx.t("Close"), ":material/expand_less:"
        st.button(
            f"{label} *{number}*", key=f"open-{order.order_id}", type="tertiary", icon=icon,
            on_click=_toggle, args=(order.order_id,),
        )  # fmt: skip
    if opened is not None:
        order_open.draw(ctx, opened)


def _toggle(order_id: str) -> None:
    order_open.state.cancelled = None
    if st.query_params.get(OPEN) == order_id:
        del st.query_params[OPEN]
    else:
        st.query_params[OPEN] = order_id


def _order(ctx: Context, order_id: str) -> OrderView | None:
    try:
        return ctx.workspace.orders.read(ctx.principal, str(ctx.principal.retailer_id), order_id)
    except SmartRecoError:
        return None
