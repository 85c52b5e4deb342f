"""Who gains and who loses: NDCG by kind of shop."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.analyst.scoreboard.names import CODED
from pages.analyst.scoreboard.names import KINDS as BY
from pages.analyst.tune.desk import TuneDesk
from pages.components import charts, messages
from pages.components.charts.theme import signed
from pages.components.data_table import Column, data_table
from pages.components.figures import LEAST_POINTS
from pages.components.markup import Html, place, tag
from smartreco.language import Message
from smartreco.vendors.partition import UNKNOWN
from smartreco.workspace.tuning.views import SegmentGauge

MOST: Final = 12  # bands in the chart
SHOPS: Final = Message("{n} shop", "{n} shops", "n")
SURE: Final = Message("{n} kind of shop changes by more than noise",
                      "{n} kinds of shops change by more than noise", "n")  # fmt: skip


def draw(desk: TuneDesk) -> None:
    """One way of dividing shops: bands of the change where there is one, all of it as a table."""
    t, found = desk.ctx.t, desk.gauges.segments
    ways = list(dict.fromkeys(one.by for one in found))
    if not ways:
        messages.empty_state(t("These data do not say what kinds of shops there are"),
                             t("Segments, regions or sizes come with the shops' file."),
                             "basket", key="segments")  # fmt: skip
        return
    by = ways[0]
    if len(ways) > 1:
        by = address.choose(t("By"), "by", ways, lambda one: t(BY.get(one, one)), bare=True)
    rows = [one for one in found if one.by == by]
    title = t("NDCG by kind of shop")
    if desk.touched:
        many = sum(_sure(one) for one in rows)
        title = desk.ctx.language.say(SURE, {"n": many}) if many else t(
            "No kind of shop changes by more than noise"
        )  # fmt: skip
    with st.container(key="sr-figure-segments", gap="small"):
        place(tag("h2", title, cls="finding"))
        if desk.touched:
            _bands(desk, rows, title)
    with st.container(key="sr-data-segments"):
        place(_table(desk, rows, by))


def _bands(desk: TuneDesk, rows: list[SegmentGauge], title: str) -> None:
    language = desk.ctx.language
    bands = [
        charts.Banded(
            _name(desk, one), one.change, one.low, one.high,
            signed(one.change, language, 3) if _sure(one) else desk.ctx.t("within noise"),
            _between(desk, one),
        )
        for one in rows
        if one.change is not None and one.low is not None and one.high is not None
    ][:MOST]  # fmt: skip
    if bands:
        charts.draw(charts.banded_rows(bands, language), charts.bands_in_words(bands, title))


def _table(desk: TuneDesk, rows: list[SegmentGauge], by: str) -> Html:
    t = desk.ctx.t
    columns = (
        Column(t(BY.get(by, by))), Column(t("Shops"), number=True), Column(t("NDCG"), number=True),
        Column(t("Change"), number=True), Column(t("95 % interval of it"), number=True),
    )  # fmt: skip
    return data_table(t("NDCG by kind of shop"), columns, [_row(desk, one) for one in rows])


def _row(desk: TuneDesk, one: SegmentGauge) -> list[Html | str]:
    language, t = desk.ctx.language, desk.ctx.t
    name = tag("span", _name(desk, one), cls="name")
    if one.value is None:
        return [name, language.number(one.shops), t("too few shops"), "–", "–"]
    change: Html | str = "–"
    if one.change is not None:
        tone = "change better" if (one.low or 0) > 0 else "change worse"
        change = tag("b", signed(one.change, language, 3), cls=tone)
        if not _sure(one):
            words = t("within noise") if desk.touched else t("unchanged")
            change = tag("span", words, cls="small")
    return [name, language.number(one.shops), language.number(one.value, 3), change,
            _between(desk, one)]  # fmt: skip


def _between(desk: TuneDesk, one: SegmentGauge) -> str:
    if one.low is None or one.high is None or max(abs(one.low), abs(one.high)) < LEAST_POINTS / 10:
        return "–"
    low, high = (signed(end, desk.ctx.language, 3) for end in (one.low, one.high))
    return desk.ctx.t("{low} to {high}", low=low, high=high)


def _sure(one: SegmentGauge) -> bool:
    return one.low is not None and one.high is not None and (one.low > 0 or one.high < 0)


def _name(desk: TuneDesk, one: SegmentGauge) -> str:
    if one.segment in (UNKNOWN, ""):
        return desk.ctx.t("not known")
    return desk.ctx.t(CODED.get(one.segment, one.segment))
