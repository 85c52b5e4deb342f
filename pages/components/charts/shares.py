"""Shares with their intervals side by side or over time, and what was said beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import (
    DATES,
    Channel,
    Spec,
    layer,
    layered,
    nominal,
    temporal,
    tooltip,
)
from smartreco.language import Language

HEIGHT: Final = 220  # pixels
PERCENT: Final = {"title": None, "tickCount": 4, "labelExpr": "format(datum.value, '.0%')"}


class SharePoint(NamedTuple):
    """One share; without enough data ``share``, ``low`` and ``high`` are None.

    ``at`` : a label, or a day where time runs. ``said`` : what was stated of the same lines.
    """

    at: str | date
    share: float | None
    low: float | None
    high: float | None
    lines: int
    said: float | None = None


def share_points(points: Sequence[SharePoint], language: Language) -> Spec:
    """A point in its interval each; a tick where something was said of it."""
    known = [one for one in points if one.share is not None]
    frame = pd.DataFrame(
        [
            (one.at, one.share, one.low, one.high, one.said, _words(one, language),
             language.number(one.lines))
            for one in known
        ],
        columns=["at", "share", "low", "high", "said", "words", "lines"],
    )  # fmt: skip
    over_time = bool(known) and isinstance(known[0].at, date)
    if over_time:
        frame["at"] = pd.to_datetime(frame["at"])
    x = temporal("at", axis=DATES) if over_time else _label(points)
    y: Channel = {"type": "quantitative", "axis": PERCENT, "scale": {"zero": True}}
    said = tooltip(words=language.text("Share"), lines=language.text("Lines"))
    paint, quiet = {"value": _colours()[0]}, {"value": _colours()[1]}
    layers = [
        layer("shares", {"type": "rule", "strokeWidth": 3, "opacity": 0.35},
              {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}, "color": paint,
               "tooltip": said}),
        layer("shares", {"type": "point", "filled": True, "size": 70, "opacity": 1},
              {"x": x, "y": {"field": "share", **y}, "color": paint, "tooltip": said}),
        layer("stated", {"type": "tick", "thickness": 3, "width": 22, "orient": "horizontal"},
              {"x": x, "y": {"field": "said", **y}, "color": quiet, "tooltip": said}),
    ]  # fmt: skip
    return layered(layers, HEIGHT, shares=frame, stated=frame[frame["said"].notna()])


def shares_in_words(points: Sequence[SharePoint], title: str, language: Language) -> str:
    """The same for those who do not see it."""
    said = []
    for one in points:
        at = language.day(one.at) if isinstance(one.at, date) else one.at
        said.append(f"{at} {_words(one, language)}")
    return f"{title}: " + "; ".join(said)


def _label(points: Sequence[SharePoint]) -> Channel:
    order = [str(one.at) for one in points]
    axis = {"title": None, "labelAngle": 0, "labelColor": look.ink(), "grid": False}
    return nominal("at", sort=order, scale={"domain": order}, axis=axis)


def _words(one: SharePoint, language: Language) -> str:
    if one.share is None or one.low is None or one.high is None:
        return language.text("not enough data")
    words = language.text(
        "{share} ({low} to {high})", share=language.percent(one.share, 1),
        low=language.percent(one.low, 1), high=language.percent(one.high, 1),
    )  # fmt: skip
    if one.said is None:
        return words
    return language.text("{words}; said {said}", words=words, said=language.percent(one.said, 1))


def _colours() -> tuple[str, str]:
    """What came, what was said."""
    return ("#0B6B5D", "#D0700F") if look.ink().startswith("#1") else ("#4DB8A4", "#E8A45C")
