"""Distribution place by place or product by product, as a table."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import messages
from pages.components.data_table import Column, data_table, named
from pages.components.figures import LEAST_POINTS, points_words, tone
from pages.components.markup import Html, place, tag
from pages.vendor.reach.visit import ReachVisit, present

ROWS: Final = 25


def draw(visit: ReachVisit, split: str, rows: list[dict[Any, Any]]) -> None:
    """The first of the rows, in the order that they come in."""
    many, rows = len(rows), rows[:ROWS]
    t = visit.ctx.t
    columns = (
        Column(t("Product") if split == "product" else t("Where")), Column(t("Shops"), True),
        Column(t("Of shops"), True, t("Numeric distribution")),
        Column(t("Weighted"), True, t("Weighted distribution")),
        Column(t("Sold a week in each"), True, t("Value a week at a shop that bought")),
        Column(t("Change"), True, t("Of numeric distribution, in points")),
    )  # fmt: skip
    with st.container(key="sr-data-reach"):
        place(data_table(t("Distribution"), columns, [_row(visit, split, row) for row in rows]))
    if many > len(rows):
        messages.note(t("The first {n} of {many}; the file holds all.", n=len(rows), many=many))


def _row(visit: ReachVisit, split: str, row: dict[Any, Any]) -> list[Html | str]:
    language = visit.ctx.language
    about = visit.goods(row["category"]) if split == "product" else ""
    change, velocity = share(row["change"]), share(row["velocity"])
    weighted = share(row["weighted"])
    return [
        named(label(visit, split, row), about),
        visit.ctx.t("{n} of {all}", n=int(row["shops"]), all=int(row["universe"])),
        language.percent(float(row["numeric"])),
        "–" if weighted is None else language.percent(weighted),
        "–" if velocity is None else language.money(velocity),
        tag(
            "span",
            "–" if change is None else points_words(change, language),
            cls=tone(change, True, LEAST_POINTS),
        ),
    ]


def label(visit: ReachVisit, split: str, row: dict[Any, Any]) -> str:
    """What a row is of."""
    if split == "product":
        return visit.goods(row["name"])
    if split == "segment":
        return visit.segment(present(row["segment"]))
    region = visit.region(present(row["region"]))
    if split == "region" or present(row["region"]) is None:
        return region
    return f"{visit.city(present(row['city']))}, {region}"


def share(value: Any) -> float | None:
    """A share of a frame; None where it is missing."""
    return None if value is None or pd.isna(value) else float(value)
