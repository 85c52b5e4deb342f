"""A vendor's part of shops' orders: what waits first, several settled at once, the history."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages import address
from pages.components import messages, vendor_order_cards
from pages.components.cards import calm
from pages.components.markup import literal, place
from pages.vendor.stock_service import order as stock_service_order
from pages.vendor.stock_service import settle as stock_service_settle
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.errors import SmartRecoError
from smartreco.workspace.vendor.desk_views import VendorOrder, VendorOrders, VendorOrderSummary

PER_PAGE: Final = 15
STATUS, PAGE, OPEN = "status", "page", "order"  # names in the address
#: Choices of the list: key, words, statuses.
SHOWN: Final = {
    "open": ("Open", ("placed", "confirmed")),
    "delivered": ("Delivered", ("delivered",)),
    "cancelled": ("Cancelled", ("cancelled",)),
    "all": ("All", ()),
}
PAGER: Final = "supply-page"


def draw(desk: SupplyDesk) -> None:
    """Which orders, what is done with those that are ticked, and the list."""
    t = desk.ctx.t
    chosen = address.choose(
        t("Which orders"), STATUS, list(SHOWN), lambda one: _words(desk, one), bare=True
    )
    found, page = _read(desk, SHOWN[chosen][1])
    wanted = address.values(OPEN)[-1:]
    _asked_for(desk, wanted, found.rows)
    if not found.rows:
        _none(desk, chosen)
        return
    ticked = _tools(desk, found.rows)
    with st.container(key="sr-lines", gap=None):
        for order in found.rows:
            _row(desk, order, wanted == [order.order_id])
    stock_service_settle.bar(desk, ticked)
    if found.total > PER_PAGE:
        _pages(found.total, page)


def _words(desk: SupplyDesk, choice: str) -> str:
    words = desk.ctx.t(SHOWN[choice][0])
    return (
        f"{words} · {desk.ctx.language.number(desk.open_orders.total)}"
        if (choice == "open")
        else words
    )


def _read(desk: SupplyDesk, statuses: tuple[str, ...]) -> tuple[VendorOrders, int]:
    """The rows of the page that is open, and which page it is."""
    asked = (address.values(PAGE) or ["1"])[-1]
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1
    found = desk.orders(statuses, PER_PAGE, (page - 1) * PER_PAGE)
    if not found.rows and found.total:  # the address names a page that is not there
        return desk.orders(statuses, PER_PAGE, 0), 1
    return found, page


def _none(desk: SupplyDesk, chosen: str) -> None:
    t = desk.ctx.t
    if chosen == "open":
        messages.empty_state(
            t("No order waits for you"),
            t("What shops order of your products here comes at once; earlier ones are under All."),
            "basket", key="orders",
        )  # fmt: skip
    else:
        messages.empty_state(
            t("No such order"), t("Choose another kind above."), "package", key="orders"
        )


def _tools(desk: SupplyDesk, rows: Sequence[VendorOrderSummary]) -> list[VendorOrderSummary]:
    """A box that ticks all, where anything can be done; answer what is ticked."""
    movable = [one for one in rows if one.moves]
    if len(movable) > 1:
        st.checkbox(
            desk.ctx.t("Choose all on this page"), key=f"tick-all-{state.ticks}",
            on_change=_tick_all, args=([one.order_id for one in movable],),
        )  # fmt: skip
    return [one for one in movable if st.session_state.get(tick(one.order_id))]


def tick(order_id: str) -> str:
    """Key of an order's box."""
    return f"tick-{state.ticks}-{order_id}"


def _tick_all(order_ids: list[str]) -> None:
    chosen = bool(st.session_state.get(f"tick-all-{state.ticks}"))
    for order_id in order_ids:
        st.session_state[tick(order_id)] = chosen


def _row(desk: SupplyDesk, order: VendorOrderSummary, opened: bool) -> None:
    t = desk.ctx.t
    name = literal(t("order {id} of {shop}", id=order.order_id, shop=calm(order.retailer)))
    with st.container(
        key=f"sr-line-order-{order.order_id}", horizontal=True, vertical_alignment="center"
    ):
        if order.moves:
            st.checkbox(t("Choose {name}", name=name), key=tick(order.order_id),
                        label_visibility="collapsed")  # fmt: skip
        place(vendor_order_cards.order_row(order, desk.ctx.language))
        label, icon = t("Open"), ":material/expand_more:"
        if opened:
            label, icon = t("Close"), ":material/expand_less:"
        st.button(
            f"{label} *{name}*", key=f"open-{order.order_id}", type="tertiary", icon=icon,
            on_click=address.put, args=({OPEN: [] if opened else [order.order_id]},),
        )  # fmt: skip
    if opened and (found := _order(desk, order.order_id)) is not None:
        stock_service_order.draw(desk, found)


def _asked_for(desk: SupplyDesk, wanted: list[str], rows: Sequence[VendorOrderSummary]) -> None:
    """An order that a link names and the list below does not show."""
    if not wanted or any(one.order_id == wanted[0] for one in rows):
        return
    found = _order(desk, wanted[0])
    if found is None:
        messages.note(desk.ctx.t("The order {id} is not among yours.", id=wanted[0]))
        return
    with st.container(key="sr-lines-asked", gap=None):
        _row(desk, found.summary, True)


def _order(desk: SupplyDesk, order_id: str) -> VendorOrder | None:
    try:
        return desk.order(order_id)
    except SmartRecoError:
        return None


def _pages(total: int, page: int) -> None:
    if st.session_state.get(PAGER, page) != page:
        st.session_state[PAGER] = page
    with st.container(key="sr-pages"):
        st.pagination(
            math.ceil(total / PER_PAGE), default=page, key=PAGER,
            on_change=lambda: address.put({PAGE: [str(st.session_state[PAGER])]}),
        )  # fmt: skip
