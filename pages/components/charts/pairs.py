"""Figures of several things before and after."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final, NamedTuple

import altair as alt
import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from smartreco.language import Language

MOST_PAIRS: Final = 6  # things that a chart of before and after names
PAIR_STEP: Final = 44  # pixels of each
WIDEST_NAME: Final = 26  # signs of a name beside its figures


class Pair(NamedTuple):
    """A figure of one thing before and after."""

    label: str
    before: float
    after: float


def before_and_after(rows: Sequence[Pair], title: str, language: Language) -> alt.LayerChart:
    """One line a thing: a quiet dot before, a full one after, and the figures below the name."""
    frame = pd.DataFrame(
        [(_pair_words(row, language), row.before, row.after, "after") for row in rows],
        columns=["words", "before", "after", "side"],
    )
    lines = "split(datum.label, '\\n')"
    axis = alt.Axis(
        title=None, labelLimit=0, labelOverlap=False, labelColor=look.ink(), labelExpr=lines,
        labelOffset=-LINE / 2, grid=False,
    )  # fmt: skip
    base = alt.Chart(frame).encode(y=alt.Y("words", type="nominal", sort=None, axis=axis))
    before = alt.X("before", type="quantitative", axis=None, scale=alt.Scale(zero=False))
    span = base.mark_rule(strokeWidth=2, color=look.ink(), opacity=0.35).encode(
        x=before, x2="after"
    )
    was = base.mark_point(size=60, filled=True, color=look.ink(), opacity=0.45).encode(x=before)
    now = base.mark_point(size=110, filled=True, opacity=1).encode(
        x=alt.X("after", type="quantitative", axis=None),
        color=alt.Color("side", type="nominal", legend=None),  # the first of the theme
    )
    chart: alt.LayerChart = alt.layer(span, was, now).properties(
        title=title, height=PAIR_STEP * len(rows) + 10, background="transparent"
    )
    return chart


def pairs_in_words(rows: Sequence[Pair], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    return f"{title}: " + "; ".join(_pair_words(row, language).replace("\n", " ") for row in rows)


def _pair_words(row: Pair, language: Language) -> str:
    before, after = language.number(row.before, 2), language.number(row.after, 2)
    label = textwrap.shorten(row.label, WIDEST_NAME, placeholder=" …")
    return f"{label}\n{before} → {after}"
