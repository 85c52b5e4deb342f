"""Where demand is, two ways at once: one cell a pair of names, darker where there is more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import NARROW, Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

ROW: Final = 34  # pixels
PICK: Final = "pick"
ACROSS, DOWN = "across", "down"  # fields of what is picked
LETTER, GAP = 6.2, 8.0  # pixels of a letter, and between two names
STRONG: Final = 0.55  # of the largest, from which a cell's ground is far from the page's


class Cell(NamedTuple):
    """Demand of a pair: currency, and how it changed (in words)."""

    across: str
    down: str
    across_name: str
    down_name: str
    value: float
    words: str
    change: str


def heat_map(
    cells: Sequence[Cell], across: Sequence[str], down: Sequence[str], language: Language
) -> Spec:
    """Rectangles that can be picked: fields `ACROSS` and `DOWN` of the selection `PICK`.

    Parameters
    ----------
    across, down
        Names in the order in which they stand, left to right and downwards.
    """
    most = max((one.value for one in cells), default=0.0)
    frame = pd.DataFrame(cells, columns=list(Cell._fields))
    frame["strong"] = frame["value"] > STRONG * most
    place = {
        "x": nominal(
            "across_name", sort=list(across), axis=_axis("top", 90, _side_by_side(across))
        ),
        "y": nominal("down_name", sort=list(down), axis=_axis("left", 170)),
    }
    rects = {
        **place,
        "color": {"field": "value", "type": "quantitative", "legend": None,
                  "scale": {"domainMin": 0, "domainMax": most or 1.0}},
        "tooltip": tooltip(
            across_name=language.text("Region"), down_name=language.text("What"),
            words=language.text("Demand"), change=language.text("Change"),
        ),
    }  # fmt: skip
    ink = look.ink()
    words = {
        **place,
        "text": {"value": {"expr": f"width < {NARROW} ? '' : datum.words"}},
        "color": {"condition": {"test": "datum.strong", "value": _other(ink)}, "value": ink},
    }
    pick: Spec = {"name": PICK, "select": {"type": "point", "fields": [ACROSS, DOWN]}}
    mark: Spec = {"type": "rect", "cursor": "pointer", "cornerRadius": 4, "stroke": "transparent",
                  "strokeWidth": 2}  # fmt: skip
    layers = [
        layer("cells", mark, rects, pick),
        layer("cells", {"type": "text", "fontSize": 12, "cursor": "pointer"}, words),
    ]
    return layered(layers, ROW * max(len(down), 1), cells=frame)


def heat_in_words(cells: Sequence[Cell], title: str, language: Language) -> str:
    """The same for those who do not see the chart: its largest cells."""
    largest = sorted(cells, key=lambda one: -one.value)[:5]
    said = (f"{one.across_name}, {one.down_name}: {one.words} ({one.change})" for one in largest)
    return f"{title}. {language.text('Largest')}: " + "; ".join(said)


def _axis(side: str, limit: int, aslant: float = 0.0) -> Spec:
    """Names of a side; they stand aslant where what is drawn is narrower than `aslant`."""
    axis: Spec = {"title": None, "orient": side, "grid": False, "labelLimit": limit,
                  "labelAngle": 0, "labelOverlap": False}  # fmt: skip
    if aslant:
        axis["labelAngle"] = {"expr": f"width < {aslant:.0f} ? -40 : 0"}
        axis["labelAlign"] = {"expr": f"width < {aslant:.0f} ? 'left' : 'center'"}
    return axis


def _side_by_side(names: Sequence[str]) -> float:
    """Pixels that names need so that no two neighbours touch."""
    pairs = ((len(one) + len(other)) / 2 for one, other in pairwise(names))
    return len(names) * (max(pairs, default=0.0) * LETTER + GAP)


def _other(ink: str) -> str:
    """The colour of words on a ground as far from the page's as can be."""
    return "#FFFFFF" if ink.startswith("#1") else "#10201C"
