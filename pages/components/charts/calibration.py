"""Whether stated chances come true: what was said against what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import Channel, Spec, layer, layered, nominal, tooltip
from smartreco.language import Language, Percent

HEIGHT: Final = 300  # pixels


class Stated(NamedTuple):
    """Statements of about one chance: its mean, the share that came true, how many."""

    said: float
    happened: float
    cases: int


def calibration_chart(bins: Sequence[Stated], language: Language) -> Spec:
    """A disc for each step of chances, as large as it has statements; on the line all is true."""
    t = language.text
    frame = pd.DataFrame(bins, columns=["said", "happened", "cases"])
    frame["said_words"] = [language.percent(one.said) for one in bins]
    frame["happened_words"] = [language.percent(one.happened) for one in bins]
    frame["many"] = [language.number(one.cases) for one in bins]
    place = {"x": _share("said", t("Said")), "y": _share("happened", t("Happened"))}
    said = tooltip(said_words=t("Said"), happened_words=t("Happened"), many=t("Places"))
    size = {"field": "cases", "type": "quantitative", "legend": None,
            "scale": {"type": "sqrt", "range": [50, 700]}}  # fmt: skip
    accent = "#0B6B5D" if look.ink().startswith("#1") else "#4DB8A4"
    quiet: Spec = {"type": "line", "strokeDash": [4, 4], "color": look.ink(), "opacity": 0.5}
    aside = {"expr": "datum.happened > 0.9 ? 20 : -20"}
    words: Spec = {"type": "text", "fontSize": 11, "dy": aside, "color": look.ink()}
    layers = [
        layer("right", quiet, place),
        layer("bins", {"type": "circle", "color": accent, "opacity": 0.75},
              {**place, "size": size, "tooltip": said}),
        layer("bins", words, {**place, "text": nominal("many")}),
    ]  # fmt: skip
    right = pd.DataFrame({"said": [0.0, 1.0], "happened": [0.0, 1.0]})
    return layered(layers, HEIGHT, bins=frame, right=right)


def calibration_in_words(bins: Sequence[Stated], title: str, language: Language) -> str:
    """The same for those who do not see it."""
    said = (
        language.text("said {said}, happened {happened}, {n} places", said=Percent(one.said),
                      happened=Percent(one.happened), n=one.cases)
        for one in bins
    )  # fmt: skip
    return f"{title}. " + "; ".join(said)


def _share(field: str, title: str) -> Channel:
    axis = {"title": title, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1],
            "titleAnchor": "start"}  # fmt: skip
    if field == "happened":
        axis |= {"titleAngle": 0, "titleAlign": "left", "titleX": 4, "titleY": -8}
    return {"field": field, "type": "quantitative", "axis": axis,
            "scale": {"domain": [0, 1], "padding": 14, "nice": False}}  # fmt: skip
