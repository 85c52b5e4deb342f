"""Shops to win, one row a shop and a product: columns on a desk, a card each on a phone."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import messages
from pages.components.charts.expected import span_in_words
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.header import section
from pages.components.markup import Html, place, tag
from pages.state import Slot
from pages.vendor.reach import export as reach_export
from pages.vendor.reach.visit import ReachVisit
from smartreco.language import Message, Money

SHOWN, STEP = 15, 45
STATES: Final = {"all": "All", "never": "Never bought it", "lapsed": "Bought it before"}
PIECES: Final = Message("{n} piece", "{n} pieces", "n")
TITLE: Final = Message("The best chance by name", "The {n} best chances by name", "n")


class ListState:
    """What the list keeps for a browser tab."""

    length = Slot(SHOWN)


state = ListState()


def draw(visit: ReachVisit) -> None:
    """Controls, rows, and what is not named."""
    t, space = visit.ctx.t, visit.space
    if space.rows.empty:
        messages.note(
            t("Shops to win are in the totals above, but none of them lets itself be named.")
        )
        return
    with st.container(key="sr-reach-list", gap="small"):
        rows = _head(visit)
        shown = rows.head(state.length).to_dict("records")
        _table(visit, shown)
        _foot(visit, len(rows) - len(shown))


def _table(visit: ReachVisit, shown: list[dict[Any, Any]]) -> None:
    t, weeks = visit.ctx.t, visit.space.horizon
    columns = (
        Column(t("Shop")), Column(t("Product")),
        Column(t("Likely"), True, t("Chance that it orders the product within {weeks} weeks",
                                    weeks=weeks)),
        Column(t("If it orders"), True, t("Pieces that it would order, at what price")),
        Column(t("Expected"), True, t("Likelihood times value, the order of this list")),
    )  # fmt: skip
    with st.container(key="sr-data-space"):
        place(data_table(t("Shops to win"), columns, [_row(visit, row) for row in shown]))


def _foot(visit: ReachVisit, left: int) -> None:
    """The rest of the list."""
    if left > 0:
        st.button(
            visit.ctx.t("Show {n} more", n=min(left, STEP)), key="more-reach",
            type="tertiary", icon=":material/expand_more:", on_click=_more,
        )  # fmt: skip


def _head(visit: ReachVisit) -> pd.DataFrame:
    """Title, choice and download; the rows that are chosen."""
    t, rows = visit.ctx.t, visit.space.rows
    states = ["all", *(one for one in STATES if (rows["state"] == one).any())]
    section(
        visit.ctx.language.say(TITLE, {"n": len(rows)}), "space",
        t("Ranked by what is expected of each: likelihood times what the shop would order."),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="sr-tools-space"):
        chosen = "all"
        if len(states) > 2:
            chosen = address.choose(
                t("Which"), "state", states, lambda one: t(STATES[one]), bare=True
            )
        csv_button(
            t("Shops to win as CSV"), visit.file("shops-to-win"),
            lambda: reach_export.to_win(visit, chosen), "download-space",
        )  # fmt: skip
    return rows if chosen == "all" else rows[rows["state"] == chosen]


def _row(visit: ReachVisit, row: dict[Any, Any]) -> list[Html | str]:
    language = visit.ctx.language
    where = visit.shop_line(row["city"], row["region"], row["segment"])
    return [
        named(visit.goods(row["name"]), where),
        named(visit.goods(row["product"]), _why(visit, row)),
        _likely(visit, float(row["probability"])),
        tag("span", language.say(PIECES, {"n": int(row["quantity"])}),
            tag("span", visit.ctx.t("{price} each", price=Money(row["unit_price"])),
                cls="small block")),
        tag("span", tag("b", language.money(row["expected_value"])),
            tag("span", visit.ctx.t("{span} if it orders",
                                    span=span_in_words(row["low"], row["high"], language)),
                cls="small block")),
    ]  # fmt: skip


def _why(visit: ReachVisit, row: dict[Any, Any]) -> str:
    """The strongest reason; of what it bought before, that it did."""
    return " · ".join(visit.ctx.language.say(*one) for one in row["reasons"][:1])


def _likely(visit: ReachVisit, share: float) -> Html:
    words = visit.ctx.language.percent(share, 0 if share >= 0.1 else 1)
    meter = tag("span", tag("span", style=f"width:{share:.0%}"), cls="meter", aria_hidden="true")
    return tag("span", tag("b", words), meter)


def _more() -> None:
    state.length += STEP
