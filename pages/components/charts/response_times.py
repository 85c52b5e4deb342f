"""How long people wait: the usual, the slow and the slowest hundredth of each use case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import Spec, label_above, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 46  # pixels of one row: its words, then its line
ROOM: Final = 44  # pixels around the rows, with the axis
LEAST: Final = 0.1  # milliseconds, below which all are alike


class Waited(NamedTuple):
    """One use case in milliseconds, and the same in words."""

    label: str
    p50: float
    p95: float
    p99: float
    words: str


def response_chart(rows: Sequence[Waited], language: Language) -> Spec:
    """A dot at the middle, a line to 99 of 100 with a mark at 95; each step is ten times."""
    t = language.text
    frame = pd.DataFrame(rows, columns=["label", "p50", "p95", "p99", "words"])
    for name in ("p50", "p95", "p99"):
        frame[name] = frame[name].clip(lower=LEAST)
    frame["row"] = [f"{one.label}  {one.words}" + "\u200b" * at for at, one in enumerate(rows)]
    y = nominal("row", sort=None, axis=label_above(STEP, look.ink()))
    below = LINE + 10 - STEP / 2
    accent = "#0B6B5D" if look.ink().startswith("#1") else "#4DB8A4"
    said = tooltip(label=" ", words=t("Half, 95 and 99 of 100 answers within"))

    def at(field: str) -> Spec:
        axis = {"title": t("Milliseconds"), "titleAnchor": "start", "tickCount": 4,
                "labelExpr": "format(datum.value, ',~r')",
                "values": [0.1, 1, 10, 100, 1000, 10_000, 100_000]}  # fmt: skip
        return {"field": field, "type": "quantitative", "axis": axis,
                "scale": {"type": "log", "nice": True}}  # fmt: skip

    tick: Spec = {"type": "tick", "height": 14, "thickness": 3, "yOffset": below, "color": accent}
    layers = [
        layer("rows", {"type": "rule", "strokeWidth": 3, "yOffset": below, "color": accent,
                       "opacity": 0.35},
              {"y": y, "x": at("p50"), "x2": {"field": "p99"}, "tooltip": said}),
        layer("rows", tick, {"y": y, "x": at("p95"), "tooltip": said}),
        layer("rows", {"type": "circle", "size": 110, "opacity": 1, "yOffset": below,
                       "color": accent},
              {"y": y, "x": at("p50"), "tooltip": said}),
    ]  # fmt: skip
    return layered(layers, STEP * max(len(frame), 1) + ROOM, rows=frame)


def response_in_words(rows: Sequence[Waited], title: str) -> str:
    """The same for those who do not see it."""
    return f"{title}. " + "; ".join(f"{one.label}: {one.words}" for one in rows)
