"""A series taken apart: one small chart a part, over the same weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from pages.components.charts.vega import Spec, layer, nominal, quantity, temporal, tooltip
from smartreco.language import Language

HEIGHT: Final = 92  # pixels of each part
ROOM: Final = 44  # pixels for figures, so that the charts begin at one place


def decomposition(
    weeks: pd.DatetimeIndex, parts: Mapping[str, Sequence[float]], language: Language
) -> Spec:
    """Lines of the parts below each other; ``parts`` are in words and in this order."""
    days = [language.day(one.date()) for one in weeks]
    frames = {
        f"part-{at}": pd.DataFrame(
            {
                "week": weeks, "pieces": values, "day": days, "part": name,
                "words": [language.show(float(one)) for one in values],
            }
        )
        for at, (name, values) in enumerate(parts.items())
    }  # fmt: skip
    charts = [_one(f"part-{at}", name, language) for at, name in enumerate(parts)]
    return {
        "vconcat": charts, "spacing": 14, "datasets": frames, "background": "transparent",
        "resolve": {"scale": {"color": "independent"}},
    }  # fmt: skip


def _one(data: str, name: str, language: Language) -> Spec:
    pieces = quantity("pieces", 3, scale={"zero": False})
    encoding = {
        "x": temporal("week"),
        "y": {**pieces, "axis": {**pieces["axis"], "minExtent": ROOM}},
        "color": nominal("part", legend=None),  # one name: the first colour of the theme
        "tooltip": tooltip(day=language.text("Week of"), words=name),
    }
    line = layer(data, {"type": "line", "strokeWidth": 1.5}, encoding)
    return {**line, "height": HEIGHT, "width": "container", "title": name}
