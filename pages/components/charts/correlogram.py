"""How errors hang together with those of earlier weeks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pages.components import look
from pages.components.charts.vega import Spec, colour, layer, layered, tooltip
from smartreco.language import Language

HEIGHT: Final = 220  # pixels
LEAST_REACH: Final = 0.4  # of the scale, so that chance does not look like much


def correlogram(values: Sequence[float], band: float, language: Language) -> Spec:
    """A bar a lag from 1 week on; beyond the dashed lines it is hardly chance."""
    reach = max(LEAST_REACH, *(abs(one) for one in values))
    within, beyond = language.text("may be chance"), language.text("hardly chance")
    frame = pd.DataFrame(
        {
            "lag": range(1, len(values) + 1),
            "value": values,
            "words": [language.number(one, 2) for one in values],
            "side": [beyond if abs(one) > band else within for one in values],
        }
    )
    weeks = language.text("Weeks apart")
    bars = {
        "x": {"field": "lag", "type": "ordinal",
              "axis": {"title": weeks, "labelAngle": 0, "labelOverlap": True}},
        "y": {"field": "value", "type": "quantitative", "axis": {"title": None, "tickCount": 3},
              "scale": {"domain": [-reach, reach]}},
        "color": colour("side", [within, beyond]),
        "tooltip": tooltip(lag=weeks, words=language.text("Correlation")),
    }  # fmt: skip
    line: Spec = {"type": "rule", "strokeDash": [3, 3], "color": look.ink(), "opacity": 0.5}
    layers = [
        layer("lags", {"type": "bar", "cornerRadius": 1}, bars),
        layer("band", line, {"y": {"field": "value", "type": "quantitative"}}),
    ]
    return layered(layers, HEIGHT, lags=frame, band=pd.DataFrame({"value": [-band, band]}))
