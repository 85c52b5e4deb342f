"""Differences of several things side by side, each with its band around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import Spec, label_above, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 44  # pixels of one row: its words, then its band
ROOM: Final = 24  # pixels around the rows, which the drawing takes from them otherwise


class Banded(NamedTuple):
    """One thing: its difference and band in numbers and in words; ``group`` where two compare."""

    label: str
    difference: float
    low: float
    high: float
    words: str
    likely: str
    group: str = ""


def banded_rows(rows: Sequence[Banded], language: Language) -> Spec:
    """A point in its band a row, against a rule at no change."""
    t = language.text
    groups = list(dict.fromkeys(one.group for one in rows))
    frame = pd.DataFrame(rows, columns=list(Banded._fields))
    # a sign without width tells rows apart that are worded alike
    frame["row"] = [f"{_row(one)}" + "\u200b" * at for at, one in enumerate(rows)]
    frame["side"] = frame["group"] if len(groups) > 1 else [_side(one, language) for one in rows]
    colours: Spec = {"domain": groups} if len(groups) > 1 else {
        "domain": [t("more"), t("less"), t("cannot tell")], "range": _colours(),
    }  # fmt: skip
    down = LINE + 11 - STEP / 2
    y = nominal("row", sort=None, axis=label_above(STEP, look.ink()))
    paint = nominal("side", scale=colours, legend=None)
    said = tooltip(label=t("What"), words=t("Difference"), likely=t("Likely"))
    flat = {"axis": None}
    layers = [
        layer("none", {"type": "rule", "strokeDash": [4, 4], "color": look.ink(), "opacity": 0.35},
              {"x": {"field": "zero", "type": "quantitative", **flat}}),
        layer("rows", {"type": "bar", "height": 8, "yOffset": down, "opacity": 0.35,
                       "cornerRadius": 4},
              {"y": y, "x": {"field": "low", "type": "quantitative", **flat},
               "x2": {"field": "high"}, "color": paint, "tooltip": said}),
        layer("rows", {"type": "point", "filled": True, "size": 90, "opacity": 1,
                       "yOffset": down},
              {"y": y, "x": {"field": "difference", "type": "quantitative", **flat},
               "color": paint, "tooltip": said}),
    ]  # fmt: skip
    none = pd.DataFrame({"zero": [0.0]})
    return layered(layers, STEP * max(len(rows), 1) + ROOM, rows=frame, none=none)


def bands_in_words(rows: Sequence[Banded], title: str) -> str:
    """The same for those who do not see it."""
    return f"{title}: " + "; ".join(f"{_row(one)} ({one.likely})" for one in rows)


def _row(one: Banded) -> str:
    named = f"{one.label} · {one.group}" if one.group else one.label
    return f"{named}  {one.words}"


def _side(one: Banded, language: Language) -> str:
    if one.low > 0:
        return language.text("more")
    return language.text("less") if one.high < 0 else language.text("cannot tell")


def _colours() -> list[str]:
    """More, less, cannot tell: as changes are coloured everywhere."""
    if look.ink().startswith("#1"):
        return ["#0B6B5D", "#D0700F", "#66706B"]
    return ["#4DB8A4", "#E8A45C", "#9AA59F"]
