"""A forecast as a sum in pieces: each bar begins where the one before ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pages.components.charts.running_sum import COLUMNS, STEP, running_sum, sides
from pages.components.charts.theme import signed, sized
from pages.components.charts.vega import Spec
from smartreco.language import Language

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
    frame = _frame(parts, sides(language), language)
    # colours in the order of the theme: the sum has the one that a forecast has beside it
    bars = running_sum(frame, language.text("Pieces"), language)
    return {**bars, **sized(STEP * len(frame), title)}


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


def _frame(parts: Mapping[str, float], kinds: list[str], language: Language) -> pd.DataFrame:
    adds, whole, takes = kinds
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
    return pd.DataFrame(rows, columns=COLUMNS)


def _digits(value: float) -> int:
    return 0 if abs(value) >= 20 or abs(value) < FELT else 1


def _pieces(value: float, language: Language) -> str:
    return language.number(value, _digits(value))
