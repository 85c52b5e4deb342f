"""Every chart of the product: one theme, one file of builders.

Colours come from the palette in `.streamlit/config.toml` (first: for, second:
against, third: total), so they follow light and dark. Encodings are objects,
never shorthand strings, which cost 11 ms a chart. Numbers are put into words
here, in the reader's locale; Vega only places them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import fsum
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
import streamlit as st

from pages.components import look
from smartreco.language import Language

FONT = "Figtree, 'Noto Sans Devanagari', 'Segoe UI', sans-serif"
CONFIG: dict[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 15, "fontWeight": 600, "offset": 14},
    "axis": {"domain": False, "ticks": False, "labelFontSize": 12, "titleFontSize": 12,
             "titleFontWeight": 500, "gridOpacity": 0.5, "labelPadding": 6},
    "bar": {"cornerRadiusEnd": 3},
    "text": {"fontSize": 13},
}  # fmt: skip

WIDEST_TITLE = 38  # signs a line of a title: it is larger, and has to fit on a phone as well
WIDEST_LABEL = 56  # signs a line of a direct label; longer ones take a second line
MOST_BARS = 5  # named addends; what is left shares one bar
LINE = 16  # pixels of a line of a label
MOST_PAIRS = 6  # things that a chart of before and after names
PAIR_STEP = 44  # pixels of each
WIDEST_NAME = 26  # signs of a name beside its figures


class Bar(NamedTuple):
    """One addend in words, in points of score; ``rest`` stands for many too small to name."""

    label: str
    contribution: float
    rest: bool = False


def contribution_bars(rows: Sequence[Bar], score: float, language: Language) -> alt.Chart:
    """The addends of a score, biggest first, with their sum as the last bar.

    What is not among the `MOST_BARS` biggest named ones is summed into one, so
    that what is drawn always adds up to ``score``. Labels stand above their
    bars, so that a sentence fits on a phone.
    """
    shown = _biggest(rows, language)
    domain = [language.text("for it"), language.text("against it"), language.text("sum")]
    frame = _frame([*shown, Bar(language.text("Score, the sum"), score)], domain, language)
    lines = 1 + int(frame["words"].str.count("\n").max())
    step = LINE * lines + 30
    label = alt.Axis(
        title=None, labelAlign="left", labelBaseline="top", labelPadding=0,
        labelOffset=2 - step / 2, labelLimit=0, labelFontSize=12, labelColor=look.ink(),
        labelExpr="split(datum.label, '\\n')",
    )  # fmt: skip
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_bar(height=10, yOffset=LINE * lines + 10 - step / 2)
        .encode(
            y=alt.Y("words", type="nominal", sort=None, axis=label),
            x=alt.X("contribution", type="quantitative", axis=None),
            color=alt.Color("side", type="nominal", scale=alt.Scale(domain=domain), legend=None),
            tooltip=[
                alt.Tooltip("label", type="nominal", title=language.text("Reason")),
                alt.Tooltip("amount", type="nominal", title=language.text("Points of score")),
                alt.Tooltip("share", type="nominal", title=language.text("Of the score")),
            ],
        )
        .properties(
            title=_wrapped(_finding(shown, language), WIDEST_TITLE).split("\n"),
            height=step * len(frame),
        )
    )
    return chart


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


def draw(chart: alt.Chart | alt.LayerChart, alternative: str) -> None:
    """Put a chart on the page in the one theme; ``alternative`` says it in words."""
    themed = chart.configure(**CONFIG)
    st.altair_chart(themed, width="stretch", alt=alternative)


def in_words(rows: Sequence[Bar], score: float, language: Language) -> str:
    """The finding of the breakdown, for those who do not see the chart."""
    finding = _finding(_biggest(rows, language), language)
    return language.text(
        "{finding}; in all {score}", finding=finding, score=_signed(score, language)
    )


def _biggest(rows: Sequence[Bar], language: Language) -> list[Bar]:
    named = sorted((row for row in rows if not row.rest), key=lambda row: -abs(row.contribution))
    head, tail = named[:MOST_BARS], [*named[MOST_BARS:], *(row for row in rows if row.rest)]
    if not tail:
        return head
    together = language.text("All smaller reasons together")
    return [*head, Bar(together, fsum(row.contribution for row in tail), True)]


def _frame(rows: Sequence[Bar], sides: Sequence[str], language: Language) -> pd.DataFrame:
    score = rows[-1].contribution
    for_it, against, total = sides
    side = [for_it if row.contribution >= 0 else against for row in rows[:-1]]
    amounts = [_signed(row.contribution, language) for row in rows]
    return pd.DataFrame(
        {
            "label": [row.label for row in rows],
            "words": [  # a sign without width tells rows apart that are worded alike
                _wrapped(f"{row.label}  {amount}") + "\u200b" * at
                for at, (row, amount) in enumerate(zip(rows, amounts, strict=True))
            ],
            "amount": amounts,
            "share": [_share(row.contribution, score, language) for row in rows],
            "contribution": [row.contribution for row in rows],
            "side": [*side, total],
        }
    )


def _finding(shown: Sequence[Bar], language: Language) -> str:
    first = next((row.label for row in shown if not row.rest), "")
    return language.text("Counts most: {reason}", reason=first) if first else ""


def _wrapped(label: str, widest: int = WIDEST_LABEL) -> str:
    return "\n".join(textwrap.wrap(label, widest, max_lines=2, placeholder=" …"))


def _signed(value: float, language: Language) -> str:
    sign = "−" if value < 0 else "+"
    return f"{sign}{language.number(abs(value), 2)}"


def _share(value: float, score: float, language: Language) -> str:
    return language.percent(value / score) if score else "–"
