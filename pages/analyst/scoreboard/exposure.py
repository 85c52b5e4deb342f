"""Who is shown: how places are spread over products and vendors, and how much is shown at all."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.analyst.scoreboard.lengths import older
from pages.analyst.scoreboard.model_parts import models_of, part_of
from pages.analyst.scoreboard.names import model_name
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.components import messages
from pages.components.cards import calm
from pages.components.charts.coverage_by_length import coverage_axes, coverage_by_length
from pages.components.charts.kept import draw_kept
from pages.components.charts.lorenz import lorenz_curves, lorenz_in_words, lorenz_line
from pages.components.charts.model_lines import Line, Point, lines_in_words
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from smartreco.evaluation.curves import Exposure
from smartreco.evaluation.scores import OURS, VendorShare
from smartreco.language import Percent

TENTH: Final = 0.1
MOST: Final = 20  # vendors of the table


def draw(visit: ScoreVisit) -> None:
    """Two Lorenz curves, coverage by length, vendors."""
    if not visit.scores.exposure:
        older(visit)
        return
    with st.container(key="sr-score-pair", horizontal=True, gap="large"):
        for over in ("products", "vendors"):
            with st.container(key=f"sr-figure-{over}", gap="small"):
                _spread(visit, over)
    with st.container(key="sr-figure-coverage", gap="small"):
        _coverage(visit)
    if visit.scores.vendors:
        _vendors(visit)


def _spread(visit: ScoreVisit, over: str) -> None:
    ctx, t = visit.ctx, visit.ctx.t
    curves = {one.model: one for one in visit.scores.exposure if one.over == over}
    if OURS not in curves:
        messages.note(t("The data name no vendor."))
        return
    lines = [
        lorenz_line(
            f"{model_name(ctx, model)} {ctx.language.number(curves[model].gini, 2)}",
            part_of(visit.scores, model), curves[model].curve, ctx.language,
        )
        for model in models_of(visit.scores)
        if model in curves
    ]  # fmt: skip
    title = _finding(visit, curves[OURS])
    place(tag("h2", title, cls="finding"))
    messages.note(t("Beside each name its Gini: 0 is all alike, 1 is all on one."))
    across = t("Products, least shown first") if over == "products" else t(
        "Vendors, least shown first")  # fmt: skip
    draw_kept(
        ("score lorenz", over, *visit.kept()), lambda: lorenz_curves(lines, across, ctx.language),
        lorenz_in_words(lines, title, ctx.language),
    )  # fmt: skip


def _finding(visit: ScoreVisit, one: Exposure) -> str:
    t = visit.ctx.t
    if one.over == "products":
        return t("The most shown tenth of {n} products takes {share} of the places",
                 n=one.holders, share=Percent(one.most_shown(TENTH)))  # fmt: skip
    if one.holders < 10:
        return t("Over {n} vendors places are spread with a Gini of {gini}", n=one.holders,
                 gini=visit.ctx.language.number(one.gini, 2))  # fmt: skip
    return t("The most shown tenth of {n} vendors takes {share} of the places", n=one.holders,
             share=Percent(one.most_shown(TENTH)))  # fmt: skip


def _coverage(visit: ScoreVisit) -> None:
    ctx, t = visit.ctx, visit.ctx.t
    lines = [
        Line(
            model_name(ctx, model), part_of(visit.scores, model),
            [Point(float(one.k), one.coverage, ctx.language.number(one.k),
                   ctx.language.percent(one.coverage, 1))
             for one in visit.scores.lengths if one.model == model],
        )
        for model in models_of(visit.scores)
    ]  # fmt: skip
    own = lines[0].points
    if not own:
        return
    title = t("With {k} places {share} of the catalogue is on some list", k=round(own[-1].x),
              share=Percent(own[-1].y))  # fmt: skip
    place(tag("h2", title, cls="finding"))
    draw_kept(
        ("score coverage", *visit.kept()), lambda: coverage_by_length(lines, ctx.language),
        lines_in_words(lines, title, coverage_axes(lines, ctx.language)),
    )  # fmt: skip


def _vendors(visit: ScoreVisit) -> None:
    t = visit.ctx.t
    columns = (
        Column(t("Vendor")), Column(t("Share of places"), True),
        Column(t("Share of products"), True), Column(t("Share of what was ordered"), True),
        Column(t("Places less orders"), True,
               t("Above 0: shown more often than shops then ordered.")),
    )  # fmt: skip
    with st.container(key="sr-data-vendors"):
        rows = [_vendor(visit, one) for one in visit.scores.vendors[:MOST]]
        place(data_table(t("Vendors on our lists"), columns, rows))


def _vendor(visit: ScoreVisit, one: VendorShare) -> list[Html | str]:
    show = visit.ctx.language.percent
    away = one.places - one.ordered
    words = f"{'+' if away > 0 else '−'}{show(abs(away), 1)}" if abs(away) >= 0.0005 else "±0.0%"
    return [tag("span", calm(one.vendor), cls="name"), show(one.places, 1), show(one.products, 1),
            show(one.ordered, 1), words]  # fmt: skip
