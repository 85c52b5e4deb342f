"""A vendor's stock and service: what runs out, what was lost, which orders wait, what to keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import streamlit as st

from pages import address
from pages.components import header, messages
from pages.components.markup import place, tag
from pages.context import Context
from pages.vendor import filter_bar
from pages.vendor.standing import for_vendor
from pages.vendor.stock_service import answer as stock_service_answer
from pages.vendor.stock_service import keep as stock_service_keep
from pages.vendor.stock_service import level as stock_service_level
from pages.vendor.stock_service import orders as stock_service_orders
from pages.vendor.stock_service import outlook as stock_service_outlook
from pages.vendor.stock_service.answer import Answer
from pages.vendor.stock_service.desk import SupplyDesk
from smartreco.errors import NotEnoughDataError


class View(NamedTuple):
    """One way to look: its words, its answer, what draws it, and whether the filter is for it."""

    label: str
    answer: Callable[[SupplyDesk], Answer]
    draw: Callable[[SupplyDesk], None]
    filtered: bool = False


VIEWS: Final = {
    "outlook": View("Outlook", stock_service_answer.of_outlook, stock_service_outlook.draw, True),
    "service": View("Service", stock_service_answer.of_service, stock_service_level.draw, True),
    "orders": View("Orders", stock_service_answer.of_orders, stock_service_orders.draw),
    "keep": View("Keep up to date", stock_service_answer.of_keeping, stock_service_keep.draw),
}


COUNTS: Final = {"view": ["keep"], "keep": []}  # the address of the place to enter stock


def _draw(ctx: Context, vendor_id: str) -> None:
    t = ctx.t
    with st.container(key="sr-supply", gap="medium"):
        top = st.container(key="sr-answer")
        with st.container(key="sr-supply-views"):
            chosen = address.choose(
                t("What to look at"), "view", list(VIEWS), lambda one: t(VIEWS[one].label),
                bare=True,
            )  # fmt: skip
        view = VIEWS[chosen]
        if view.filtered:
            wanted = filter_bar.draw(ctx, vendor_id)
        else:
            wanted = filter_bar.read(ctx.workspace.vendor_demand.facets(ctx.principal, vendor_id))
        desk = SupplyDesk(ctx, vendor_id, wanted)
        with st.spinner(t("Looking at your stock …")), top:
            _answer(desk, view)
        with st.container(key=f"sr-supply-{chosen}", gap="medium"):
            try:
                view.draw(desk)
            except NotEnoughDataError as error:
                messages.note(messages.refusal(error, ctx.language))


def _answer(desk: SupplyDesk, view: View) -> None:
    said = view.answer(desk)
    header.page_header(said.answer, said.about, said.meaning or None)
    for words in said.more:
        place(tag("p", words))
    if said.to_counts:
        st.button(
            desk.ctx.t("Enter your stock"), key="to-counts", type="primary",
            icon=":material/edit_note:", on_click=address.put, args=(COUNTS,),
        )  # fmt: skip


render = for_vendor("Stock and service", _draw)
