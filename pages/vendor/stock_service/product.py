"""A product's data: name, price, case, cost, and whether it is on offer."""

from __future__ import annotations

import streamlit as st

from pages import address
from pages.components import header, messages
from pages.components.markup import place, tag
from pages.vendor.stock_service import fields
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.language import Money
from smartreco.workspace.vendor.desk_views import IMPORT_PRODUCTS, ProductData

OF = "of"  # name in the address: the product that is changed
MOST_PRICE = 10_000_000.0
MOST_CASE = 100_000


def draw(desk: SupplyDesk) -> None:
    """Which product, its fields, and what would change."""
    t, names = desk.ctx.t, desk.product_names
    header.section(
        t("Product data"), "product",
        t("Orders are checked against them at once; what shops see on lists follows within "
          "minutes."),
    )  # fmt: skip
    fields.undo(desk)
    asked = address.values(OF)[-1:]
    st.session_state["supply-of"] = asked[0] if asked and asked[0] in names else None
    product_id: str | None = st.selectbox(
        t("Product"), list(names), key="supply-of", placeholder=t("Choose one"),
        format_func=lambda one: names.get(one, one), on_change=_choose,
    )  # fmt: skip
    if product_id is None:
        messages.note(t("Choose a product to see its data."))
    else:
        _form(desk, desk.goods[product_id])
    messages.note(f"{desk.ctx.language.say(IMPORT_PRODUCTS, {})}.")


def _choose() -> None:
    chosen = st.session_state.get("supply-of")
    address.put({OF: [chosen] if chosen else []})


def _form(desk: SupplyDesk, product: ProductData) -> None:
    t = desk.ctx.t
    old: dict[str, object] = {
        "name": product.name, "list_price": product.list_price, "case_size": product.case_size,
        "unit_cost": product.unit_cost, "active": product.active,
    }  # fmt: skip
    new = _inputs(desk, product, f"{product.product_id}-{state.table}")
    changes = fields.changed(old, new)
    fields.difference(desk, old, changes)
    st.button(
        t("Keep the changes"), key="product-keep", type="primary", icon=":material/check:",
        disabled=not changes, on_click=_keep, args=(desk, product.product_id, changes),
    )  # fmt: skip
    fields.earlier(desk, product.edits)


def _inputs(desk: SupplyDesk, product: ProductData, key: str) -> dict[str, object]:
    t = desk.ctx.t
    name = st.text_input(t("Name"), product.name, key=f"product-name-{key}", max_chars=200)
    with st.grid(3, min_column_width=200, gap="small", key="sr-product-fields"):
        price = st.number_input(
            fields.priced(desk, t("List price of a piece")), 0.0, MOST_PRICE, product.list_price,
            key=f"product-price-{key}", format="%.2f", placeholder=t("not known"),
        )  # fmt: skip
        case = st.number_input(
            t("Pieces in a case"), 1, MOST_CASE, product.case_size, 1, key=f"product-case-{key}"
        )
        cost = st.number_input(
            fields.priced(desk, t("Cost of a piece")), 0.0, MOST_PRICE, product.unit_cost,
            key=f"product-cost-{key}", format="%.2f", placeholder=t("not known"),
        )  # fmt: skip
    active = st.toggle(t("On offer: shops can order it"), product.active,
                       key=f"product-active-{key}")  # fmt: skip
    if product.list_price is None and product.usual_price is not None:
        words = t("Without a list price shops see the usual price, {price}.",
                  price=Money(product.usual_price))  # fmt: skip
        place(tag("p", words, cls="small"))
    return {
        "name": str(name or "").strip(), "list_price": price, "case_size": int(case or 1),
        "unit_cost": cost, "active": bool(active),
    }  # fmt: skip


def _keep(desk: SupplyDesk, product_id: str, changes: dict[str, object]) -> None:
    with messages.told(desk.ctx.language):
        state.edited = desk.change_product(product_id, changes)
        state.table += 1
        messages.done(desk.ctx.t("The changes are kept"))
