"""Two questions about lists side by side: what each does to a list of the same shops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from pages.analyst.rule_form import LISTS
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, place, tag
from pages.context import Context
from pages.product_manager.what_if import wording
from pages.product_manager.what_if.desk import WhatIfDesk
from smartreco.language import Percent
from smartreco.recommend.rules.effects import Change, RulesPreview
from smartreco.workspace.scenario.views import ComparedList, Comparison


class Figure(NamedTuple):
    """One figure of a list; ``size`` : what it is shown times, ``digits`` : of it."""

    name: str
    label: str
    of: Callable[[RulesPreview], Change]
    size: float
    digits: int


FIGURES: Final = (
    Figure("orders", "Orders expected of a list in 4 weeks", lambda one: one.orders, 1.0, 2),
    Figure("margin", "Mean margin, %", lambda one: one.margin, 100.0, 1),
    Figure("variety", "Variety", lambda one: one.variety, 1.0, 2),
)
ORDERS, MARGIN = FIGURES[:2]


def only(found: Comparison) -> bool:
    """Whether either question moves nothing but lists, so that demand is as it was."""
    sides = (found.left, found.right)
    return bool(found.lists) and all(
        wording.lists_only(one) or not one.scenario.levers for one in sides
    )


def answer(desk: WhatIfDesk, found: Comparison) -> str:
    """The first figure of the first list that tells them apart, dearest first."""
    t, left, right = desk.ctx.t, found.left.scenario.name, found.right.scenario.name
    for one in found.lists:
        for figure in (ORDERS, MARGIN):
            ends = [None if side is None else figure.of(side) for side in (one.left, one.right)]
            if not _apart(*ends):
                continue
            higher = _mean(ends[0]) > _mean(ends[1])
            more, less = (left, right) if higher else (right, left)
            return t("{list}, {figure}: more with “{more}” than with “{less}”",
                     list=t(LISTS[one.list.value]), figure=_lowered(t(figure.label)), more=more,
                     less=less)  # fmt: skip
    return t("What “{left}” and “{right}” do to lists cannot be told apart", left=left,
             right=right)  # fmt: skip


def draw(desk: WhatIfDesk, found: Comparison) -> None:
    """A table a list."""
    t = desk.ctx.t
    for one in found.lists:
        name = t(LISTS[one.list.value])
        columns = (
            Column(name), Column(t("Today"), number=True), Column("A", number=True),
            Column("B", number=True),
            Column(t("Told apart"), number=True,
                   meaning=t("Their bands have nothing in common: nineteen of twenty draws of "
                             "shops lie inside each.")),
        )  # fmt: skip
        rows = [_changed(desk.ctx, one), *(_row(desk.ctx, one, figure) for figure in FIGURES)]
        with st.container(key=f"sr-data-compared-{one.list.value}"):
            place(data_table(name, columns, rows))


def table(found: Comparison) -> pd.DataFrame:
    """A row a list and figure."""
    rows = []
    for one in found.lists:
        for figure in FIGURES:
            sides = [None if side is None else figure.of(side) for side in (one.left, one.right)]
            known = next((side.before for side in sides if side is not None), np.nan)
            rows.append(
                (one.list.value, figure.name, known, *_ends(sides[0]), *_ends(sides[1]),
                 "yes" if _apart(*sides) else "no")
            )  # fmt: skip
    names = [f"{side}_{name}" for side in ("left", "right") for name in
             ("difference", "low", "high")]  # fmt: skip
    return pd.DataFrame(rows, columns=["list", "figure", "today", *names, "apart"])


def _changed(ctx: Context, one: ComparedList) -> list[Html | str]:
    said = [
        ctx.t("not moved") if side is None else ctx.language.show(Percent(side.changed))
        for side in (one.left, one.right)
    ]
    return [tag("span", ctx.t("Lists that change"), cls="name"), "–", *said, "–"]


def _row(ctx: Context, one: ComparedList, figure: Figure) -> list[Html | str]:
    sides = [None if side is None else figure.of(side) for side in (one.left, one.right)]
    known = next((side for side in sides if side is not None and side.difference.shops), None)
    before = "–" if known is None else ctx.language.number(
        known.before * figure.size, figure.digits
    )  # fmt: skip
    return [
        tag("span", ctx.t(figure.label), cls="name"), before,
        *(_cell(ctx, side, figure) for side in sides),
        ctx.t("yes") if _apart(*sides) else ctx.t("no"),
    ]  # fmt: skip


def _cell(ctx: Context, side: Change | None, figure: Figure) -> Html:
    if side is None or not side.difference.shops:
        said = ctx.t("not moved") if side is None else ctx.t("not known")
        return tag("span", said, cls="small")
    one = side.difference
    low, mean, high = (
        _signed(ctx, value * figure.size, figure.digits) for value in (one.low, one.mean, one.high)
    )
    if one.low == one.high == 0:
        return tag("span", ctx.t("no change"), cls="small")
    sure = one.low > 0 or one.high < 0
    first = tag("b", mean) if sure else tag("span", ctx.t("cannot tell"), cls="small")
    band = ctx.t("{low} to {high}", low=low, high=high)
    return tag("span", first, tag("span", band, cls="small block"))


def _signed(ctx: Context, value: float, digits: int) -> str:
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return sign + ctx.language.number(abs(value), digits)


def _ends(one: Change | None) -> tuple[float, float, float]:
    if one is None:
        return 0.0, 0.0, 0.0
    return one.difference.mean, one.difference.low, one.difference.high


def _mean(one: Change | None) -> float:
    return _ends(one)[0]


def _apart(left: Change | None, right: Change | None) -> bool:
    """Whether bands have nothing in common: more careful than need be."""
    (_, low, high), (_, other_low, other_high) = _ends(left), _ends(right)
    return low > other_high or other_low > high


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
