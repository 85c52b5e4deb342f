"""What matters most: levers and assumptions moved one at a time, the widest of each first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE, wrapped
from pages.components.charts.vega import Spec, label_above, layer, layered, nominal, tooltip
from smartreco.language import Language

MOST: Final = 8  # bars
ROOM: Final = 28  # pixels around the bars, which the drawing takes from them otherwise
WIDEST: Final = 52  # signs of a line of words, so that they fit on a phone


class Cause(NamedTuple):
    """One thing that is moved.

    ``low`` and ``high`` : of a lever both what it does alone; of an assumption what the whole
    does with it at its low and at its high value. ``words`` : both ends.
    """

    label: str
    low: float
    high: float
    words: str
    assumed: bool


def tornado(causes: Sequence[Cause], language: Language) -> Spec:
    """A bar each: a lever's from no change, an assumption's from its low to its high value.

    What the two colours mean stands above it in words: a legend inside takes its height.
    """
    t, shown = language.text, causes[:MOST]
    kinds = ["lever", "assumption"]
    frame = pd.DataFrame(
        [
            (f"{wrapped(_row(one), WIDEST)}" + "\u200b" * at, one.label, one.words,
             kinds[one.assumed], one.low if one.assumed else 0.0, one.high)
            for at, one in enumerate(shown)
        ],
        columns=["row", "label", "words", "kind", "start", "end"],
    )  # fmt: skip
    lines = 1 + int(frame["row"].str.count("\n").max())
    step = LINE * lines + 28
    axis = {**label_above(step, look.ink()), "labelExpr": "split(datum.label, '\\n')"}
    colours = nominal("kind", scale={"domain": kinds, "range": list(_colours())}, legend=None)
    flat = {"type": "quantitative", "axis": None}
    layers = [
        layer("none", {"type": "rule", "strokeDash": [4, 4], "color": look.ink(), "opacity": 0.35},
              {"x": {"field": "zero", **flat}}),
        layer("causes", {"type": "bar", "height": 12, "yOffset": LINE * lines + 10 - step / 2,
                         "minBandSize": 2},
              {"y": nominal("row", sort=None, axis=axis), "x": {"field": "start", **flat},
               "x2": {"field": "end"}, "color": colours,
               "tooltip": tooltip(label=t("What"), words=t("Difference"))}),
    ]  # fmt: skip
    none = pd.DataFrame({"zero": [0.0]})
    return layered(layers, step * len(frame) + ROOM, causes=frame, none=none)


def tornado_in_words(causes: Sequence[Cause], title: str) -> str:
    """The same for those who do not see it."""
    return f"{title}: " + "; ".join(_row(one) for one in causes[:MOST])


def _row(one: Cause) -> str:
    return f"{one.label}  {one.words}"


def _colours() -> tuple[str, str]:
    """Levers in the accent, assumptions in the cool colour."""
    return ("#0B6B5D", "#2F6DB5") if look.ink().startswith("#1") else ("#4DB8A4", "#6FA8E8")
