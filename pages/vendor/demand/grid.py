"""Region by category; for one who sells a single category, region by product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import charts
from pages.components.charts.heat_map import ACROSS, DOWN, PICK
from pages.components.figures import change_words
from pages.components.markup import place, tag
from pages.vendor import filter_bar
from pages.vendor.demand.visit import DemandVisit, chart_key, share

MOST: Final = 12  # rows
NAMES: Final = {"category": "category", "product": "product_id"}  # name of the filter: column


@dataclass(frozen=True)
class Grid:
    """Cells and the order they stand in; ``by``: the filter that a row sets, ``rows`` in all."""

    by: str
    cells: list[charts.Cell]
    across: list[str]
    down: list[str]
    rows: int


def read(visit: DemandVisit) -> Grid | None:
    """The grid; None where it would be a single row or column."""
    who, vendor_id, wanted = visit.ctx.principal, visit.vendor_id, visit.wanted
    grid = _grid(visit, "category", visit.demand.heat(who, vendor_id, wanted).rows)
    if len(grid.down) < 2:
        grid = _grid(visit, "product", visit.demand.heat_of_products(who, vendor_id, wanted).rows)
    return grid if len(grid.down) > 1 and len(grid.across) > 1 else None


def draw(visit: DemandVisit, grid: Grid) -> None:
    """The chart; a cell that is picked filters the page."""
    t, language = visit.ctx.t, visit.ctx.language
    best = max(grid.cells, key=lambda one: one.value)
    title = t("Most demand: {what} in {region}", what=best.down_name, region=best.across_name)
    words = t("Value by region and category.")
    if grid.by == "product":
        words = t("Value by region and product.")
    if grid.rows > MOST:
        words = t("{words} The {n} largest of {all}.", words=words, n=MOST, all=grid.rows)
    with st.container(key="sr-figure-heat", gap="small"):
        place(tag("h2", title, cls="finding"))
        place(
            tag(
                "p",
                t(
                    "{words} The stronger the colour, the more. Pick a cell to look at it alone.",
                    words=words,
                ),
                cls="small",
            )
        )
        charts.draw_picking(
            charts.heat_map(grid.cells, grid.across, grid.down, language),
            charts.heat_in_words(grid.cells, title, language), chart_key("heat", visit), PICK,
            _take_product if grid.by == "product" else _take_category,
        )  # fmt: skip


def _grid(visit: DemandVisit, by: str, rows: pd.DataFrame) -> Grid:
    """The largest rows, all regions; both by value."""
    column = NAMES[by]
    rows = rows[rows["value"] > 0]
    regions = _largest(rows, "region")
    goods = _largest(rows, column)
    kept = rows[rows[column].isin(goods[:MOST])].to_dict("records")
    cells = [_cell(visit, one, column) for one in kept]
    names = {one.down: one.down_name for one in cells}
    return Grid(
        by, cells, [visit.place(one) for one in regions],
        [names[one] for one in goods[:MOST]], len(goods),
    )  # fmt: skip


def _largest(rows: pd.DataFrame, column: str) -> list[str]:
    sums = rows.groupby(column)["value"].sum().sort_values(ascending=False, kind="stable")
    return [str(one) for one in sums.index]


def _cell(visit: DemandVisit, one: dict[Any, Any], column: str) -> charts.Cell:
    region, what, value = str(one["region"]), str(one[column]), float(one["value"])
    return charts.Cell(
        region, what, visit.place(region), visit.place(str(one.get("name", what))), value,
        visit.ctx.language.compact_money(value),
        change_words(share(one["change_share"]), visit.ctx.language),
    )  # fmt: skip


def _take_category(picked: list[dict[str, str]]) -> None:
    _take(picked, "category")


def _take_product(picked: list[dict[str, str]]) -> None:
    _take(picked, "product")


def _take(picked: list[dict[str, str]], name: str) -> None:
    one = picked[-1] if picked else {}
    if ACROSS in one and DOWN in one:
        filter_bar.put_all({"region": [one[ACROSS]], name: [one[DOWN]]})
