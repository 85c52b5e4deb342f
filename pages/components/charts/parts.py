"""A forecast as a sum in pieces: each bar begins where the one before ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE, signed, sized
from pages.components.charts.vega import Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 46  # pixels of one addend: its words, then its bar
FELT: Final = 0.05  # pieces, below which a part rounds to nothing
LABELS: Final = {
    "level": "Level: what is usual now",
    "trend": "Trend: growth or decline",
    "season": "Season: this time of the year",
    "festival": "Festivals",
    "price": "Price",
}
TOTAL: Final = "Forecast, the sum"


def forecast_parts(parts: Mapping[str, float], title: str, language: Language) -> Spec:
    """Parts of a forecast and their sum.

    Parameters
    ----------
    parts
        Pieces of each of `LABELS`; what adds nothing has no bar.
    title
        "" where the page writes it above.
    """
    # in the order of the theme: the sum has the colour that a forecast has beside it
    domain = [language.text("adds"), language.text("sum"), language.text("takes")]
    frame = _frame(parts, domain, language)
    label = {
        "title": None, "labelAlign": "left", "labelBaseline": "top", "labelPadding": 0,
        "labelOffset": 2 - STEP / 2, "labelLimit": 0, "labelColor": look.ink(), "grid": False,
    }  # fmt: skip
    encoding = {
        "y": nominal("words", sort=None, axis=label),
        "x": {"field": "start", "type": "quantitative", "axis": None},
        "x2": {"field": "end"},
        "color": nominal("side", scale={"domain": domain}, legend=None),
        "tooltip": tooltip(label=language.text("Part"), amount=language.text("Pieces")),
    }
    mark: Spec = {"type": "bar", "height": 10, "yOffset": LINE + 10 - STEP / 2}
    height = STEP * len(frame)
    return {
        **layered([layer("parts", mark, encoding)], height, parts=frame), **sized(height, title)
    }  # fmt: skip


def parts_in_words(parts: Mapping[str, float], language: Language) -> str:
    """The sum as one line of arithmetic, in pieces; what adds nothing is not said."""
    total = _pieces(sum(parts.get(name, 0.0) for name in LABELS), language)
    felt = [
        (language.text(label.split(":")[0]), parts.get(name, 0.0))
        for name, label in LABELS.items()
        if abs(parts.get(name, 0.0)) >= FELT
    ]
    said = " ".join(
        f"{'−' if value < 0 else '+'} {name} {_pieces(abs(value), language)}"
        for name, value in felt
    ).removeprefix("+ ")
    return f"{said} = {language.text('forecast')} {total}".removeprefix(" = ")


def _frame(parts: Mapping[str, float], sides: list[str], language: Language) -> pd.DataFrame:
    adds, whole, takes = sides
    rows: list[tuple[str, str, str, float, float, str]] = []
    reached = 0.0
    for name, label in LABELS.items():
        value = parts.get(name, 0.0)
        if abs(value) < FELT:
            reached += value
            continue
        words, amount = language.text(label), signed(value, language, _digits(value))
        side = adds if value >= 0 else takes
        rows.append((f"{words}  {amount}", words, amount, reached, reached + value, side))
        reached += value
    words, amount = language.text(TOTAL), _pieces(reached, language)
    rows.append((f"{words}  {amount}", words, amount, 0.0, reached, whole))
    return pd.DataFrame(rows, columns=["words", "label", "amount", "start", "end", "side"])


def _digits(value: float) -> int:
    return 0 if abs(value) >= 20 or abs(value) < FELT else 1


def _pieces(value: float, language: Language) -> str:
    return language.number(value, _digits(value))
