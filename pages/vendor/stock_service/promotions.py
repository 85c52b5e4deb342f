"""Promotions: those that run, are planned or ended; added, changed, ended, with one undo."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import header, messages
from pages.components.cards import calm
from pages.components.markup import Html, literal, place, tag
from pages.vendor.stock_service import promotion as stock_service_promotion
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.language import Message, Percent
from smartreco.workspace.vendor.desk_views import (
    IMPORT_PROMOTIONS,
    PromotionRow,
    PromotionState,
)

STATES: Final = {
    PromotionState.RUNNING: ("Running", "chip good"),
    PromotionState.PLANNED: ("Planned", "chip cool"),
    PromotionState.ENDED: ("Ended", "chip"),
}
SHOWN: Final = 20
DAYS: Final = Message("{n} day", "{n} days", "n")


def draw(desk: SupplyDesk) -> None:
    """The form, then the list."""
    t = desk.ctx.t
    header.section(
        t("Promotions"), "promotions", t("Forecasts of the weeks ahead reckon with them.")
    )
    if state.promotion is not None:
        with st.container(key="sr-counted", horizontal=True, vertical_alignment="center"):
            place(tag("p", t("The promotion is changed."), cls="there", role="status"), "content")
            st.button(
                t("Take it back"), key="promotion-undo", type="tertiary", icon=":material/undo:",
                on_click=_undo, args=(desk,),
            )  # fmt: skip
    opened = st.expander(
        t("Add a promotion"), icon=":material/add:", key="promotion-open", on_change="rerun"
    )
    if opened.open:
        with opened:
            stock_service_promotion.add(desk)
    _list(desk)
    messages.note(f"{desk.ctx.language.say(IMPORT_PROMOTIONS, {})}.")


def _list(desk: SupplyDesk) -> None:
    t, rows = desk.ctx.t, desk.promotions.rows
    if not rows:
        messages.empty_state(
            t("No promotion yet"), t("One that you add is shown to shops as a lower price."),
            "package", key="promotions",
        )  # fmt: skip
        return
    shown = rows[: SHOWN if not state.old else None]
    with st.container(key="sr-lines", gap=None):
        for at, row in enumerate(shown):
            _row(desk, row, at)
    if len(rows) > len(shown):
        st.button(
            t("Show {n} more", n=len(rows) - len(shown)), key="more-promotions", type="tertiary",
            icon=":material/expand_more:", on_click=_open_all,
        )  # fmt: skip


def _row(desk: SupplyDesk, row: PromotionRow, at: int) -> None:
    t, name = desk.ctx.t, literal(calm(row.name))
    with st.container(key=f"sr-line-promotion-{at}", horizontal=True, vertical_alignment="center"):
        place(promotion_line(desk, row))
        if row.state is PromotionState.ENDED:
            return
        opened = st.popover(
            f"{t('Change')} *{name}*", key=f"change-promotion-{at}", type="tertiary",
            icon=":material/edit:", on_change="rerun",
        )  # fmt: skip
        if opened.open:
            with opened, st.container(key=f"sr-why-promotion-{at}", width=320):
                stock_service_promotion.change(desk, row, at)
        label = t("End") if row.state is PromotionState.RUNNING else t("Call off")
        st.button(
            f"{label} *{name}*", key=f"end-promotion-{at}", type="tertiary",
            icon=":material/event_busy:", on_click=_end, args=(desk, row),
        )  # fmt: skip


def promotion_line(desk: SupplyDesk, row: PromotionRow) -> Html:
    """One promotion: of what, how deep, when."""
    t, key = desk.ctx.t, row.key
    words, cls = STATES[row.state]
    days = (key.ends_on - key.starts_on).days + 1
    small = t("{first} to {last}, {days}", first=key.starts_on, last=key.ends_on,
              days=desk.ctx.language.say(DAYS, {"n": days}))  # fmt: skip
    if row.typed:
        small = f"{small} · {t('entered here')}"
    return tag(
        "article",
        tag("div", tag("h2", calm(row.name)), tag("p", small, cls="small")),
        tag("div", tag("span", t(words), cls=cls), cls="status"),
        tag("b", t("{share} off", share=Percent(key.depth)), cls="amount"),
        cls="order-row",
    )


def _end(desk: SupplyDesk, row: PromotionRow) -> None:
    with messages.told(desk.ctx.language):
        state.promotion = desk.end_promotion(row.key)
        called_off = state.promotion.after is None
        messages.done(desk.ctx.t("The promotion is called off") if called_off
                      else desk.ctx.t("The promotion ends today"))  # fmt: skip


def _undo(desk: SupplyDesk) -> None:
    done, state.promotion = state.promotion, None
    if done is None:
        return
    with messages.told(desk.ctx.language):
        desk.undo_promotion(done)
        messages.done(desk.ctx.t("The promotion is as it was"))


def _open_all() -> None:
    state.old = True
