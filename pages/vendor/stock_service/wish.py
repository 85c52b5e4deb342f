"""What stock is kept for: how sure it has to last, how often it is looked at, how long it takes."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components.markup import place, tag
from pages.vendor.stock_service.desk import SupplyDesk
from smartreco.language import Message, Percent
from smartreco.workspace.vendor.supply_views import LONGEST_LEAD, SupplyWish

SERVICES: Final = (0.8, 0.9, 0.95, 0.98)
REVIEWS: Final = (7, 14, 28)  # days until he looks again
EVERY: Final = Message("every {n} week", "every {n} weeks", "n")


def draw(desk: SupplyDesk) -> None:
    """The controls; what is chosen is kept for the vendor."""
    t, outlook, language = desk.ctx.t, desk.outlook, desk.ctx.language
    _set("supply-service", outlook.service)
    _set("supply-review", outlook.review_days)
    _set("supply-lead", outlook.lead_days)
    with st.container(key="sr-supply-wish", horizontal=True, gap="medium",
                      vertical_alignment="bottom"):  # fmt: skip
        st.segmented_control(
            t("How sure to be that it lasts"), _with(SERVICES, outlook.service),
            key="supply-service", required=True, on_change=_keep, args=(desk,),
            format_func=lambda share: language.show(Percent(share)),
            help=t("The chance that a product lasts until what is ordered next is there. Higher "
                   "means more stock. It is kept for your company."),
        )  # fmt: skip
        st.segmented_control(
            t("You restock"), _with(REVIEWS, outlook.review_days), key="supply-review",
            required=True, on_change=_keep, args=(desk,),
            format_func=lambda days: _every(desk, int(days)),
        )  # fmt: skip
        st.number_input(
            t("Lead time, days"), 1, LONGEST_LEAD, step=1, key="supply-lead", width=150,
            on_change=_keep, args=(desk,),
            help=t("From your own order, or the start of a production, until it can be sent."),
        )  # fmt: skip
    if not outlook.lead_known:
        words = t("These data hold no lead time of yours: a usual one is taken until you enter it.")
        place(tag("p", words, cls="small"))


def _with(choices: tuple[float, ...], kept: float) -> list[float]:
    """The usual choices, and the one that is kept."""
    return sorted({*choices, kept})


def _every(desk: SupplyDesk, days: int) -> str:
    if days % 7:
        return desk.ctx.t("every {n} days", n=days)
    if days == 7:
        return desk.ctx.t("every week")
    return desk.ctx.language.say(EVERY, {"n": days // 7})


def _set(key: str, value: object) -> None:
    """Show what is kept: the store is the one that knows."""
    st.session_state[key] = value


def _keep(desk: SupplyDesk) -> None:
    service, review, lead = (
        st.session_state.get(key) for key in ("supply-service", "supply-review", "supply-lead")
    )
    desk.keep_wish(
        SupplyWish(
            service=float(service) if service else None,
            review_days=int(review) if review else None,
            lead_days=int(lead) if lead else None,
        )
    )
