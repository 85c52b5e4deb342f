"""Cities where they lie: larger where more is bought, coloured by whether that grows.

No map is asked for from anywhere: the places themselves, drawn true to shape, show the
country that a reader knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

HEIGHT: Final = 420  # pixels
PICK: Final = "pick"
CITY, REGION = "city", "region"  # fields of what is picked
NAMED: Final = 9  # cities whose names are written
STEADY: Final = 0.02  # share of change, up to which demand stands still
APART: Final = 0.06  # of the map's height, within which two names would run into each other


class City(NamedTuple):
    """A city: its place in degrees, demand in currency, its change as a share and in words."""

    city: str
    region: str
    name: str
    lat: float
    lon: float
    value: float
    words: str
    share: float | None
    change: str


def city_map(cities: Sequence[City], language: Language) -> Spec:
    """Circles that can be picked: fields `CITY` and `REGION` of the selection `PICK`."""
    kinds = kinds_of(language)
    there = sorted({_kind(one.share) for one in cities})
    frame = pd.DataFrame(cities, columns=list(City._fields))
    frame["kind"] = [kinds[_kind(one.share)] for one in cities]
    place = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    # the theme's colours: first, what is neither, then the warm one
    colours = _colours()
    scale = {"domain": [kinds[at] for at in there], "range": [colours[at] for at in there]}
    legend = {"title": None, "orient": "top", "symbolOpacity": 1, "symbolType": "circle",
              "symbolStrokeWidth": 0, "columns": {"expr": "width < 420 ? 2 : 4"}}  # fmt: skip
    circles: dict[str, Any] = {
        **place,
        "size": {"field": "value", "type": "quantitative", "legend": None,
                 "scale": {"range": [30, 1100], "domainMin": 0}},
        "color": nominal("kind", scale=scale, legend=legend),
        "tooltip": tooltip(
            name=language.text("City"), words=language.text("Demand"),
            change=language.text("Change"),
        ),
        "order": {"field": "value", "type": "quantitative", "sort": "descending"},
    }  # fmt: skip
    pick: Spec = {"name": PICK, "select": {"type": "point", "fields": [CITY, REGION]}}
    mark: Spec = {"type": "circle", "opacity": 0.8, "cursor": "pointer", "strokeWidth": 1,
                  "stroke": look.ink(), "strokeOpacity": 0.25}  # fmt: skip
    named = frame.loc[_named(cities)]
    most = max((one.value for one in cities), default=0.0) or 1.0
    # a circle's area says how much: its name stands right above it
    above = {"expr": f"-4 - sqrt((30 + 1070 * datum.value / {most!r}) / PI)"}
    over: Spec = {"type": "text", "fontSize": 11, "fontWeight": 600, "baseline": "bottom",
                  "dy": above}  # fmt: skip
    words = {**place, "text": nominal("name")}
    halo = {**over, "stroke": _ground(), "strokeWidth": 3, "strokeJoin": "round"}
    spec = layered(
        [layer("cities", mark, circles, pick), layer("named", halo, words),
         layer("named", {**over, "color": look.ink()}, words)], HEIGHT,
        cities=frame, named=named,
    )  # fmt: skip
    return {**spec, "projection": {"type": "mercator"}}


def map_in_words(cities: Sequence[City], title: str, language: Language) -> str:
    """The same for those who do not see it: its largest cities."""
    largest = sorted(cities, key=lambda one: -one.value)[:5]
    said = (f"{one.name}: {one.words} ({one.change})" for one in largest)
    return f"{title}. {language.text('Largest')}: " + "; ".join(said)


def kinds_of(language: Language) -> list[str]:
    """What a city's colour says."""
    return [
        language.text("growing"), language.text("steady"), language.text("falling"),
        language.text("nothing to compare with"),
    ]  # fmt: skip


def _kind(share: float | None) -> int:
    if share is None:
        return 3
    return 1 if abs(share) <= STEADY else (0 if share > 0 else 2)


def _colours() -> list[str]:
    """Growing, steady, falling, not known: as changes are coloured everywhere."""
    if look.ink().startswith("#1"):
        return ["#0B6B5D", "#8F9A94", "#D0700F", "#C9C4BA"]
    return ["#4DB8A4", "#66706B", "#E8A45C", "#3F4744"]


def _ground() -> str:
    """The colour of a card."""
    return "#FFFFFF" if look.ink().startswith("#1") else "#1A1F1C"


def _named(cities: Sequence[City]) -> list[int]:
    """The largest, without those whose name would lie on another's."""
    if not cities:
        return []
    tall = max(max(one.lat for one in cities) - min(one.lat for one in cities), 1e-6)
    shown: list[int] = []
    order = sorted(range(len(cities)), key=lambda at: -cities[at].value)
    for at in order[: ceil(NAMED * 2)]:
        one = cities[at]
        near = (abs(one.lat - cities[other].lat) < APART * tall
                and abs(one.lon - cities[other].lon) < 4 * APART * tall
                for other in shown)  # fmt: skip
        if one.value > 0 and not any(near):
            shown.append(at)
    return shown[:NAMED]
