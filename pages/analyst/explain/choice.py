"""Which line of which list is explained: kept in the address, so that a link leads to it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages import address
from pages.analyst.explain.visit import LIST, PRODUCT, SHOP, ExplainVisit
from pages.components import cards
from pages.context import Context
from pages.list_names import SHOWN
from smartreco.entities import ListName
from smartreco.workspace.explaining.views import ProductChoice, ShopChoice


def draw(ctx: Context) -> ExplainVisit | None:
    """Shop, list and product; None where there is no shop or no product to look at."""
    t, explaining = ctx.t, ctx.workspace.explaining
    with st.container(
        key="sr-explain-choice", horizontal=True, gap="medium", vertical_alignment="bottom"
    ):
        shops = {one.retailer_id: _shop(one) for one in explaining.shops(ctx.principal)}
        if not shops:
            return None
        retailer_id = _pick(t("Shop"), SHOP, shops, (PRODUCT,))
        name = ListName(
            address.choose(
                t("List"), LIST, [one.value for one in SHOWN],
                lambda one: t(SHOWN[ListName(one)]),
            )
        )  # fmt: skip
        known = explaining.products(ctx.principal, retailer_id, name)
        products = {one.product_id: _product(one) for one in known}
        if not products:
            return None
        product_id = _pick(t("Product"), PRODUCT, products, ())
    return ExplainVisit(ctx, retailer_id, product_id, name)


def _pick(label: str, name: str, known: Mapping[str, str], drops: tuple[str, ...]) -> str:
    """A choice of one by its id; the first is what it is without."""
    key = f"explain-{name}"
    st.session_state[key] = chosen = address.value(name, list(known))
    st.selectbox(
        label, list(known), key=key, format_func=lambda one: known.get(one, one),
        on_change=_take, args=(name, key, drops), filter_mode="fuzzy",
    )  # fmt: skip
    return chosen


def _take(name: str, key: str, drops: tuple[str, ...]) -> None:
    address.put({name: [str(st.session_state.get(key))], **{one: [] for one in drops}})


def _shop(one: ShopChoice) -> str:
    return " · ".join(filter(None, (cards.calm(one.name), cards.calm(one.city or ""))))


def _product(one: ProductChoice) -> str:
    name = cards.calm(one.name)
    return name if one.rank is None else f"{one.rank} · {name}"
