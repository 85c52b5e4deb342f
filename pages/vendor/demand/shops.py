"""His own buyers by name: what they order, and what became of them since the time before."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import cards, messages
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.figures import change_words, tone
from pages.components.header import section
from pages.components.markup import Html, place, tag
from pages.state import Slot
from pages.vendor.demand.visit import DemandVisit, share
from smartreco.language import Message, noted

FIRST: Final = 15  # rows at once
STATES: Final = {"kept": noted("kept"), "won": noted("won"), "lost": noted("lost")}
CHIPS: Final = {"won": "chip good", "lost": "chip warm"}
KINDS: Final = ("all", "won", "lost")
BOUGHT: Final = Message("{n} shop ordered", "{n} shops ordered", "n")


class ShopsState:
    """What this table keeps for a browser tab."""

    length = Slot(FIRST)


state = ShopsState()


def draw(visit: DemandVisit) -> None:
    """How many were won and lost, and the shops."""
    rows = _read(visit)
    counts = rows["buying"].value_counts()
    bought = visit.ctx.language.say(BOUGHT, {"n": int((rows["quantity"] > 0).sum())})
    about = visit.ctx.t("Shops that order your products, by value.")
    if visit.when.before is not None:
        bought = visit.ctx.t(
            "{shops}: {won} won, {lost} lost", shops=bought, won=int(counts.get("won", 0)),
            lost=int(counts.get("lost", 0)),
        )  # fmt: skip
        about = visit.ctx.t(
            "Won: ordered now and not in the {n} weeks before. Lost: the other way round.",
            n=visit.when.before.weeks,
        )  # fmt: skip
    section(bought, "shops", about)
    if visit.when.before is not None:
        words = {"all": visit.ctx.t("All shops"), "won": visit.ctx.t("Won"),
                 "lost": visit.ctx.t("Lost")}  # fmt: skip
        kind = address.choose(
            visit.ctx.t("Which shops"), "buying", KINDS, lambda one: words[one], bare=True
        )
        rows = rows if kind == "all" else rows[rows["buying"] == kind]
    if rows.empty:
        messages.note(visit.ctx.t("No shop here."))
        return
    _table(visit, rows, "shops")


def table(visit: DemandVisit, key: str) -> None:
    """All shops of the selection, as the last step of a way down."""
    _table(visit, _read(visit), key)


def _read(visit: DemandVisit) -> pd.DataFrame:
    """Shops that bought now or in the time before."""
    rows = visit.demand.shops(visit.ctx.principal, visit.vendor_id, visit.wanted).rows
    return rows[(rows["value"] > 0) | (rows["value_before"].fillna(0) > 0)]


def _table(visit: DemandVisit, rows: pd.DataFrame, key: str) -> None:
    t = visit.ctx.t
    columns = [
        Column(t("Shop")), Column(t("Kind")), Column(t("Value"), number=True),
        Column(t("Pieces"), number=True), Column(t("Change"), number=True),
        Column(t("On last year"), number=True), Column(t("Won or lost")),
    ]  # fmt: skip
    shown = [_row(visit, one) for one in rows.head(state.length).to_dict("records")]
    keep = [at for at, _ in enumerate(columns) if _says(at, visit)]
    with st.container(key=f"sr-data-{key}"):
        place(data_table(t("Shops that order your products"), [columns[at] for at in keep],
                         [[row[at] for at in keep] for row in shown]))  # fmt: skip
    with st.container(key=f"sr-tools-{key}", horizontal=True):
        left = len(rows) - state.length
        if left > 0:
            st.button(
                t("Show {n} more", n=min(left, 2 * FIRST)), key=f"more-{key}", type="tertiary",
                icon=":material/expand_more:", on_click=_more,
            )  # fmt: skip
        csv_button(
            t("All {n} as CSV", n=len(rows)), visit.file("demand-shops"), lambda: rows,
            f"download-{key}",
        )  # fmt: skip


def _says(at: int, visit: DemandVisit) -> bool:
    """Whether a column says anything of these data."""
    known = {
        1: len(visit.facets.segments) > 1, 4: visit.when.before is not None,
        5: visit.when.last_year is not None, 6: visit.when.before is not None,
    }  # fmt: skip
    return known.get(at, True)


def _row(visit: DemandVisit, one: dict[Any, Any]) -> list[Html | str]:
    language = visit.ctx.language
    where = " · ".join(dict.fromkeys(visit.place(str(one[name])) for name in ("city", "region")))
    buying = one["buying"] if isinstance(one["buying"], str) else ""
    return [
        named(cards.calm(str(one["name"])), where), visit.place(str(one["segment"])),
        tag("b", language.compact_money(float(one["value"]))),
        language.compact(float(one["quantity"])),
        _change(visit, one["change_share"]), _change(visit, one["change_share_last_year"]),
        tag("span", visit.ctx.t(STATES.get(buying, "–")), cls=CHIPS.get(buying, "chip")),
    ]  # fmt: skip


def _change(visit: DemandVisit, value: Any) -> Html:
    moved = share(value)
    return tag("span", change_words(moved, visit.ctx.language), cls=tone(moved))


def _more() -> None:
    state.length += 2 * FIRST
