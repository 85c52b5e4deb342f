"""What a vendor keeps up to date: stock, promotions, product data, terms; one at a time."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.vendor import (
    address,
    stock_service_counts,
    stock_service_product,
    stock_service_promotions,
    stock_service_terms,
)
from pages.vendor.stock_service_desk import SupplyDesk

PARTS: Final = {
    "stock": ("Stock", stock_service_counts.draw),
    "promotions": ("Promotions", stock_service_promotions.draw),
    "product": ("Products", stock_service_product.draw),
    "terms": ("Terms", stock_service_terms.draw),
}


def draw(desk: SupplyDesk) -> None:
    """The choice, and what is chosen."""
    t = desk.ctx.t
    chosen = address.choose(
        t("What to change"), "keep", list(PARTS), lambda one: t(PARTS[one][0]), bare=True
    )
    with st.container(key=f"sr-figure-keep-{chosen}", gap="small"):
        PARTS[chosen][1](desk)
