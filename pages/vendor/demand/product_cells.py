"""Cells of the assortment table: classes as letters, shares, weeks of cover, what was missed."""

from __future__ import annotations

from math import isinf
from typing import Any, Final

import pandas as pd

from pages.components import cards
from pages.components.data_table import named
from pages.components.markup import Html, tag
from pages.vendor.demand.visit import DemandVisit
from smartreco.language import Language, Message, Percent

SHORT_COVER: Final = 2.0  # weeks of stock, below which it is said in the warm colour
LONG_COVER: Final = 52.0  # weeks, from which on it is not counted
OUT: Final = Message("{n} week out", "{n} weeks out", "n")


def row(visit: DemandVisit, one: dict[Any, Any]) -> list[Html | str]:
    """A product, as `smartreco.workspace.vendor.demand_views.Assortment` holds it."""
    t, language = visit.ctx.t, visit.ctx.language
    about = visit.place(str(one["category"]))
    if not one["active"]:
        about = t("{category} · no longer offered", category=about)
    return [
        named(cards.calm(str(one["name"])), about), _classes(visit, one),
        tag("b", language.compact_money(float(one["value"]))), _share(one["share"], language),
        language.number(float(one["shops"])), _share(one["sell_through"], language),
        _cover(visit, one["cover_weeks"]), _lost(visit, one),
    ]  # fmt: skip


def _classes(visit: DemandVisit, one: dict[Any, Any]) -> Html:
    """ABC by value and XYZ by evenness, as two letters."""
    xyz = one["xyz"] if isinstance(one["xyz"], str) else ""
    abc = one["abc"] if isinstance(one["abc"], str) else "–"
    return tag("span", tag("span", abc, cls="chip good" if abc == "A" else "chip"), " ",
               tag("span", xyz, cls="chip") if xyz else None)  # fmt: skip


def _share(value: Any, language: Language) -> str:
    return "–" if pd.isna(value) else language.show(Percent(float(value)))


def _cover(visit: DemandVisit, weeks: Any) -> Html | str:
    if pd.isna(weeks):
        return "–"
    if isinf(weeks):
        return visit.ctx.t("not selling")
    if weeks >= LONG_COVER:
        return visit.ctx.t("over a year")
    words = visit.ctx.t("{n} weeks", n=round(float(weeks), 1))
    return tag("span", words, cls="warm-words" if float(weeks) < SHORT_COVER else None)


def _lost(visit: DemandVisit, one: dict[Any, Any]) -> Html | str:
    if pd.isna(one["lost_value"]):
        return "–"
    if not one["lost_value"]:
        return visit.ctx.t("none")
    words = visit.ctx.language.compact_money(float(one["lost_value"]))
    weeks = visit.ctx.language.say(OUT, {"n": int(one["out_weeks"])})
    return tag(
        "span", tag("b", words, cls="warm-words"), " ", tag("span", weeks, cls="small block")
    )
