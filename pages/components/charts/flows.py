"""Shops won and lost, quarter by quarter, and how many stayed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import NARROW, Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

HEIGHT: Final = 260  # pixels
ROOM: Final = 0.12  # of the scale, above and below the bars, for their words
MOST_NARROW: Final = 6  # quarters, from which on a phone has no room for words below each


class Flow(NamedTuple):
    """Shops of a quarter beside those of the one before."""

    quarter: str
    kept: int
    new: int
    back: int
    lost: int

    @property
    def won(self) -> int:
        """New ones and those that came back."""
        return self.new + self.back


def flow_bars(flows: Sequence[Flow], language: Language) -> Spec:
    """A bar a quarter: who came above the line, who left below it; who stayed in words."""
    names = flow_names(language)
    stayed = [language.text("{n} stayed", n=one.kept) for one in flows]
    labels = [f"{one.quarter}|{words}" for one, words in zip(flows, stayed, strict=True)]
    frame = pd.DataFrame(
        [
            (label, one.quarter, name, at, amount, language.number(abs(amount)), words)
            for one, label, words in zip(flows, labels, stayed, strict=True)
            for at, (name, amount) in enumerate(
                zip(names, (one.new, one.back, -one.lost), strict=True)
            )
        ],
        columns=["label", "quarter", "what", "order", "shops", "words", "stayed"],
    )
    ends = pd.DataFrame(
        [
            (label, end, f"{sign}{language.number(abs(end))}")
            for one, label in zip(flows, labels, strict=True)
            for end, sign in ((one.won, "+"), (-one.lost, "−"))
        ],
        columns=["label", "end", "words"],
    )
    narrow = (
        "slice(split(datum.label, '|')[0], 2)"
        if len(flows) > MOST_NARROW
        else ("split(datum.label, '|')[0]")
    )
    axis = {
        "title": None,
        "grid": False,
        "labelAngle": 0,
        "labelLimit": 0,
        "labelPadding": 10,
        "labelExpr": f"width < {NARROW} ? split({narrow}, ' ') : split(datum.label, '|')",
    }
    x = nominal("label", sort=labels, axis=axis, scale={"paddingInner": 0.35})
    up = {"type": "quantitative", "axis": None, "scale": {"domain": _scale(flows)}}
    legend = {"title": None, "orient": "top", "symbolOpacity": 1, "symbolType": "square"}
    bars = {
        "x": x, "y": {"field": "shops", **up, "stack": "zero"},
        "order": {"field": "order", "type": "quantitative"},
        "color": nominal("what", scale={"domain": names, "range": _colours()}, legend=legend),
        "tooltip": tooltip(quarter=" ", what=" ", words=language.text("Shops"), stayed=" "),
    }  # fmt: skip
    over: Spec = {"type": "text", "fontWeight": 600, "fontSize": 12, "color": look.ink()}
    said = {"x": x, "y": {"field": "end", **up}, "text": nominal("words")}
    layers = [
        layer("flows", {"type": "bar", "cornerRadiusEnd": 0}, bars),
        layer("above", {**over, "dy": -9}, said), layer("below", {**over, "dy": 9}, said),
    ]  # fmt: skip
    above, below = ends[ends["end"] > 0], ends[ends["end"] < 0]
    return layered(layers, HEIGHT, flows=frame, above=above, below=below)


def flows_in_words(flows: Sequence[Flow], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    said = (
        language.text("{quarter}: {kept} stayed, {new} new, {back} came back, {lost} lost",
                      **one._asdict())
        for one in flows
    )  # fmt: skip
    return f"{title}. " + "; ".join(said)


def flow_names(language: Language) -> list[str]:
    """What the parts of a bar are called."""
    return [language.text("new"), language.text("came back"), language.text("lost")]


def _scale(flows: Sequence[Flow]) -> list[float]:
    """From the most lost to the most won, and room for words."""
    most, least = max(one.won for one in flows), max(one.lost for one in flows)
    room = ROOM * max(most + least, 1)
    return [-least - room, most + room]


def _colours() -> list[str]:
    """Won is good, lost wants attention."""
    if look.ink().startswith("#1"):
        return ["#0B6B5D", "#2F6DB5", "#D0700F"]
    return ["#4DB8A4", "#6FA8E8", "#E8A45C"]
