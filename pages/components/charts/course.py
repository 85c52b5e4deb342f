"""How a stock runs down when nothing more is ordered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts import vega
from pages.components.charts.theme import sized
from smartreco.language import Language, Percent

HEIGHT: Final = 180  # pixels


class StockPoint(NamedTuple):
    """Stock at the end of a day: as likely as not, and between what in 80 of 100 cases."""

    day: date
    stock: float
    low: float
    high: float


def stock_course(
    points: Sequence[StockPoint], delivery: date, title: str, language: Language
) -> vega.Spec:
    """Stock from now on, and when an order of today could arrive."""
    frame = pd.DataFrame(points, columns=["day", "stock", "low", "high"])
    frame["day"] = pd.to_datetime(frame["day"])
    name = language.text("Stock, with its {share} band", share=Percent(0.8))
    frame["what"] = name
    frame["said"] = [language.day(one.day) for one in points]
    frame["words"] = [language.show(round(one.stock)) for one in points]
    frame["likely"] = [
        f"{language.show(round(one.low))} – {language.show(round(one.high))}" for one in points
    ]
    said = vega.tooltip(
        said=language.text("Day"), words=language.text("Stock"), likely=language.text("Likely")
    )
    whole = {"x": vega.temporal("day"), "color": vega.colour("what", [name]), "tooltip": said}
    mark = {"day": [pd.Timestamp(delivery)], "words": [language.text("a delivery could arrive")]}
    layers = [
        vega.layer("stock", {"type": "area", "opacity": 0.2},
                   {**whole, "y": vega.quantity("low", 3), "y2": {"field": "high"}}),
        vega.layer("stock", {"type": "line", "strokeWidth": 2, "point": True},
                   {**whole, "y": vega.quantity("stock", 3)}),
        *vega.note_at_top("delivery", "day", "words", look.ink()),
    ]  # fmt: skip
    frames = {"stock": frame, "delivery": pd.DataFrame(mark)}
    return {**vega.layered(layers, HEIGHT, **frames), **sized(HEIGHT, title)}


def course_in_words(points: Sequence[StockPoint], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    said = [f"{language.day(one.day)}: {language.show(round(one.stock))}" for one in points]
    return f"{title}: " + "; ".join(said)
