"""A vendor's home: what changed and why, then where, when, of what and at which shops."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.components import messages
from pages.context import Context
from pages.vendor import filter_bar
from pages.vendor.demand import answer as demand_answer
from pages.vendor.demand import figures as demand_figures
from pages.vendor.demand import products as demand_products
from pages.vendor.demand import shops as demand_shops
from pages.vendor.demand import time as demand_time
from pages.vendor.demand import where as demand_where
from pages.vendor.demand import why as demand_why
from pages.vendor.demand.visit import DemandVisit
from pages.vendor.standing import for_vendor

VIEWS: Final = {
    "time": ("Over time", demand_time.draw),
    "where": ("Where", demand_where.draw),
    "why": ("Why", demand_why.draw),
    "products": ("Products", demand_products.draw),
    "shops": ("Shops", demand_shops.draw),
}


def _draw(ctx: Context, vendor_id: str) -> None:
    with st.container(key="sr-demand", gap="medium"):
        top = st.container()
        wanted = filter_bar.draw(ctx, vendor_id)
        demand = ctx.workspace.vendor_demand
        visit = DemandVisit(
            ctx, vendor_id, demand.facets(ctx.principal, vendor_id), wanted,
            demand.headline(ctx.principal, vendor_id, wanted),
        )  # fmt: skip
        with top:
            demand_answer.draw(visit)
        if visit.headline.empty and not visit.headline.value.before:
            _nothing(visit)
            return
        demand_figures.draw(visit)
        _views(visit)


def _views(visit: DemandVisit) -> None:
    t = visit.ctx.t
    with st.container(key="sr-demand-views"):
        chosen = address.choose(
            t("What to look at"), "view", list(VIEWS), lambda one: t(VIEWS[one][0]), bare=True
        )
    with st.container(key=f"sr-demand-{chosen}", gap="medium"):
        VIEWS[chosen][1](visit)


def _nothing(visit: DemandVisit) -> None:
    t = visit.ctx.t
    if visit.wanted.to_strings():
        messages.empty_state(
            t("Nothing was ordered in this selection"), t("Take a filter back to see more."),
            "basket", key="demand", action=t("Clear all filters"), on_click=filter_bar.clear,
        )  # fmt: skip
    else:
        messages.empty_state(
            t("Nobody has ordered your products in this time"),
            t("Choose a longer time above, or see under Reach which shops could."),
            "basket", key="demand",
        )  # fmt: skip


render = for_vendor("Demand", _draw)
