"""One series looked at closely: its parts, classical models beside ours, and what they miss."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.analyst import series_charts, series_checks
from pages.components import cards, header, messages
from pages.context import Context
from smartreco.errors import NotEnoughDataError
from smartreco.forecast.panel import Level
from smartreco.workspace.demand import TOGETHER
from smartreco.workspace.series_lines import SeriesStudy

OURS: Final = "smartreco"

LEVELS: Final = {
    Level.TOTAL: "All demand",
    Level.REGION: "Region",
    Level.CATEGORY: "Category",
    Level.VENDOR: "Vendor",
    Level.RETAILER: "Shop",
    Level.PRODUCT: "Product",
}
PLACES: Final = ("1st", "2nd", "3rd", "4th", "5th")  # as many as there are methods


def render(ctx: Context) -> None:
    """Draw the page."""
    with st.container(key="sr-series", gap="medium"):
        top = st.container()
        level, series_id = _choose(ctx)
        if series_id is None:
            with top:
                header.page_header(ctx.t("One series"), ctx.t("Choose one below"))
            messages.empty_state(
                ctx.t("No series of this kind"), ctx.t("Choose another level."), "package",
                key="series",
            )  # fmt: skip
            return
        found = _study(ctx, top, level, series_id)
        if found is not None:
            series_charts.draw(ctx, found)
            series_checks.draw(ctx, found)


def _choose(ctx: Context) -> tuple[Level, str | None]:
    t = ctx.t
    with st.container(
        key="sr-series-choice", horizontal=True, gap="medium", vertical_alignment="bottom"
    ):
        chosen = st.selectbox(
            t("Level"), [one.value for one in TOGETHER], key="level", bind="query-params",
            index=len(TOGETHER) - 1, width=220, format_func=lambda one: t(LEVELS[Level(one)]),
        )  # fmt: skip
        level = Level(chosen) if chosen in set(TOGETHER) else Level.PRODUCT
        try:
            choices = ctx.workspace.series.choices(ctx.principal, level)
        except NotEnoughDataError:
            return level, None
        names = {one.id: _named(one.id, one.name) for one in choices}
        series_id = st.selectbox(
            t(LEVELS[level]), list(names), key=f"series-{level.value}", width=420,
            format_func=lambda one: names.get(one, one),
        )  # fmt: skip
    return level, (series_id if series_id in names else None)


def _named(series_id: str, name: str) -> str:
    return cards.calm(name) if name == series_id else f"{cards.calm(name)} ({series_id})"


def _study(ctx: Context, top, level: Level, series_id: str) -> SeriesStudy | None:  # type: ignore[no-untyped-def]
    """The study, with its answer above the choice; its line alone where it is too short."""
    place = st.empty()
    try:
        found = ctx.workspace.series.study(
            ctx.principal, level, series_id,
            lambda share: place.progress(share, ctx.t("Fitting models and making old forecasts …")),
        )  # fmt: skip
    except NotEnoughDataError as error:
        place.empty()
        with top:
            header.page_header(ctx.t("Not enough data for models of this series"), series_id)
        messages.empty_state(
            ctx.t("Too little to fit a model to"), messages.refusal(error, ctx.language),
            "package", key="series",
        )  # fmt: skip
        series_charts.demand(ctx, ctx.workspace.series.line(ctx.principal, level, series_id))
        return None
    place.empty()
    with top:
        header.page_header(_answer(ctx, found), _about(ctx, found))
    return found


def _answer(ctx: Context, found: SeriesStudy) -> str:
    if not found.study.held_out:
        return ctx.t("Too short a past to hold weeks out")
    methods = [one.method for one in found.study.held_out]
    best = ctx.t(series_checks.IN_A_SENTENCE[methods[0]])
    said = ctx.t("Best on held-out weeks: {method}", method=best)
    ours = methods.index(OURS) if OURS in methods else 0
    if not ours:
        return said
    place = ctx.t("SmartReco is {place} of {n}", place=ctx.t(PLACES[ours]), n=len(methods))
    return f"{said} ({place})"


def _about(ctx: Context, found: SeriesStudy) -> str:
    weeks = ctx.t("{n} weeks known", n=len(found.weeks))
    return f"{cards.calm(found.line.name)} · {weeks}"
