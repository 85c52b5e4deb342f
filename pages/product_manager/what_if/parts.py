"""Where it happens: categories, regions, vendors, products, each with its band."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.components import charts, messages
from pages.components.data_table import Column, data_table, named
from pages.components.markup import Html, place, tag
from pages.product_manager.what_if import wording
from pages.product_manager.what_if.desk import WhatIfDesk
from smartreco.language import Message, Percent
from smartreco.scenario.outcome import Outcome, Part, Unit, Verdict
from smartreco.workspace.scenario.words import figure

MOST_BANDS: Final = 8
MOST_ROWS: Final = 30
LABELS: Final = {
    "category": "Categories", "region": "Regions", "vendor": "Vendors", "product": "Products",
}  # fmt: skip
TITLES: Final = {
    "category": Message("{n} category changes by more than chance",
                        "{n} categories change by more than chance", "n"),
    "region": Message("{n} region changes by more than chance",
                      "{n} regions change by more than chance", "n"),
    "vendor": Message("{n} vendor changes by more than chance",
                      "{n} vendors change by more than chance", "n"),
    "product": Message("{n} product changes by more than chance",
                       "{n} products change by more than chance", "n"),
}  # fmt: skip


def draw(desk: WhatIfDesk, outcome: Outcome) -> None:
    """One kind of part: those that change most as a chart, all of them as a table."""
    ctx = desk.ctx
    by = {"category": outcome.by_category, "region": outcome.by_region,
          "vendor": outcome.by_vendor, "product": outcome.by_product}  # fmt: skip
    there = [name for name, some in by.items() if some]
    if not there:
        messages.note(ctx.t("No product's sales are touched."))
        return
    chosen = address.choose(
        ctx.t("Shown by"), "parts", there, lambda one: ctx.t(LABELS[one]), bare=True
    )
    found = by[chosen]
    sure = sum(_sure(wording.main_of(one, outcome)) for one in found)
    title = ctx.language.say(TITLES[chosen], {"n": sure})
    with st.container(key="sr-figure-parts", gap="small"):
        place(tag("h2", title, cls="finding"))
        _bands(desk, outcome, found, title)
    with st.container(key="sr-data-parts"):
        place(_table(desk, outcome, found, ctx.t(LABELS[chosen])))


def _bands(desk: WhatIfDesk, outcome: Outcome, found: tuple[Part, ...], title: str) -> None:
    ctx, unit = desk.ctx, wording.main_measure(outcome).unit
    rows = [
        charts.Banded(
            wording.part_name(ctx, part, desk.names),
            one.difference,
            one.low,
            one.high,
            wording.signed(ctx, one.difference, unit) if _sure(one) else ctx.t("cannot tell"),
            wording.between(ctx, one, unit),
        )
        for part in found[:MOST_BANDS]
        if (one := wording.main_of(part, outcome)).low or one.high
    ]
    if rows:
        charts.draw_kept(
            ("what-if parts", tuple(rows), ctx.language),
            lambda: charts.banded_rows(rows, ctx.language),
            charts.bands_in_words(rows, title),
        )


def _table(desk: WhatIfDesk, outcome: Outcome, found: tuple[Part, ...], about: str) -> Html:
    t, money = desk.ctx.t, wording.main_measure(outcome).unit is Unit.MONEY
    shares = any(one.share is not None for one in found)
    columns = [Column(about)]
    if money:
        columns += [Column(t("Revenue today"), number=True), Column(t("Difference"), number=True)]
    columns += [Column(t("Pieces today"), number=True), Column(t("Difference"), number=True)]
    if shares:
        columns += [Column(t("Share"), number=True, meaning=t("Of the whole, today → scenario."))]
    return data_table(about, columns, [_row(desk, one, money, shares) for one in found[:MOST_ROWS]])


def _row(desk: WhatIfDesk, part: Part, money: bool, shares: bool) -> list[Html | str]:
    ctx = desk.ctx
    cells: list[Html | str] = [named(wording.part_name(ctx, part, desk.names), "")]
    for one, unit in ((part.revenue, Unit.MONEY), (part.units, Unit.PIECES)):
        if unit is Unit.PIECES or money:
            cells.append(figure(one.baseline, unit, ctx.language))
            cells.append(
                wording.signed(ctx, one.difference, unit) if _sure(one)
                else "–" if not one.low and not one.high else ctx.t("cannot tell")
            )  # fmt: skip
    if shares:
        share = part.share
        cells.append("–" if share is None else " → ".join(
            ctx.language.show(Percent(value, 1)) for value in (share.baseline, share.scenario)
        ))  # fmt: skip
    return cells


def _sure(one: object) -> bool:
    return getattr(one, "verdict", Verdict.CANNOT_TELL) is not Verdict.CANNOT_TELL
