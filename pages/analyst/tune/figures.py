"""The figures of a list as cards, and as a file."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from pages.analyst.tune import wording
from pages.analyst.tune.desk import TuneDesk
from pages.analyst.tune.files import recipe_button
from pages.components.download import csv_button
from pages.components.gauge_cards import GaugeCard, gauge_cards
from pages.components.markup import Html, place, tag
from smartreco.workspace.tuning.views import Gauge, ListGauges, Measured

ORDER: Final = ("precision", "recall", "ndcg", "calibration", "coverage", "novelty", "diversity")


def draw(desk: TuneDesk) -> None:
    """Seven figures and what they rest on."""
    with st.container(key="sr-tune-figures"):
        place(cards(desk, desk.gauges, _rests(desk)))
    with st.container(horizontal=True, gap="small", key="sr-tools-files"):
        csv_button(desk.ctx.t("Figures as CSV"), "tune-figures",
                   lambda: table(desk.measured), "tune-csv")  # fmt: skip
        recipe_button(desk)


def cards(desk: TuneDesk, of: ListGauges, beside: Html | None = None) -> Html:
    """Cards of a list's figures."""
    found = (wording.by_name(of, name) for name in ORDER)
    return gauge_cards([_card(desk, one) for one in found if one is not None], beside)


def _card(desk: TuneDesk, one: Gauge) -> GaugeCard:
    ctx, kind = desk.ctx, wording.KINDS[one.name]
    still, known = wording.still(one), one.change is not None
    change = "" if still or one.change is None else wording.moved(ctx, one.name, one.change)
    move = None
    if not still and one.change_low is not None and one.change_high is not None:
        move = (one.change_low, one.change or 0.0, one.change_high)
    details = ctx.t("95 % interval of the change: {between}", between=wording.between(ctx, one))
    return GaugeCard(
        ctx.t(kind.label), wording.figure(ctx, one.name, one.value), wording.interval(ctx, one),
        change, wording.verdict(ctx, one), wording.tone(one), move, ctx.t(kind.meaning),
        details if known and not still else "",
    )  # fmt: skip


def _rests(desk: TuneDesk) -> Html:
    t = desk.ctx.t
    return tag(
        "div",
        tag("p", t("{n} shops, lists of ten, intervals of 95 %.", n=desk.gauges.shops),
            cls="small"),
        tag("p", t("The bar is the change to version {n}: where it crosses the middle, it is "
                   "within noise.", n=desk.current.version), cls="small"),
    )  # fmt: skip


def table(measured: Measured) -> pd.DataFrame:
    """Every figure of every list, and NDCG of every kind of shop."""
    rows = [
        {"list": of.list.value, "shops": of.shops, "by": "", "segment": "", "figure": one.name,
         "value": one.value, "low": one.low, "high": one.high, "change": one.change,
         "change_low": one.change_low, "change_high": one.change_high,
         "told_apart": one.told_apart}
        for of in measured.lists for one in of.gauges
    ]  # fmt: skip
    rows += [
        {"list": of.list.value, "shops": one.shops, "by": one.by, "segment": one.segment,
         "figure": "ndcg", "value": one.value, "low": None, "high": None, "change": one.change,
         "change_low": one.low, "change_high": one.high, "told_apart": None}
        for of in measured.lists for one in of.segments
    ]  # fmt: skip
    return pd.DataFrame(rows)
