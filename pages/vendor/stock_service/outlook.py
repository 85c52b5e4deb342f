"""What runs out first and what to make or order, product by product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import charts, header, messages, supply_cards
from pages.components.cards import calm
from pages.components.download import csv_button
from pages.components.markup import literal, place, tag
from pages.vendor.stock_service import wish as stock_service_wish
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.workspace.vendor.supply_views import OutlookRow

OPEN: Final = "open"  # name in the address: the product looked at
NONE: Final = "-"  # in its place: none is open
MORE: Final = 20
OVER_SHOWN: Final = 5


def draw(desk: SupplyDesk) -> None:
    """What stock is for, then the lines, then what there is too much of."""
    t, rows = desk.ctx.t, desk.outlook.rows
    if not rows:
        messages.empty_state(
            t("No product here"), t("Take a filter back to see more."), "package", key="outlook"
        )
        return
    stock_service_wish.draw(desk)
    _head(desk, rows)
    opened = _opened(rows)
    with st.container(key="sr-lines", gap=None):
        place(supply_cards.supply_head(desk.ctx.language))
        for row in rows[: state.length]:
            _line(desk, row, opened == row.product_id)
    left = len(rows) - state.length
    if left > 0:
        st.button(
            t("Show {n} more", n=min(left, MORE)), key="more-outlook", type="tertiary",
            icon=":material/expand_more:", on_click=_show_more,
        )  # fmt: skip
    _too_much(desk)
    _rests_on(desk)


def _head(desk: SupplyDesk, rows: Sequence[OutlookRow]) -> None:
    t, outlook = desk.ctx.t, desk.outlook
    about = ""
    if unknown := len(rows) - outlook.stock_known:
        about = t("{n} products have no stock entered and stand last.", n=unknown)
    if desk.wanted.places or desk.wanted.since is not None or desk.wanted.until is not None:
        everywhere = t("Stock serves all shops: a choice of places or times changes nothing here.")
        about = f"{everywhere} {about}".strip()
    if not outlook.stock_known:
        about = t("By what shops are expected to ask for until you can restock.")
    title = t("What to make or order first") if outlook.stock_known else t("What to have in stock")
    with st.container(horizontal=True, vertical_alignment="bottom", key="sr-tools-outlook"):
        header.section(title, "outlook", about)
        csv_button(t("All as CSV"), f"stock-outlook-{outlook.today.isoformat()}",
                   lambda: table(rows), "download-outlook")  # fmt: skip


def _line(desk: SupplyDesk, row: OutlookRow, opened: bool) -> None:
    t, name = desk.ctx.t, literal(calm(row.name))
    with st.container(
        key=f"sr-line-{row.product_id}", horizontal=True, vertical_alignment="center"
    ):
        place(supply_cards.supply_line(row, desk.outlook, desk.ctx.language))
        label, icon = t("Open"), ":material/expand_more:"
        if opened:
            label, icon = t("Close"), ":material/expand_less:"
        st.button(
            f"{label} *{name}*", key=f"open-{row.product_id}", type="tertiary", icon=icon,
            on_click=_toggle, args=(row.product_id, opened),
        )  # fmt: skip
    if opened:
        with st.container(key="sr-opened", gap="small"):
            _course(desk, row)


def _course(desk: SupplyDesk, row: OutlookRow) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    course = desk.course(row.product_id)
    if not course.weeks:
        messages.note(t("There is not enough data for a forecast of this product."))
        return
    place(tag("h3", t("Pieces that shops ask for, week by week")))
    charts.draw_kept(
        ("vendor demand of one", course.weeks, language),
        lambda: charts.asked_for(course.weeks, language),
        charts.asked_in_words(course.weeks, calm(row.name), language),
    )  # fmt: skip
    if any(one.stock is not None for one in course.weeks):
        title = t("Free stock at each week's end if nothing more is ordered, with its 80% band")
        place(tag("h3", title))
        charts.draw_kept(
            ("vendor stock of one", course.weeks, language),
            lambda: charts.stock_left(course.weeks, language),
            charts.left_in_words(course.weeks, calm(row.name), language),
        )  # fmt: skip
    if row.need_low is not None and row.need_high is not None:
        days = desk.outlook.lead_days + desk.outlook.review_days
        messages.note(
            t("In 80 of 100 cases shops ask for {low} to {high} pieces in the next {days} days.",
              low=round(row.need_low), high=round(row.need_high), days=days)
        )  # fmt: skip
    _acts(desk, row)


def _acts(desk: SupplyDesk, row: OutlookRow) -> None:
    t = desk.ctx.t
    with st.container(horizontal=True, gap="small"):
        st.button(
            t("Enter its stock"), key=f"count-{row.product_id}", icon=":material/edit_note:",
            on_click=address.put, args=({"view": ["keep"], "keep": []},),
        )  # fmt: skip
        st.button(
            t("Its price, case and status"), key=f"data-{row.product_id}",
            icon=":material/sell:", type="tertiary", on_click=address.put,
            args=({"view": ["keep"], "keep": ["product"], "of": [row.product_id]},),
        )  # fmt: skip


def _opened(rows: Sequence[OutlookRow]) -> str | None:
    """The product that the address names; without one the first that there is a forecast of."""
    said = address.values(OPEN)[-1:]
    if said == [NONE]:
        return None
    if said and any(row.product_id == said[0] for row in rows):
        return said[0]
    first = rows[0]
    return first.product_id if first.weekly is not None else None


def _toggle(product_id: str, opened: bool) -> None:
    address.put({OPEN: [NONE if opened else product_id]})


def _show_more() -> None:
    state.length += MORE


def _too_much(desk: SupplyDesk) -> None:
    t = desk.ctx.t
    rows = sorted((row for row in desk.outlook.rows if row.excess),
                  key=lambda row: -(row.tied_up or 0.0))  # fmt: skip
    if not rows:
        return
    header.section(
        t("More than you need"), "over",
        t("Free stock, with what is coming, above what you want to be sure of by a case or more: "
          "let it run down, order less, or promote it."),
    )  # fmt: skip
    with st.container(key="sr-over", gap=None):
        shown = rows if state.over else rows[:OVER_SHOWN]
        place(tag("div", *(supply_cards.over_line(row, desk.ctx.language) for row in shown)))
    if len(rows) > OVER_SHOWN and not state.over:
        st.button(
            t("Show {n} more", n=len(rows) - OVER_SHOWN), key="more-over", type="tertiary",
            icon=":material/expand_more:", on_click=_open_over,
        )  # fmt: skip


def _open_over() -> None:
    state.over = True


def _rests_on(desk: SupplyDesk) -> None:
    said = desk.outlook.said
    if said:
        with st.container(key="sr-rests-outlook"):
            items = (tag("li", desk.ctx.language.say(*one)) for one in said)
            place(tag("ul", *items, cls="rests small"))


def table(rows: Sequence[OutlookRow]) -> pd.DataFrame:
    """The outlook as a table to take away."""
    columns = (
        "product_id", "name", "category", "case_size", "counted", "counted_on", "on_hand",
        "reserved", "free", "coming", "coming_on", "weekly", "need_low", "need", "need_high",
        "level", "days_of_cover", "runs_out_on", "runs_out_chance", "pieces", "cases", "order_by",
        "there_on", "value",
    )  # fmt: skip
    return pd.DataFrame([[getattr(row, one) for one in columns] for row in rows], columns=columns)
