"""White space: where it lies, and the shops to win by name, to take along as a file."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import streamlit as st

from pages import address
from pages.components import messages
from pages.components.charts.expected import (
    KEY,
    PICK,
    Expected,
    expected_bars,
    expected_in_words,
)
from pages.components.charts.picking import draw_picking
from pages.components.markup import place, tag
from pages.vendor import filter_bar
from pages.vendor.reach import rows as reach_rows
from pages.vendor.reach.visit import ReachVisit, present
from smartreco.language import Message, Money
from smartreco.workspace.vendor.reach_white import WAITING

BARS: Final = 8
SPLITS: Final = {"region": "Region", "segment": "Kind of shop", "product": "Product"}
SHOPS: Final = Message("{n} shop", "{n} shops", "n")


def draw(visit: ReachVisit) -> None:
    """The chart of where it lies, then the list."""
    if visit.waiting:
        _wait(visit)
        return
    if not visit.space.pairs and visit.space.rows.empty:
        _nothing(visit)
        return
    _where(visit)
    reach_rows.draw(visit)


def _wait(visit: ReachVisit) -> None:
    """Until what shops take up is learned: once for all vendors, after new data."""
    t = visit.ctx.t
    messages.empty_state(
        t("Shops to win are being worked out"),
        t("It is done once for new orders and takes about a minute. The page fills by itself."),
        "basket", key="reach",
    )  # fmt: skip

    @st.fragment(run_every="3s")
    def look_again() -> None:
        space = visit.reach.white_space(visit.ctx.principal, visit.vendor_id, visit.wanted)
        if space.why is None or space.why[0] != WAITING:
            st.rerun()

    look_again()


def _nothing(visit: ReachVisit) -> None:
    t, filtered = visit.ctx.t, bool(visit.wanted.to_strings())
    hint = t("Take a filter back to see more.")
    if not filtered:
        hint = t("Every shop buys all your products, or too little is known to tell.")
    messages.empty_state(
        t("No shop to win in this selection"), hint, "basket", key="reach",
        action=t("Clear all filters") if filtered else "", on_click=filter_bar.clear,
    )  # fmt: skip


def _where(visit: ReachVisit) -> None:
    """Totals with their limits; a bar that is picked becomes a filter."""
    t, language = visit.ctx.t, visit.ctx.language
    tables = {
        "region": visit.space.regions, "segment": visit.space.segments,
        "product": visit.space.products,
    }  # fmt: skip
    splits = [name for name, table in tables.items() if len(table) > 1]
    if not splits:
        return
    with st.container(key="sr-figure-space", gap="small"):
        split = splits[0]
        if len(splits) > 1:
            split = address.choose(t("Split"), "by", splits, lambda one: t(SPLITS[one]), bare=True)
        table = tables[split]
        rows = tuple(_bar(visit, split, row) for row in table.head(BARS).to_dict("records"))
        title = _title(visit, rows, len(table))
        place(tag("h2", title, cls="finding"))
        draw_picking(
            expected_bars(rows, language), expected_in_words(rows, title, language),
            f"reach-bars-{split}-{hash(rows)}", PICK, partial(_picked, split),
        )  # fmt: skip
        messages.note(
            t("Expected revenue of {weeks} weeks; the line is what it comes to 80 of 100 times. "
              "Pick a bar to see its shops only.", weeks=visit.space.horizon)
        )  # fmt: skip


def _bar(visit: ReachVisit, split: str, row: dict[Any, Any]) -> Expected:
    if split == "product":
        key, label = str(row["product_id"]), visit.goods(str(row["name"]))
    else:
        name = present(row[split])
        key, label = name or "", visit.region(name) if split == "region" else visit.segment(name)
    about = visit.ctx.language.say(SHOPS, {"n": int(str(row["shops"]))})
    amounts = (float(str(row[one])) for one in ("expected_value", "low", "high"))
    expected, low, high = amounts
    return Expected(key, label, expected, low, high, about)


def _title(visit: ReachVisit, rows: tuple[Expected, ...], many: int) -> str:
    t, first = visit.ctx.t, max(rows, key=lambda one: one.expected)
    value = Money(first.expected, compact=True)
    if many > len(rows):
        return t("Most is to be won: {label}, {value}; the {n} largest of {many}",
                 label=first.label, value=value, n=len(rows), many=many)  # fmt: skip
    return t("Most is to be won: {label}, {value}", label=first.label, value=value)


def _picked(split: str, points: list[dict[str, str]]) -> None:
    keys = [one[KEY] for one in points if one.get(KEY)]
    if keys:
        filter_bar.put(split, keys)
