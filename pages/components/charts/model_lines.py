"""Lines of several models over one axis, ours before the others, each named at its end.

A scoreboard draws everything that moves with something else this way, so that ours, the best
baseline and the rest look the same in each chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import Channel, Spec, layer, layered, nominal, tooltip

HEIGHT: Final = 300  # pixels
LABELS: Final = 128  # pixels right of the lines, for the names
LINE: Final = 17  # pixels that a name needs above the next
FIELDS: Final = ("line", "part", "x", "y", "low", "high", "said_x", "said_y", "order")


class Part(StrEnum):
    """What a line is to the reader."""

    OURS = "ours"
    BEST = "best"  # the baseline to beat
    OTHER = "other"
    EVEN = "even"  # no model: what all alike would look like


class Line(NamedTuple):
    """One model: places along it in numbers and words; ``anchor`` : height its name stands at."""

    name: str
    part: Part
    points: Sequence[Point]
    anchor: float | None = None


class Point(NamedTuple):
    """A place, its band where it has one, and both values in words."""

    x: float
    y: float
    said_x: str
    said_y: str
    low: float | None = None
    high: float | None = None


class Axes(NamedTuple):
    """What is drawn over what: titles, spans and marks of both axes."""

    x: str
    y: str
    across: tuple[float, float]
    up: tuple[float, float]
    x_axis: Spec
    y_axis: Spec
    logarithmic: bool = False


def model_lines(lines: Sequence[Line], axes: Axes, height: int = HEIGHT) -> Spec:
    """The chart; the last line of the sequence lies behind all others."""
    behind = sorted(lines, key=lambda one: list(Part).index(one.part), reverse=True)
    rows = pd.DataFrame(
        [
            (one.name, one.part.value, at.x, at.y, at.low, at.high, at.said_x, at.said_y, order)
            for one in behind
            for order, at in enumerate(one.points)
        ],
        columns=list(FIELDS),
    )
    place = {"x": _across(axes), "y": _up(axes, "y")}
    said = tooltip(line=" ", said_x=axes.x, said_y=axes.y)
    detail = {"detail": [nominal("line")], "order": {"field": "order", "type": "quantitative"}}
    paint = _paint()
    width = {"condition": [_where("ours", 3.5), _where("best", 2.5)], "value": 1.5}
    dash = {"condition": [_where("best", [7, 4]), _where("even", [2, 3])], "value": [1, 0]}
    banded = rows[rows["low"].notna()]
    layers = [
        layer("bands", {"type": "area", "opacity": 0.2},
              {**place, "y": _up(axes, "low"), "y2": {"field": "high"}, "color": paint,
               "detail": [nominal("line")]}),
        layer("rows", {"type": "line"},
              {**place, **detail, "color": paint, "strokeWidth": width, "strokeDash": dash}),
        layer("marks", {"type": "circle", "size": 60, "opacity": 1},
              {**place, "color": paint, "tooltip": said}),
        layer("rows", {"type": "circle", "size": 160, "opacity": 0}, {**place, "tooltip": said}),
        layer("names", {"type": "text", "align": "left", "dx": 9, "fontSize": 12,
                        "limit": LABELS - 8},
              {**place, "text": nominal("line"), "color": _paint(words=True)}),
    ]  # fmt: skip
    marks = rows[rows["part"].isin([Part.OURS, Part.BEST]) & (rows.groupby("line")["x"].transform(
        "size") <= 12)]  # fmt: skip
    names = _names(behind, axes, height)
    return layered(layers, height, bands=banded, rows=rows, marks=marks, names=names)


def apart(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights moved as little as it takes for each to be a gap above the next lower one.

    >>> apart([0.50, 0.51, 0.9], 0.1, 0.0, 1.0)
    [0.5, 0.6, 0.9]
    >>> apart([0.95, 0.96], 0.1, 0.0, 1.0)
    [0.9, 1.0]
    """
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = [0.0] * len(heights)
    floor = low
    for at in order:
        placed[at] = max(heights[at], floor)
        floor = placed[at] + gap
    ceiling = high
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling)
        ceiling = placed[at] - gap
    return [round(one, 6) for one in placed]


def _names(lines: Sequence[Line], axes: Axes, height: int) -> pd.DataFrame:
    """Where each line is named: in a column at the height of its end, moved off its neighbours."""
    drawn = [one for one in lines if one.points]
    ends = [one.points[-1].y if one.anchor is None else one.anchor for one in drawn]
    gap = (axes.up[1] - axes.up[0]) * LINE / height
    moved = apart(ends, gap, axes.up[0], axes.up[1])
    rows = [
        (one.name, one.part.value, axes.across[1], at) for one, at in zip(drawn, moved, strict=True)
    ]
    return pd.DataFrame(rows, columns=["line", "part", "x", "y"])


def _across(axes: Axes) -> Channel:
    """Left of the names; a logarithm where steps grow."""
    kind = {"type": "log"} if axes.logarithmic else {"zero": False}
    scale = {**kind, "domain": list(axes.across), "nice": False,
             "range": [0, {"expr": f"width - {LABELS}"}]}  # fmt: skip
    axis = {"title": axes.x, "titleAnchor": "start", "grid": False, **axes.x_axis}
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}


def _up(axes: Axes, field: str) -> Channel:
    scale = {"domain": list(axes.up), "nice": False, "zero": False}
    axis = {"title": axes.y, "tickCount": 4, "titleAngle": 0, "titleAlign": "left", "titleX": 0,
            "titleY": -10, **axes.y_axis}  # fmt: skip
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _where(part: str, value: Any) -> Spec:
    return {"test": f"datum.part === '{part}'", "value": value}


def _paint(*, words: bool = False) -> Channel:
    """Ours in the accent, the best baseline warm, the others quiet; words in darker tones."""
    light = look.ink().startswith("#1")
    ours, best = ("#0B6B5D", "#9A4E08" if words else "#D0700F") if light else (
        "#4DB8A4", "#E8A45C")  # fmt: skip
    quiet = ("#59635E" if light else "#A9B3AD") if words else ("#A3ABA6" if light else "#6C7771")
    even = look.ink() if words else ("#59635E" if light else "#A9B3AD")
    return {"condition": [_where("ours", ours), _where("best", best), _where("even", even)],
            "value": quiet}  # fmt: skip


def lines_in_words(lines: Sequence[Line], title: str, axes: Axes) -> str:
    """First and last place of each line, for those who do not see it."""
    said = (
        f"{one.name}: {axes.x} {one.points[0].said_x} – {axes.y} {one.points[0].said_y}, "
        f"{axes.x} {one.points[-1].said_x} – {axes.y} {one.points[-1].said_y}"
        for one in lines
        if one.points and one.part is not Part.EVEN
    )
    return f"{title}. " + "; ".join(said)


def span(
    values: Sequence[float], room: float = 0.06, floor: float = 0.0, top: float = 1.0
) -> tuple[float, float]:
    """From the least to the most with some room around them, within 0 and 1.

    >>> span([0.5, 0.7], room=0.05)
    (0.49, 0.71)
    """
    if not values:
        return floor, top
    low, high = min(values), max(values)
    more = max((high - low) * room, 0.005)
    return round(max(low - more, floor), 4), round(min(high + more, top), 4)
