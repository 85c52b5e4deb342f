"""A product's demand above its stock, week by week: what was ordered, what comes, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import pandas as pd

from pages.components import look
from pages.components.charts.vega import (
    NARROW,
    Spec,
    colour,
    layer,
    layered,
    nominal,
    quantity,
    temporal,
    tooltip,
)
from smartreco.language import Language, Percent
from smartreco.workspace.vendor.supply_views import CourseWeek

HEIGHTS: Final = (230, 170)  # pixels of demand, its legend with it, and of stock
ROOM: Final = 40  # pixels for figures, so that both begin at one place
MIDDLE: Final = pd.Timedelta(days=3.5)
BAR: Final = pd.Timedelta(days=5.5)
WEEK: Final = pd.Timedelta(days=7)
PAST: Final = 13  # weeks shown


def asked_for(weeks: Sequence[CourseWeek], language: Language) -> Spec:
    """What shops ordered, what they missed, and what they are expected to ask for."""
    shown = _shown(weeks)
    behind, ahead = [w for w in shown if not w.ahead], [w for w in shown if w.ahead]
    return _demand(behind, ahead, _span(shown), language)


def stock_left(weeks: Sequence[CourseWeek], language: Language) -> Spec:
    """Free stock at the week's end if nothing more is ordered; over the same weeks."""
    shown = _shown(weeks)
    ahead = [one for one in shown if one.ahead and one.stock is not None]
    return _stock(ahead, _span(shown), language)


def asked_in_words(weeks: Sequence[CourseWeek], name: str, language: Language) -> str:
    """The first chart for those who do not see it."""
    t = language.text
    said = [
        t("week of {day}: {n} expected, likely {low} to {high}", day=one.begins,
          n=_pieces(one.forecast, language), low=_pieces(one.low, language),
          high=_pieces(one.high, language))
        for one in weeks if one.ahead and one.forecast is not None
    ]  # fmt: skip
    return f"{name}. " + "; ".join(said)


def left_in_words(weeks: Sequence[CourseWeek], name: str, language: Language) -> str:
    """The second chart for those who do not see it."""
    t, said = language.text, []
    for one in weeks:
        if one.ahead and one.stock is not None:
            words = t("week of {day}: {n} left", day=one.begins, n=_pieces(one.stock, language))
            if one.arrives:
                words = t("{words}, {n} arrive", words=words, n=round(one.arrives))
            said.append(words)
    return f"{name}. " + "; ".join(said)


def _shown(weeks: Sequence[CourseWeek]) -> list[CourseWeek]:
    behind = [one for one in weeks if not one.ahead][-PAST:]
    return [*behind, *(one for one in weeks if one.ahead)]


def _span(shown: Sequence[CourseWeek]) -> Spec:
    """One scale of time for both charts, so that a week stands above itself."""
    days = [shown[0].begins, shown[-1].begins + timedelta(days=7)]
    ends = [{"year": one.year, "month": one.month, "date": one.day} for one in days]
    return {"scale": {"domain": ends}}


def _demand(
    behind: Sequence[CourseWeek], ahead: Sequence[CourseWeek], span: Spec, language: Language
) -> Spec:
    t = language.text
    sold, missed = t("Ordered"), t("Missed, no stock")
    expected = t("Forecast, {share} band", share=Percent(0.8))
    bars = pd.DataFrame(
        [row for one in behind for row in _bar(one, sold, missed, language)],
        columns=["begins", "ends", "low", "pieces", "what", "day", "words"],
    )
    line = pd.DataFrame(
        [
            (pd.Timestamp(one.begins) + MIDDLE, one.forecast, one.low, one.high, expected,
             language.day(one.begins), _pieces(one.forecast, language),
             _between(one.low, one.high, language), _promotion(one, language))
            for one in ahead if one.forecast is not None
        ],
        columns=["week", "forecast", "low", "high", "what", "day", "words", "likely", "promotion"],
    )  # fmt: skip
    names = [sold, expected, *([missed] if (bars["what"] == missed).any() else [])]
    paint = colour("what", names, columns={"expr": f"width < {NARROW} ? 2 : 3"})
    above = {"x": temporal("week", **span), "color": paint}
    said = tooltip(day=t("Week of"), words=t("Pieces"), likely=t("Likely"),
                   promotion=t("Promotion"))  # fmt: skip
    layers = [
        layer("bars", {"type": "bar", "cornerRadius": 1},
              {"x": temporal("begins", **span), "x2": {"field": "ends"}, "y": _scaled("pieces"),
               "y2": {"field": "low"}, "color": paint,
               "tooltip": tooltip(day=t("Week of"), words=t("Pieces"))}),
        layer("line", {"type": "area", "opacity": 0.22, "interpolate": "monotone"},
              {**above, "y": _scaled("low"), "y2": {"field": "high"}}),
        layer("line", {"type": "line", "strokeWidth": 2.5, "point": True,
                       "interpolate": "monotone"},
              {**above, "y": _scaled("forecast"), "tooltip": said}),
    ]  # fmt: skip
    return layered(layers, HEIGHTS[0], bars=bars, line=line)


