"""What becomes of orders, one or several at once: confirmed, delivered on a day, refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from pages.components import messages
from pages.components.cards import calm
from pages.components.download import csv_button
from pages.components.markup import place, tag
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.language import Message, Money
from smartreco.workspace.vendor.desk_views import VendorOrderSummary

CONFIRM = Message("Confirm {n} order", "Confirm {n} orders", "n")
DELIVER = Message("Deliver {n} order …", "Deliver {n} orders …", "n")
CHOSEN = Message("{n} order chosen, {value}", "{n} orders chosen, {value}", "n")
CONFIRMED = Message("{n} order is confirmed", "{n} orders are confirmed", "n")
DELIVERED = Message("{n} order is delivered", "{n} orders are delivered", "n")


def bar(desk: SupplyDesk, orders: Sequence[VendorOrderSummary]) -> None:
    """What can be done with the orders that are chosen; nothing where none is."""
    if not orders:
        return
    t, say = desk.ctx.t, desk.ctx.language.say
    value = Money(sum(one.value for one in orders))
    with st.container(key="sr-chosen", horizontal=True, vertical_alignment="center", gap="small"):
        place(tag("p", say(CHOSEN, {"n": len(orders), "value": value}), cls="name"), "content")
        if able := [one for one in orders if "confirm" in one.moves]:
            confirm(desk, able, say(CONFIRM, {"n": len(able)}), "many")
        if able := [one for one in orders if "deliver" in one.moves]:
            deliver(desk, able, say(DELIVER, {"n": len(able)}), "many")
        packing_list(desk, orders, t("Packing lists"), "many")


def confirm(desk: SupplyDesk, orders: Sequence[VendorOrderSummary], label: str, key: str) -> None:
    """A button that confirms orders."""
    st.button(
        label, key=f"settle-confirm-{key}", type="primary", icon=":material/check:",
        on_click=_confirm, args=(desk, [one.order_id for one in orders]),
    )  # fmt: skip


def deliver(desk: SupplyDesk, orders: Sequence[VendorOrderSummary], label: str, key: str) -> None:
    """A button that asks for the day first."""
    t, day = desk.ctx.t, f"deliver-day-{key}"
    today = desk.today
    first = max(one.ordered_at.date() for one in orders)
    opened = st.popover(
        label, icon=":material/local_shipping:", key=f"settle-deliver-{key}", on_change="rerun"
    )
    if not opened.open:
        return
    with opened, st.container(key=f"sr-why-deliver-{key}", gap="small", width=280):
        st.date_input(
            t("Delivered on"), value=max(today, first), min_value=first,
            max_value=max(today, first), key=day, format="YYYY-MM-DD",
        )  # fmt: skip
        st.button(
            t("Delivered on that day"), key=f"settle-delivered-{key}", type="primary",
            icon=":material/check:", on_click=_deliver,
            args=(desk, [one.order_id for one in orders], day),
        )  # fmt: skip


def packing_list(
    desk: SupplyDesk, orders: Sequence[VendorOrderSummary], label: str, key: str
) -> None:
    """A button that makes the file when it is pressed."""
    name = f"packing-{orders[0].order_id}" if len(orders) == 1 else "packing-lists"
    csv_button(label, name, lambda: packed(desk, orders), f"packing-{key}")


def packed(desk: SupplyDesk, orders: Sequence[VendorOrderSummary]) -> pd.DataFrame:
    """What is to be packed: a row a line, order by order."""
    rows = [
        (
            one.order_id, one.ordered_at.date().isoformat(), one.retailer_id, calm(one.retailer),
            one.city or "", line.product_id, line.name, line.quantity,
            line.quantity // line.case_size, line.quantity % line.case_size, line.unit_price,
            "yes" if line.short else "",
        )
        for one in orders
        for line in desk.order(one.order_id).lines
    ]  # fmt: skip
    columns = (
        "order_id", "ordered_on", "retailer_id", "shop", "city", "product_id", "name", "pieces",
        "cases", "loose_pieces", "unit_price", "short_in_stock",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def refuse(desk: SupplyDesk, order_id: str, reason: str) -> None:
    """Call an order off, after it was asked for twice."""
    done = False
    with messages.told(desk.ctx.language):
        desk.refuse(order_id, reason)
        done = True
        messages.done(desk.ctx.t("The order is refused"))
    if done:
        st.rerun()


def _confirm(desk: SupplyDesk, order_ids: list[str]) -> None:
    _settled(desk, CONFIRMED, _each(desk, order_ids, desk.confirm))


def _deliver(desk: SupplyDesk, order_ids: list[str], day: str) -> None:
    on = st.session_state.get(day)
    on = on if isinstance(on, date) else None
    _settled(desk, DELIVERED, _each(desk, order_ids, lambda one: desk.deliver(one, on)))


def _each(desk: SupplyDesk, order_ids: Sequence[str], act: Callable[[str], None]) -> int:
    """Do it to one order after the other; what is refused is said and stops no other."""
    done = 0
    for order_id in order_ids:
        with messages.told(desk.ctx.language):
            act(order_id)
            done += 1
    return done


def _settled(desk: SupplyDesk, message: Message, n: int) -> None:
    if n:
        state.ticks += 1
        messages.done(desk.ctx.language.say(message, {"n": n}))
