"""Where a vendor is and is not: shops to win, distribution, what is bought beside, who stays."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.context import Context
from pages.vendor import filter_bar
from pages.vendor.reach import answer as reach_answer
from pages.vendor.reach import places as reach_places
from pages.vendor.reach import shops as reach_shops
from pages.vendor.reach import space as reach_space
from pages.vendor.reach import together as reach_together
from pages.vendor.reach.visit import ReachVisit
from pages.vendor.standing import for_vendor
from smartreco.workspace.vendor.views import VendorFilter

VIEWS: Final = {
    "space": ("White space", reach_space.draw),
    "distribution": ("Distribution", reach_places.draw),
    "together": ("Together", reach_together.draw),
    "kept": ("Won and kept", reach_shops.draw),
}


def _draw(ctx: Context, vendor_id: str) -> None:
    with st.container(key="sr-reach", gap="medium"):
        top = st.container()
        wanted = filter_bar.draw(ctx, vendor_id)
        with st.spinner(ctx.t("Looking for shops to win …")):
            visit = _visit(ctx, vendor_id, wanted)
        with top:
            reach_answer.draw(visit)
        reach_answer.figures(visit)
        with st.container(key="sr-reach-views"):
            chosen = address.choose(
                ctx.t("What to look at"), "view", list(VIEWS),
                lambda one: ctx.t(VIEWS[one][0]), bare=True,
            )  # fmt: skip
        with st.container(key=f"sr-reach-{chosen}", gap="medium"):
            VIEWS[chosen][1](visit)


def _visit(ctx: Context, vendor_id: str, wanted: VendorFilter) -> ReachVisit:
    who, reach = ctx.principal, ctx.workspace.vendor_reach
    return ReachVisit(
        ctx, vendor_id, ctx.workspace.vendor_demand.facets(who, vendor_id), wanted,
        reach.headline(who, vendor_id, wanted), reach.white_space(who, vendor_id, wanted),
    )  # fmt: skip


render = for_vendor("Reach", _draw)
