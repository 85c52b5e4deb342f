"""Shops won, kept and lost: quarter by quarter, cohort by cohort, and by name."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import charts, messages
from pages.components.charts.cohorts import Kept, cohort_map, cohorts_in_words
from pages.components.charts.flows import Flow, flow_bars, flows_in_words
from pages.components.data_table import Column, data_table, named
from pages.components.download import csv_button
from pages.components.header import section
from pages.components.markup import Html, place, tag
from pages.vendor.reach import meaning as reach_meaning
from pages.vendor.reach.visit import ReachVisit
from smartreco.language import Message, Money
from smartreco.workspace.vendor.reach_views import Cohorts

ROWS: Final = 15
QUARTERS: Final = 12  # of the bars
STATES: Final = {
    "lost": "Lost", "new": "New", "back": "Came back", "before": "Lost earlier", "kept": "Stayed",
}  # fmt: skip
SAID: Final = Message(
    "{quarter}: {n} shop lost, {won} won, {kept} stayed",
    "{quarter}: {n} shops lost, {won} won, {kept} stayed",
    "n",
)


def draw(visit: ReachVisit) -> None:
    """Flows, cohorts, names."""
    found = visit.reach.cohorts(visit.ctx.principal, visit.vendor_id, visit.wanted)
    if found.shops.empty:
        messages.empty_state(
            visit.ctx.t("No shop ever bought in this selection"),
            visit.ctx.t("Take a filter back, or see under White space which shops could."),
            "basket", key="reach",
        )  # fmt: skip
        return
    if found.quarter is None:
        messages.note(visit.ctx.t("Shops won and lost are told from the second full quarter on."))
        return
    _flows(visit, found)
    _cohorts(visit, found)
    _shops(visit, found)


def _flows(visit: ReachVisit, found: Cohorts) -> None:
    language = visit.ctx.language
    table = found.quarters[found.quarters["whole"] & found.quarters["kept"].notna()]
    flows = tuple(
        Flow(str(row["quarter"]), *(int(row[one]) for one in Flow._fields[1:]))
        for row in table.tail(QUARTERS).to_dict("records")
    )
    last = flows[-1]
    title = language.say(SAID, {"quarter": last.quarter, "n": last.lost,
                                "won": last.won, "kept": last.kept})  # fmt: skip
    with st.container(key="sr-figure-flows", gap="small"):
        place(tag("h2", title, cls="finding"))
        place(tag("p", visit.ctx.t("Shops of each whole quarter beside the one before; all that "
                                   "is known, whatever time is chosen"), cls="small"))  # fmt: skip
        charts.draw_kept(
            ("flows", flows, language), lambda: flow_bars(flows, language),
            flows_in_words(flows, title, language),
        )  # fmt: skip
        reach_meaning.popover(visit, "kept", found.method)


def _cohorts(visit: ReachVisit, found: Cohorts) -> None:
    t, language = visit.ctx.t, visit.ctx.language
    cells = tuple(
        Kept(_cohort(visit, row), int(row["age"]), str(row["quarter"]), int(row["shops"]),
             int(row["buying"]))
        for row in found.kept[found.kept["whole"]].to_dict("records")
    )  # fmt: skip
    if len({one.cohort for one in cells}) < 2:
        return
    title = t("Of the shops won in each quarter, how many still buy")
    with st.container(key="sr-figure-cohorts", gap="small"):
        place(tag("h2", title, cls="finding"))
        if found.kept["since_start"].any():
            messages.note(t("The first row holds all who bought when the data begin, new or not."))
        charts.draw_kept(
            ("cohorts", cells, language), lambda: cohort_map(cells, language),
            cohorts_in_words(cells, title, language),
        )  # fmt: skip


def _cohort(visit: ReachVisit, row: dict[Any, Any]) -> str:
    return visit.ctx.t("{quarter}: {n} shops", quarter=row["cohort"], n=int(row["shops"]))


def _shops(visit: ReachVisit, found: Cohorts) -> None:
    """By name: they buy or bought from him."""
    states = [one for one in STATES if (found.shops["state"] == one).any()]
    if not states:
        return
    with st.container(key="sr-reach-shops", gap="small"):
        _named(visit, found, states)


def _named(visit: ReachVisit, found: Cohorts, states: list[str]) -> None:
    t = visit.ctx.t
    section(t("Shops by name, as of {quarter}", quarter=found.quarter), "shops",
            t("They buy or bought from you."))  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="sr-tools-shops"):
        chosen = address.choose(t("Which"), "shops", states, lambda one: t(STATES[one]), bare=True)
        rows = found.shops[found.shops["state"] == chosen].sort_values("value", ascending=False)
        csv_button(t("These shops as CSV"), visit.file(f"shops-{chosen}"), lambda: _file(rows),
                   "download-shops")  # fmt: skip
    columns = (
        Column(t("Shop")), Column(t("First order")),
        Column(t("Last order, week of")), Column(t("Bought in all"), True),
    )  # fmt: skip
    shown = rows.head(ROWS).to_dict("records")
    with st.container(key="sr-data-shops"):
        place(data_table(t("Shops"), columns, [_row(visit, row) for row in shown]))
    if len(rows) > len(shown):
        messages.note(
            t("The {n} largest of {many}; the file holds all.", n=len(shown), many=len(rows))
        )


def _row(visit: ReachVisit, row: dict[Any, Any]) -> list[Html | str]:
    last = row["last_week"]
    return [
        named(visit.goods(row["name"]),
              visit.shop_line(row["city"], row["region"], row["segment"])),
        str(row["won"]),
        "–" if pd.isna(last) else visit.ctx.language.day(pd.Timestamp(last).date()),
        visit.ctx.language.show(Money(float(row["value"]), compact=True)),
    ]  # fmt: skip


def _file(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(last_week=pd.to_datetime(rows["last_week"]).dt.strftime("%Y-%m-%d"))
