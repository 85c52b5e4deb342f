"""What a vendor asks of shops: how long a delivery takes, and the least order."""

from __future__ import annotations

import streamlit as st

from pages.components import header, messages
from pages.vendor.stock_service import fields
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.workspace.vendor.desk_views import IMPORT_PRODUCTS

LONGEST = 365  # days
MOST = 100_000_000.0


def draw(desk: SupplyDesk) -> None:
    """Both fields, and what would change."""
    t, terms = desk.ctx.t, desk.terms
    header.section(
        t("Delivery terms"), "terms",
        t("Shops’ suggestions reckon with your delivery time; an order below the least value "
          "cannot be placed."),
    )  # fmt: skip
    fields.undo(desk)
    old: dict[str, object] = {
        "lead_time_days": terms.lead_time_days, "min_order_value": terms.min_order_value,
    }  # fmt: skip
    with st.grid(2, min_column_width=220, gap="small", key="sr-terms-fields"):
        days = st.number_input(
            t("Days to deliver to a shop"), 0, LONGEST, terms.lead_time_days, 1,
            key=f"terms-days-{state.table}", placeholder=t("not known"),
        )  # fmt: skip
        least = st.number_input(
            fields.priced(desk, t("Least value of an order")), 0.0, MOST, terms.min_order_value,
            key=f"terms-least-{state.table}", format="%.2f", placeholder=t("none"),
        )  # fmt: skip
    new: dict[str, object] = {
        "lead_time_days": None if days is None else int(days), "min_order_value": least,
    }  # fmt: skip
    changes = fields.changed(old, new)
    fields.difference(desk, old, changes)
    st.button(
        t("Keep the changes"), key="terms-keep", type="primary", icon=":material/check:",
        disabled=not changes, on_click=_keep, args=(desk, changes),
    )  # fmt: skip
    fields.earlier(desk, terms.edits)
    messages.note(f"{desk.ctx.language.say(IMPORT_PRODUCTS, {})}.")


def _keep(desk: SupplyDesk, changes: dict[str, object]) -> None:
    with messages.told(desk.ctx.language):
        state.edited = desk.change_terms(changes)
        state.table += 1
        messages.done(desk.ctx.t("The changes are kept"))
