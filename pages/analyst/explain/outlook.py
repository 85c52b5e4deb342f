"""How likely it is ordered and on what that rests, and what is foreseen of it."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum
from typing import Final

import streamlit as st

from pages.analyst.explain.visit import ExplainVisit
from pages.components import cards, charts, header, messages
from pages.components.charts.theme import signed
from pages.components.data_table import Column, data_table, named
from pages.components.markup import Html, place, tag
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.forecast.panel import Level
from smartreco.language import Percent
from smartreco.recommend.chance import (
    CONSTANT,
    LATELY,
    MEAN,
    PLACE,
    RANGE,
    SCORE,
    SEASON,
    SINCE,
    Chance,
)
from smartreco.workspace.series_lines import SeriesLine

AHEAD: Final = 4  # weeks: the time that the chance is of
SHOP: Final = (LATELY, SEASON, RANGE, SINCE)


def draw(visit: ExplainVisit) -> None:
    """The chance, then the forecast of the product and of this shop's orders of it."""
    _chance(visit)
    t, series, who = visit.ctx.t, visit.ctx.workspace.series, visit.ctx.principal
    header.section(
        t("The forecast of it"), "forecast",
        t("What the next {n} weeks are made of, as every page foresees them.", n=AHEAD),
    )  # fmt: skip
    shop = cards.calm(visit.found.retailer.name)
    _line(
        visit, "product", t("All shops together"),
        lambda: series.line(who, Level.PRODUCT, visit.product_id),
    )  # fmt: skip
    _line(
        visit, "pair", shop,
        lambda: series.shop_line(who, visit.retailer_id, product_id=visit.product_id),
    )  # fmt: skip


def _chance(visit: ExplainVisit) -> None:
    t, found = visit.ctx.t, visit.found.chance
    header.section(t("How likely it is ordered"), "chance")
    with st.container(key="sr-data-chance", gap=None):
        if found is None:
            why = t("Not enough data for a chance: the shop has no orders, or the past is too "
                    "short to learn chances from.")  # fmt: skip
            place(tag("p", why, cls="over"))
            return
        share = t("{share} likely to be ordered in the next 4 weeks",
                  share=Percent(found.probability))  # fmt: skip
        place(tag("div", tag("h3", share), tag("p", _trust(visit, found), cls="small"),
                  cls="over"))  # fmt: skip
        columns = [Column(t("What is known")), Column(t("Here"), number=True),
                   Column(t("Adds"), number=True, meaning=t("In log-odds."))]  # fmt: skip
        place(data_table(share, columns, _rows(visit, found)))
    messages.note(
        t(
            "What is known adds up in log-odds, and the chance is the logistic of their sum. It "
            "was learned from what shops ordered in the four weeks after lists of the past."
        )
    )


def _trust(visit: ExplainVisit, found: Chance) -> str:
    t = visit.ctx.t
    if found.error is None:
        return t("How far such chances were off was not measured.")
    points = visit.ctx.language.number(100 * found.error, 1)
    return t("Where they were learned, chances were off by {n} points on average.", n=points)


def _rows(visit: ExplainVisit, found: Chance) -> list[list[Html | str]]:
    """What is known of the line one by one, what is known of the shop as one sum.

    Apart its parts would mislead: they lean on each other, and can be large and opposite.
    """
    t, language = visit.ctx.t, visit.ctx.language
    values = {one.feature: one.value for one in found.parts}
    adds = {one.feature: one.adds for one in found.parts}
    about = t(
        "{lately} lines lately, {season} in the last months (older ones count less); "
        "{range} products in all; last order {ago}",
        lately=round(values[LATELY]), season=round(values[SEASON]), range=round(values[RANGE]),
        ago=language.say(cards.DAYS_AGO, {"n": round(values[SINCE])}),
    )  # fmt: skip
    shop = named(t("How this shop orders"), about)
    mean = language.number(values[MEAN], 2)
    return [
        [t("What holds for every line"), "", signed(adds[CONSTANT], language)],
        [t("Its score"), language.number(values[SCORE], 2), signed(adds[SCORE], language)],
        [t("Its place by score alone"), language.number(values[PLACE]),
         signed(adds[PLACE], language)],
        [t("Mean score of all that the list could hold"), mean, signed(adds[MEAN], language)],
        [shop, "", signed(fsum(adds[one] for one in SHOP), language)],
        [tag("b", t("Sum: log-odds of an order")), "", signed(found.log_odds, language)],
    ]  # fmt: skip


def _line(visit: ExplainVisit, key: str, title: str, read: Callable[[], SeriesLine]) -> None:
    ctx = visit.ctx
    with st.container(key=f"sr-figure-{key}", gap="small"):
        place(tag("h3", title))
        try:
            with st.spinner(ctx.t("Forecasting what every shop will order"), show_time=True):
                known = read()
        except (NotEnoughDataError, NotFoundError):
            messages.note(ctx.t("Not enough data for a forecast of this."))
            return
        _foreseen(visit, key, title, known)


def _foreseen(visit: ExplainVisit, key: str, title: str, known: SeriesLine) -> None:
    ctx, line = visit.ctx, known.weeks(AHEAD)
    language = ctx.language
    shown = charts.DemandLine(line.past, line.ahead, line.festivals, line.median)
    charts.draw_kept(
        ("explained demand", key, known, language),
        lambda: charts.demand_chart(shown, "", language),
        charts.demand_in_words(shown, title, language),
    )
    sums = line.sums()
    charts.draw_kept(
        ("explained parts", key, known, language),
        lambda: charts.forecast_parts(sums, "", language),
        charts.parts_in_words(sums, language),
    )
    messages.note(
        ctx.t("All {n} weeks together, in pieces: {sum}", n=len(line.ahead),
              sum=charts.parts_in_words(sums, language))
    )  # fmt: skip