def _stock(ahead: Sequence[CourseWeek], span: Spec, language: Language) -> Spec:
    t = language.text
    left = t("Left, with its {share} band", share=Percent(0.8))
    frame = pd.DataFrame(
        [
            (pd.Timestamp(one.begins) + WEEK, one.stock, one.stock_low, one.stock_high, left,
             language.day((pd.Timestamp(one.begins) + WEEK).date()), _pieces(one.stock, language),
             _between(one.stock_low, one.stock_high, language))
            for one in ahead
        ],
        columns=["day", "stock", "low", "high", "what", "said", "words", "likely"],
    )  # fmt: skip
    arrivals = pd.DataFrame(
        [
            (pd.Timestamp(one.begins) + MIDDLE, one.arrives, t("+{n}", n=round(one.arrives)),
             t("{n} arrive in the week of {day}", n=round(one.arrives), day=one.begins))
            for one in ahead if one.arrives
        ],
        columns=["day", "pieces", "words", "said"],
    )  # fmt: skip
    paint = {**colour("what", [left]), "legend": None}  # its heading says what it is
    whole = {"x": temporal("day", **span), "color": paint}
    said = tooltip(said=t("Day"), words=t("Left"), likely=t("Likely"))
    ink = look.ink()
    over = {"x": temporal("day", **span), "tooltip": nominal("said", title=" ")}
    layers = [
        layer("stock", {"type": "area", "opacity": 0.22},
              {**whole, "y": _scaled("low"), "y2": {"field": "high"}}),
        layer("stock", {"type": "line", "strokeWidth": 2.5, "point": True},
              {**whole, "y": _scaled("stock"), "tooltip": said}),
        layer("arrivals", {"type": "rule", "strokeDash": [3, 3], "color": ink, "opacity": 0.5},
              over),
        layer("arrivals", {"type": "text", "align": "left", "baseline": "top", "dx": 4,
                           "fontSize": 12, "fontWeight": 600, "color": ink},
              {**over, "y": {"value": 0}, "text": nominal("words")}),
    ]  # fmt: skip
    return layered(layers, HEIGHTS[1], stock=frame, arrivals=arrivals)


def _scaled(name: str) -> Spec:
    pieces = quantity(name, 3)
    return {**pieces, "axis": {**pieces["axis"], "minExtent": ROOM}}


def _bar(
    one: CourseWeek, sold: str, missed: str, language: Language
) -> list[tuple[pd.Timestamp, pd.Timestamp, float, float, str, str, str]]:
    """What was ordered, and on top what would have been had there been any."""
    middle = pd.Timestamp(one.begins) + MIDDLE
    begins, ends = middle - BAR / 2, middle + BAR / 2
    base, day = one.sold or 0.0, language.day(one.begins)
    rows = [(begins, ends, 0.0, base, sold, day, language.show(round(base)))]
    if one.wanted is not None and one.wanted > base:
        more = language.text("about {n} missed", n=round(one.wanted - base))
        rows.append((begins, ends, base, one.wanted, missed, day, more))
    return rows


def _pieces(value: float | None, language: Language) -> str:
    return "–" if value is None else language.show(round(value))


def _between(low: float | None, high: float | None, language: Language) -> str:
    return f"{_pieces(low, language)} – {_pieces(high, language)}"


def _promotion(one: CourseWeek, language: Language) -> str:
    return language.text("{share} off", share=Percent(one.depth)) if one.depth else "–"
