"""How a product was ordered: a shop's own orders one by one, and all shops' week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import altair as alt
import pandas as pd

from pages.components.charts.theme import title_lines
from pages.components.charts.vega import AMOUNT
from smartreco.language import Language, Message, Money

HEIGHT: Final = 180  # pixels
PIECES = Message("{n} piece", "{n} pieces", "n")


class Purchase(NamedTuple):
    """One order: its day, pieces, and the price of one (0: not known)."""

    day: date
    quantity: int
    unit_price: float


def purchases(
    rows: Sequence[Purchase], until: date, title: str, language: Language
) -> alt.LayerChart:
    """The orders over time up to a day, so that the gap since the last one is seen too."""
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime([row.day for row in rows]),
            "pieces": [row.quantity for row in rows],
            "when": [language.day(row.day) for row in rows],
            "much": [language.say(PIECES, {"n": row.quantity}) for row in rows],
            "price": [
                language.show(Money(row.unit_price)) if row.unit_price else "–" for row in rows
            ],
            "what": language.text("Ordered"),
        }
    )
    span = [pd.Timestamp(min(row.day for row in rows)), pd.Timestamp(until)]
    day = alt.X(
        "day", type="temporal",
        scale=alt.Scale(domain=[one.isoformat() for one in span], nice=False),
        axis=alt.Axis(title=None, grid=False, labelOverlap=True, tickCount=6, labelFlush=True),
    )  # fmt: skip
    base = alt.Chart(frame).encode(
        x=day,
        y=alt.Y("pieces", type="quantitative", scale=alt.Scale(zero=True),
                axis=alt.Axis(title=None, tickCount=3, tickMinStep=1, labelExpr=AMOUNT)),
        color=alt.Color("what", type="nominal", legend=None),
        tooltip=[
            alt.Tooltip("when", type="nominal", title=language.text("Ordered on")),
            alt.Tooltip("much", type="nominal", title=language.text("Quantity")),
            alt.Tooltip("price", type="nominal", title=language.text("Price of one piece")),
        ],
    )  # fmt: skip
    stems = base.mark_rule(strokeWidth=2, opacity=0.55)
    heads = base.mark_point(filled=True, size=70, opacity=1)
    chart: alt.LayerChart = alt.layer(stems, heads).properties(
        title=title_lines(title), height=HEIGHT, background="transparent"
    )
    return chart


class Week(NamedTuple):
    """Pieces of one week, None where they are not to be shown; `monday` is its first day."""

    monday: date
    pieces: float | None


def weeks(rows: Sequence[Week], title: str, language: Language) -> alt.LayerChart:
    """A step a week, so that the course of a year is seen at a glance."""
    frame = pd.DataFrame(
        {
            "week": pd.to_datetime([row.monday for row in rows]),
            "pieces": pd.array([row.pieces for row in rows], dtype="Float64"),
            "when": [language.text("Week of {day}", day=row.monday) for row in rows],
            "much": [
                language.text("left blank") if row.pieces is None
                else language.say(PIECES, {"n": round(row.pieces)})
                for row in rows
            ],
            "what": language.text("Ordered"),
        }
    )  # fmt: skip
    axis = alt.Axis(title=None, grid=False, labelOverlap=True, tickCount=6)
    base = alt.Chart(frame).encode(
        x=alt.X("week", type="temporal", axis=axis),
        y=alt.Y("pieces", type="quantitative", scale=alt.Scale(zero=True),
                axis=alt.Axis(title=None, tickCount=3, tickMinStep=1, labelExpr=AMOUNT)),
        color=alt.Color("what", type="nominal", legend=None),
        tooltip=[
            alt.Tooltip("when", type="nominal", title=language.text("Week")),
            alt.Tooltip("much", type="nominal", title=language.text("Ordered")),
        ],
    )  # fmt: skip
    ground = base.mark_area(interpolate="step", opacity=0.25)
    edge = base.mark_line(interpolate="step", strokeWidth=2)
    chart: alt.LayerChart = alt.layer(ground, edge).properties(
        title=title_lines(title), height=HEIGHT, background="transparent"
    )
    return chart


def weeks_in_words(rows: Sequence[Week], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    pieces = [row.pieces for row in rows if row.pieces is not None]
    if not pieces:
        return language.text("{title}: all weeks are left blank", title=title)
    if len(pieces) < len(rows):
        return language.text(
            "{title}: {mean} on average of {n} weeks, the others are left blank",
            title=title, mean=sum(pieces) / len(pieces), n=len(pieces),
        )  # fmt: skip
    mean, last = sum(pieces) / len(pieces), sum(pieces[-4:]) / len(pieces[-4:])
    return language.text(
        "{title}: {mean} on average, {last} over the last four weeks",
        title=title, mean=mean, last=last,
    )  # fmt: skip


def purchases_in_words(rows: Sequence[Purchase], title: str, language: Language) -> str:
    """The same for those who do not see the chart: the newest orders."""
    newest = sorted(rows, key=lambda row: row.day)[-5:][::-1]
    said = "; ".join(
        f"{language.day(row.day)}, {language.say(PIECES, {'n': row.quantity})}" for row in newest
    )
    return language.text("{title}. The latest: {said}", title=title, said=said)
