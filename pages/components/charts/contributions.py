"""A score as a sum of reasons: one bar an addend, with what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Final, NamedTuple

import altair as alt
import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE, signed, title_lines, wrapped
from smartreco.language import Language

MOST_BARS: Final = 5  # named addends; what is left shares one bar


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
            title=title_lines(_finding(shown, language)),
            height=step * len(frame),
        )
    )
    return chart


def in_words(rows: Sequence[Bar], score: float, language: Language) -> str:
    """The finding of the breakdown, for those who do not see the chart."""
    finding = _finding(_biggest(rows, language), language)
    return language.text(
        "{finding}; in all {score}", finding=finding, score=signed(score, language)
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
    amounts = [signed(row.contribution, language) for row in rows]
    return pd.DataFrame(
        {
            "label": [row.label for row in rows],
            "words": [  # a sign without width tells rows apart that are worded alike
                wrapped(f"{row.label}  {amount}") + "\u200b" * at
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


def _share(value: float, score: float, language: Language) -> str:
    return language.percent(value / score) if score else "–"
