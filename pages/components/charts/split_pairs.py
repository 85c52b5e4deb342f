"""The same models judged in two ways: by what came next, and by purchases drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import Spec, colour, label_above, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 46  # pixels of one row: its words, then its line
ROOM: Final = 62  # pixels around the rows, with the legend


class SplitPair(NamedTuple):
    """One model's figure in both, and their difference in words."""

    label: str
    time: float
    random: float
    words: str


def split_pairs(rows: Sequence[SplitPair], language: Language) -> Spec:
    """Two dots a model and the way between them."""
    names = [language.text("time split"), language.text("random split")]
    label = [f"{one.label}  {one.words}" + "\u200b" * at for at, one in enumerate(rows)]
    dots = pd.DataFrame(
        [
            (row, one.label, side, value, language.number(value, 3))
            for row, one in zip(label, rows, strict=True)
            for side, value in zip(names, (one.time, one.random), strict=True)
        ],
        columns=["row", "label", "side", "value", "said"],
    )
    ways = pd.DataFrame(
        {"row": label, "time": [one.time for one in rows], "random": [one.random for one in rows]}
    )
    y = nominal("row", sort=None, axis=label_above(STEP, look.ink()))
    below = LINE + 10 - STEP / 2
    flat: Spec = {"type": "quantitative", "axis": None, "scale": {"zero": False, "padding": 12}}
    rule: Spec = {"type": "rule", "strokeWidth": 2, "yOffset": below, "color": look.ink(),
                  "opacity": 0.35}  # fmt: skip
    paint = colour("side", names, symbolSize=90)
    layers = [
        layer("ways", rule, {"y": y, "x": {"field": "time", **flat}, "x2": {"field": "random"}}),
        layer("dots", {"type": "point", "filled": True, "size": 120, "opacity": 1,
                       "yOffset": below},
              {"y": y, "x": {"field": "value", **flat}, "color": paint,
               "shape": {**paint, "scale": {"domain": names, "range": ["circle", "diamond"]}},
               "tooltip": tooltip(label=" ", side=" ", said="NDCG")}),
    ]  # fmt: skip
    return layered(layers, STEP * max(len(rows), 1) + ROOM, ways=ways, dots=dots)


def split_pairs_in_words(rows: Sequence[SplitPair], title: str, language: Language) -> str:
    """The same for those who do not see it."""
    said = (
        f"{one.label}: {language.number(one.time, 3)} → {language.number(one.random, 3)}"
        for one in rows
    )
    return f"{title}. " + "; ".join(said)
