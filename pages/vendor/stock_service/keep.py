"""What a vendor keeps up to date: stock, promotions, product data, terms; one at a time."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.vendor.stock_service import counts as stock_service_counts
from pages.vendor.stock_service import product as stock_service_product
from pages.vendor.stock_service import promotions as stock_service_promotions
from pages.vendor.stock_service import terms as stock_service_terms
from pages.vendor.stock_service.desk import SupplyDesk

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
