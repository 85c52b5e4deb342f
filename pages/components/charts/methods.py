"""Several methods' forecasts of one series, beside what was sold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy.typing as npt
import pandas as pd

from pages.components.charts.vega import (
    Spec,
    colour,
    layer,
    layered,
    quantity,
    temporal,
    tooltip,
)
from smartreco.language import Language

HEIGHT: Final = 280  # pixels
WEEKS_SHOWN: Final = 40  # of the past


class MethodLine(NamedTuple):
    """Weeks ahead: the middle, and the 80 % band."""

    middle: npt.NDArray[Any]
    low: npt.NDArray[Any]
    high: npt.NDArray[Any]


def methods_chart(
    past: pd.DataFrame, ahead: pd.DatetimeIndex, methods: Mapping[str, MethodLine],
    language: Language,
) -> Spec:  # fmt: skip
    """What was sold as a line, and each method's middle with its band of 80 %.

    Parameters
    ----------
    past
        Columns period_start, demand.
    methods
        By their names in words; the first is ours and takes the first colour.
    """
    sold = language.text("Demand")
    known = past.tail(WEEKS_SHOWN)
    before = pd.DataFrame(
        {"week": known["period_start"], "pieces": known["demand"], "what": sold, "likely": "–"}
    )
    after = [
        pd.DataFrame(
            {
                "week": ahead, "pieces": one.middle, "low": one.low, "high": one.high, "what": name,
                "likely": [
                    f"{language.show(float(low))} – {language.show(float(high))}"
                    for low, high in zip(one.low, one.high, strict=True)
                ],
            }
        )
        for name, one in methods.items()
    ]  # fmt: skip
    frame = pd.concat([before, *after])
    frame["day"] = [language.day(one) for one in frame["week"].dt.date]
    frame["words"] = [language.show(float(one)) for one in frame["pieces"]]
    paint = colour("what", [*methods, sold])
    said = tooltip(
        day=language.text("Week of"), what=" ", words=language.text("Pieces"),
        likely=language.text("Likely"),
    )  # fmt: skip
    whole = {"x": temporal("week"), "color": paint}
    layers = [
        layer("bands", {"type": "area", "opacity": 0.12},
              {**whole, "y": quantity("low"), "y2": {"field": "high"}}),
        layer("lines", {"type": "line", "strokeWidth": 2, "point": {"size": 18}},
              {**whole, "y": quantity("pieces"), "tooltip": said}),
    ]  # fmt: skip
    return layered(layers, HEIGHT, bands=frame[frame["what"] != sold], lines=frame)
