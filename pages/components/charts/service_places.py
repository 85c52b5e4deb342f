"""Where sales were lost for want of stock: a bar a region, which can be picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

ROW: Final = 34  # pixels
PICK: Final = "pick"
REGION: Final = "region"


class Place(NamedTuple):
    """A region: currency lost, in words; its service level in words."""

    region: str
    name: str
    lost: float
    words: str
    level: str


def service_places(places: Sequence[Place], language: Language) -> Spec:
    """Bars that can be picked: field `REGION` of the selection `PICK`."""
    frame = pd.DataFrame(places, columns=list(Place._fields))
    frame["said"] = [
        language.text("{lost} lost, {level} served", lost=one.words, level=one.level)
        for one in places
    ]
    names = [one.name for one in places]
    y = nominal("name", sort=names, axis={"title": None, "labelLimit": 130, "domain": False})
    x = {"field": "lost", "type": "quantitative", "axis": None,
         "scale": {"domainMin": 0, "nice": False, "padding": 0}}  # fmt: skip
    bars = {
        "y": y, "x": x, "color": {"value": _warm()},
        "opacity": {"condition": {"param": PICK, "value": 1}, "value": 0.35},
        "tooltip": tooltip(name=language.text("Region"), words=language.text("Lost"),
                           level=language.text("Served")),
    }  # fmt: skip
    inside = {"y": y, "x": {"value": 8}, "text": nominal("said")}
    pick: Spec = {"name": PICK, "select": {"type": "point", "fields": [REGION]}}
    words: Spec = {"type": "text", "align": "left", "fontSize": 12, "fontWeight": 600,
                   "color": look.ink(), "cursor": "pointer"}  # fmt: skip
    layers = [
        layer("places", {"type": "bar", "cursor": "pointer", "height": 26}, bars, pick),
        layer("places", words, inside),
    ]
    return layered(layers, ROW * max(len(places), 1), places=frame)


def places_in_words(places: Sequence[Place], title: str, language: Language) -> str:
    """The same for those who do not see it."""
    said = (
        language.text("{name}: {lost} lost, {level} served", name=one.name, lost=one.words,
                      level=one.level)
        for one in places
    )  # fmt: skip
    return f"{title}. " + "; ".join(said)


def _warm() -> str:
    """A ground on which the page's own words can be read."""
    return "#F3CFA3" if look.ink().startswith("#1") else "#6B4720"
