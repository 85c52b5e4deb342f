"""One order, opened: a vendor's lines of it, what is short, and what can be done next."""

from __future__ import annotations

import streamlit as st

from pages.components import messages, vendor_order_cards
from pages.components.cards import calm
from pages.components.markup import literal, place, tag
from pages.vendor.stock_service import settle as stock_service_settle
from pages.vendor.stock_service.desk import SupplyDesk
from smartreco.language import Money
from smartreco.workspace.order.words import REFUSALS, refusal
from smartreco.workspace.vendor.desk_views import VendorOrder


def draw(desk: SupplyDesk, order: VendorOrder) -> None:
    """Acts first, then the lines."""
    t, one = desk.ctx.t, order.summary
    with st.container(key="sr-opened", gap="small"):
        with st.container(key="sr-opened-acts", horizontal=True, gap="small"):
            if "confirm" in one.moves:
                stock_service_settle.confirm(desk, [one], t("Confirm"), f"one-{one.order_id}")
            if "deliver" in one.moves:
                stock_service_settle.deliver(desk, [one], t("Deliver …"), f"one-{one.order_id}")
            stock_service_settle.packing_list(desk, [one], t("Packing list"), f"one-{one.order_id}")
            if "refuse" in one.moves and st.button(
                t("Refuse …"), key=f"cancel-{one.order_id}", type="tertiary",
                icon=":material/cancel:",
            ):  # fmt: skip
                _refuse(desk, order)
        if not one.placed_here and one.status in ("placed", "confirmed"):
            messages.note(t("This order came with the data: the next import says what became "
                            "of it."))  # fmt: skip
        if one.reason:
            why = t("You refused it: {reason}", reason=refusal(one.reason, desk.ctx.language))
            place(tag("p", why, cls="small"))
        place(vendor_order_cards.lines_of(order.lines, desk.ctx.language))


def _refuse(desk: SupplyDesk, order: VendorOrder) -> None:
    def body() -> None:
        t, one = desk.ctx.t, order.summary
        with st.container(key="sr-confirm", gap="medium"):
            words = t(
                "Your part of No. {id} for {shop}: {value}. The pieces are free again, and the "
                "shop sees it as cancelled, with your reason. This cannot be taken back.",
                id=one.order_id, shop=calm(one.retailer), value=Money(one.value),
            )  # fmt: skip
            st.markdown(literal(words))
            reason = st.selectbox(
                t("Why"), REFUSALS, index=None, key=f"refuse-why-{one.order_id}",
                placeholder=t("Choose a reason, or write your own"), accept_new_options=True,
                format_func=lambda kept: refusal(kept, desk.ctx.language),
            )  # fmt: skip
            with st.container(horizontal=True, gap="small"):
                st.button(
                    t("Refuse the order"), key="refuse-sure", type="primary", disabled=not reason,
                    on_click=stock_service_settle.refuse, args=(desk, one.order_id, reason or ""),
                )  # fmt: skip
                st.button(t("Keep it"), key="refuse-not", on_click=st.rerun)

    st.dialog(desk.ctx.t("Refuse this order?"))(body)()
