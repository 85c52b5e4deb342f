"""When products run out: one bar a span of time, which a reader can pick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import sized
from pages.components.charts.vega import Spec, colour, layer, layered, nominal, tooltip
from smartreco.language import Language

HEIGHT: Final = 190  # pixels
PICK: Final = "pick"
SPAN: Final = "span"


class Span(NamedTuple):
    """Products that run out within a span of time; ``late`` of them before a delivery."""

    key: str
    label: str
    products: int
    late: int


def running_out(spans: Sequence[Span], title: str, language: Language) -> Spec:
    """Bars that can be picked: field `SPAN` of the selection `PICK` holds a span's key."""
    sides = [language.text("lasts until a delivery"), language.text("runs out before it")]
    frame = pd.DataFrame(
        [
            (one.key, one.label, side, count, at)
            for one in spans
            for at, (side, count) in enumerate(
                zip(sides, (one.products - one.late, one.late), strict=True)
            )
        ],
        columns=[SPAN, "label", "side", "products", "layer"],
    )
    totals = pd.DataFrame(
        [(one.key, one.label, one.products, language.number(one.products)) for one in spans],
        columns=[SPAN, "label", "products", "words"],
    )
    axis = {"title": None, "labelAngle": 0, "grid": False, "labelLimit": 0,
            "labelExpr": "split(datum.label, ' · ')"}  # fmt: skip
    x = nominal("label", sort=None, axis=axis, scale={"paddingInner": 0.25})
    said = tooltip(label=language.text("Runs out"), side=" ", products=language.text("Products"))
    bars = {
        "x": x,
        "y": {"field": "products", "type": "quantitative", "axis": None, "stack": True},
        "order": {"field": "layer", "type": "quantitative", "sort": "descending"},
        "color": colour("side", sides),
        "opacity": {"condition": {"param": PICK, "value": 1}, "value": 0.35},
        "tooltip": said,
    }
    words = {"x": x, "y": {"field": "products", "type": "quantitative"}, "text": nominal("words")}
    pick: Spec = {"name": PICK, "select": {"type": "point", "fields": [SPAN]}}
    over: Spec = {"type": "text", "dy": -8, "fontWeight": 600, "color": look.ink()}
    layers = [
        layer("spans", {"type": "bar", "cursor": "pointer"}, bars, pick),
        layer("totals", over, words),
    ]
    return {**layered(layers, HEIGHT, spans=frame, totals=totals), **sized(HEIGHT, title)}


def running_out_in_words(spans: Sequence[Span], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    said = (f"{one.label.replace(' · ', ' ')}: {language.number(one.products)}" for one in spans)
    return f"{title}. " + "; ".join(said)
