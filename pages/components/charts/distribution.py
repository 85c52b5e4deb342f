"""How far a vendor reaches, place by place: of shops, and of what shops buy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor
from typing import Any, Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import (
    Spec,
    colour,
    label_above,
    layer,
    layered,
    nominal,
    temporal,
    tooltip,
)
from smartreco.language import Language

STEP: Final = 44  # pixels of one place: its words, then its dots
ROOM: Final = 90  # pixels that are not rows: the legend and the scale
COURSE: Final = 240  # pixels of the course over time
CLOSE: Final = 0.05  # of all, in steps of which the scale over time begins and ends


class Reach(NamedTuple):
    """One place or product; shares 0..1, None where nothing of the category is bought there."""

    label: str
    numeric: float
    weighted: float | None
    about: str


class ReachWeek(NamedTuple):
    """One week, by its Monday."""

    monday: date
    numeric: float | None
    weighted: float | None


def distribution_dots(rows: Sequence[Reach], language: Language) -> Spec:
    """Two dots a row on one scale from none to all, and the line between them."""
    names = sides(language)
    frame = pd.DataFrame(
        [
            (f"{one.label}  {one.about}" + "\u200b" * at, one.label, side, share,
             language.percent(share), one.about)
            for at, one in enumerate(rows)
            for side, share in zip(names, (one.numeric, one.weighted), strict=True)
            if share is not None
        ],
        columns=["words", "label", "side", "share", "percent", "about"],
    )  # fmt: skip
    between = pd.DataFrame(
        [
            (f"{one.label}  {one.about}" + "\u200b" * at, one.numeric, one.weighted)
            for at, one in enumerate(rows)
            if one.weighted is not None
        ],
        columns=["words", "numeric", "weighted"],
    )
    label = label_above(STEP, look.ink())
    below = LINE + 8 - STEP / 2
    y = nominal("words", sort=None, axis=label)
    dots = {
        "y": y,
        "x": _share("share"),
        "color": colour("side", names),
        "tooltip": tooltip(label=" ", side=" ", percent=language.text("Share")),
    }
    rule: Spec = {"type": "rule", "yOffset": below, "strokeWidth": 2, "color": look.ink(),
                  "opacity": 0.3}  # fmt: skip
    dot: Spec = {"type": "circle", "yOffset": below, "size": 110, "opacity": 1}
    span = {"y": y, "x": _share("numeric"), "x2": {"field": "weighted"}}
    return layered(
        [layer("between", rule, span), layer("dots", dot, dots)], STEP * len(rows) + ROOM,
        between=between, dots=frame,
    )  # fmt: skip


def reach_course(weeks: Sequence[ReachWeek], language: Language) -> Spec:
    """Both shares week by week."""
    names = sides(language)
    frame = pd.DataFrame(
        [
            (pd.Timestamp(one.monday), language.text("Week of {day}", day=one.monday), side,
             share, language.percent(share, 1))
            for one in weeks
            for side, share in zip(names, (one.numeric, one.weighted), strict=True)
            if share is not None
        ],
        columns=["week", "day", "side", "share", "percent"],
    )  # fmt: skip
    scale = _around(frame["share"].tolist())
    ends = [scale[0], round(sum(scale) / 2, 3), scale[1]]
    axis = {"title": None, "values": ends, "format": "~%"}
    place = {
        "x": temporal("week"), "color": colour("side", names),
        "y": {"field": "share", "type": "quantitative", "axis": axis,
              "scale": {"domain": scale}},
    }  # fmt: skip
    hover = {**place, "tooltip": tooltip(day=" ", side=" ", percent=language.text("Share"))}
    line: Spec = {"type": "line", "strokeWidth": 2.5, "interpolate": "monotone"}
    points: Spec = {"type": "circle", "size": 90, "opacity": 0}
    return layered([layer("weeks", line, place), layer("weeks", points, hover)], COURSE,
                   weeks=frame)  # fmt: skip


def distribution_in_words(rows: Sequence[Reach], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    said = (f"{one.label}: {_both(one, language)}" for one in rows)
    return f"{title}. " + "; ".join(said)


def course_of_reach_in_words(weeks: Sequence[ReachWeek], title: str, language: Language) -> str:
    """First and last week, for those who do not see the chart."""
    known = [one for one in weeks if one.numeric is not None]
    if not known:
        return title
    said = (f"{language.day(one.monday)}: {_both(one, language)}" for one in (known[0], known[-1]))
    return f"{title}. " + "; ".join(said)


def sides(language: Language) -> list[str]:
    """What the two dots are called."""
    return [language.text("share of shops"), language.text("weighted by what they buy")]


def _both(one: Reach | ReachWeek, language: Language) -> str:
    shares = zip(sides(language), (one.numeric, one.weighted), strict=True)
    return ", ".join(
        f"{language.percent(share)} {side}" for side, share in shares if share is not None
    )


def _share(field: str) -> dict[str, Any]:
    axis = {"title": None, "orient": "top", "format": ".0%", "tickCount": 3}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"domain": [0, 1]}}


def _around(shares: list[float]) -> list[float]:
    """A scale that shows how shares move, and some room around them.

    >>> _around([0.62, 0.71])
    [0.55, 0.75]
    """
    if not shares:
        return [0.0, 1.0]
    low = max(floor((min(shares) - CLOSE / 2) / CLOSE) * CLOSE, 0.0)
    high = min(ceil((max(shares) + CLOSE / 2) / CLOSE) * CLOSE, 1.0)
    return [round(low, 2), round(high, 2)]
