"""Bars of a sum: each begins where the one before ended, under its words; the last is the sum."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 46  # pixels of one part: its words, then its bar
COLUMNS: Final = ["words", "label", "amount", "start", "end", "side"]


def sides(language: Language) -> list[str]:
    """What a bar does, in the order of their colours: it adds, is the sum, or takes."""
    return [language.text("adds"), language.text("sum"), language.text("takes")]


def running_sum(frame: pd.DataFrame, unit: str, language: Language, **scale: Any) -> Spec:
    """Bars of a frame with the `COLUMNS`.

    ``unit`` names the amounts where one is pointed at; ``scale`` says more of the colours.
    """
    label = {
        "title": None, "labelAlign": "left", "labelBaseline": "top", "labelPadding": 0,
        "labelOffset": 2 - STEP / 2, "labelLimit": 0, "labelColor": look.ink(), "grid": False,
    }  # fmt: skip
    encoding = {
        "y": nominal("words", sort=None, axis=label),
        "x": {"field": "start", "type": "quantitative", "axis": None},
        "x2": {"field": "end"},
        "color": nominal("side", scale={"domain": sides(language), **scale}, legend=None),
        "tooltip": tooltip(label=language.text("Part"), amount=unit),
    }
    mark: Spec = {"type": "bar", "height": 10, "yOffset": LINE + 10 - STEP / 2}
    return layered([layer("parts", mark, encoding)], STEP * len(frame), parts=frame)
