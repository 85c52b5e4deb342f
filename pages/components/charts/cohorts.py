"""Whether shops that were won stay: cohorts of shops, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import NARROW, Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

ROW: Final = 34  # pixels
ROOM: Final = 66  # pixels that are not rows: the scale and its title
STRONG: Final = 0.55  # share, from which a cell's ground is far from the page's


class Kept(NamedTuple):
    """Of the shops won in a cohort, how many bought so many quarters later."""

    cohort: str
    age: int
    quarter: str
    shops: int
    buying: int


def cohort_map(cells: Sequence[Kept], language: Language) -> Spec:
    """A row a cohort, a column a quarter since; darker where more of it still buy."""
    frame = pd.DataFrame(cells, columns=list(Kept._fields))
    frame["share"] = frame["buying"] / frame["shops"]
    frame["percent"] = [language.percent(one) for one in frame["share"]]
    frame["short"] = [language.number(100 * one) for one in frame["share"]]
    frame["strong"] = frame["share"] > STRONG
    frame["said"] = [
        language.text("{n} of {all} shops", n=one.buying, all=one.shops) for one in cells
    ]
    rows = list(dict.fromkeys(one.cohort for one in cells))
    axis = {"title": None, "grid": False, "labelAngle": 0, "labelLimit": 130,
            "labelOverlap": False}  # fmt: skip
    top = {**axis, "orient": "top", "title": language.text("Quarters since the first order")}
    place = {
        "x": {"field": "age", "type": "ordinal", "axis": top},
        "y": nominal("cohort", sort=rows, axis=axis),
    }
    rects = {
        **place,
        "color": {"field": "share", "type": "quantitative", "legend": None,
                  "scale": {"domain": [0, 1]}},
        "tooltip": tooltip(cohort=language.text("First order in"), quarter=language.text("In"),
                           said=language.text("Still buying"), percent=" "),
    }  # fmt: skip
    ink = look.ink()
    words = {
        **place,
        "text": {"value": {"expr": f"width < {NARROW} ? datum.short : datum.percent"}},
        "color": {"condition": {"test": "datum.strong", "value": _other(ink)}, "value": ink},
    }
    mark: Spec = {"type": "rect", "cornerRadius": 4, "stroke": "transparent", "strokeWidth": 2}
    layers = [
        layer("cells", mark, rects), layer("cells", {"type": "text", "fontSize": 12}, words)
    ]  # fmt: skip
    return layered(layers, ROW * len(rows) + ROOM, cells=frame)


def cohorts_in_words(cells: Sequence[Kept], title: str, language: Language) -> str:
    """The newest quarter of each cohort, for those who do not see the chart."""
    last = {one.cohort: one for one in sorted(cells, key=lambda one: one.age)}
    said = (
        language.text("{cohort}: {n} of {all} shops still buy in {quarter}", cohort=one.cohort,
                      n=one.buying, all=one.shops, quarter=one.quarter)
        for one in last.values()
    )  # fmt: skip
    return f"{title}. " + "; ".join(said)


def _other(ink: str) -> str:
    """The colour of words on a ground as far from the page's as can be."""
    return "#FFFFFF" if ink.startswith("#1") else "#10201C"
