"""What a change does week by week: the difference from today with its band."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.vega import (
    Spec,
    colour,
    layer,
    layered,
    quantity,
    temporal,
    tooltip,
)
from smartreco.language import Language, Percent

HEIGHT: Final = 220  # pixels
BAND: Final = 0.8


class EffectWeek(NamedTuple):
    """A week: the difference, and between what in eight of ten futures."""

    begins: date
    difference: float
    low: float
    high: float


Shown = Callable[[float], str]


def effect_course(weeks: Sequence[EffectWeek], shown: Shown, language: Language) -> Spec:
    """A line with its band, and a rule at no change; ``shown`` puts a difference into words."""
    t = language.text
    name = t("Difference from today, {share} band", share=Percent(BAND))
    frame = pd.DataFrame(weeks, columns=["week", "difference", "low", "high"])
    frame["week"] = pd.to_datetime(frame["week"])
    frame["what"] = name
    frame["day"] = [language.day(one.begins) for one in weeks]
    frame["words"] = [shown(one.difference) for one in weeks]
    frame["likely"] = [_between(one, shown, language) for one in weeks]
    said = tooltip(day=t("Week of"), words=t("Difference"), likely=t("Likely"))
    across = {"x": temporal("week"), "color": colour("what", [name])}
    nothing: Spec = {"type": "rule", "strokeDash": [4, 4], "color": look.ink(), "opacity": 0.6}
    layers = [
        layer("weeks", {"type": "area", "opacity": 0.22, "interpolate": "monotone"},
              {**across, "y": quantity("low", 4), "y2": {"field": "high"}}),
        layer("none", nothing, {"y": quantity("zero", 4)}),
        layer("weeks", {"type": "line", "strokeWidth": 2.5, "point": True,
                        "interpolate": "monotone"},
              {**across, "y": quantity("difference", 4), "tooltip": said}),
    ]  # fmt: skip
    return layered(layers, HEIGHT, weeks=frame, none=pd.DataFrame({"zero": [0.0]}))


def effect_in_words(
    weeks: Sequence[EffectWeek], title: str, shown: Shown, language: Language
) -> str:
    """The same for those who do not see it."""
    said = (
        language.text("week of {day}: {n}, likely {between}", day=one.begins,
                      n=shown(one.difference), between=_between(one, shown, language))
        for one in weeks
    )  # fmt: skip
    return f"{title}. " + "; ".join(said)


def _between(one: EffectWeek, shown: Shown, language: Language) -> str:
    return language.text("{low} to {high}", low=shown(one.low), high=shown(one.high))
