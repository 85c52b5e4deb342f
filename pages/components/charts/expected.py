"""What is expected, amount by amount: a bar each, and a line over the limits it stays within."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import Spec, label_above, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 46  # pixels of one amount: its words, then its bar
ROOM: Final = 20  # pixels that are not rows
PICK: Final = "pick"
KEY: Final = "key"  # field of what is picked


class Expected(NamedTuple):
    """An amount in currency with its 80 % limits; ``about`` qualifies it in a few words."""

    key: str
    label: str
    expected: float
    low: float
    high: float
    about: str


def expected_bars(rows: Sequence[Expected], language: Language) -> Spec:
    """Bars that can be picked: field `KEY` of the selection `PICK`; words stand above each."""
    frame = _frame(rows, language)
    label = label_above(STEP, look.ink())
    below = LINE + 10 - STEP / 2
    base: dict[str, Any] = {
        "y": nominal("words", sort=None, axis=label),
        "tooltip": tooltip(
            label=" ", amount=language.text("Expected"), span=language.text("80 of 100 times"),
            about=language.text("Of"),
        ),
    }  # fmt: skip
    amount = {"type": "quantitative", "axis": None, "scale": {"domainMin": 0}}
    bars = {**base, "x": {"field": "expected", **amount},
            "opacity": {"condition": {"param": PICK, "value": 1}, "value": 0.35}}  # fmt: skip
    limits = {**base, "x": {"field": "low", **amount}, "x2": {"field": "high"}}
    pick: Spec = {"name": PICK, "select": {"type": "point", "fields": [KEY]}}
    bar: Spec = {"type": "bar", "height": 10, "yOffset": below, "cursor": "pointer",
                 "fillOpacity": 0.5}  # fmt: skip
    line: Spec = {"type": "rule", "yOffset": below, "strokeWidth": 2, "color": look.ink()}
    ends = [
        layer("amounts", {"type": "tick", "yOffset": below, "size": 9, "thickness": 2,
                          "color": look.ink()}, {**base, "x": {"field": end, **amount}})
        for end in ("low", "high")
    ]  # fmt: skip
    layers = [layer("amounts", bar, bars, pick), layer("amounts", line, limits), *ends]
    return layered(layers, STEP * len(frame) + ROOM, amounts=frame)


def expected_in_words(rows: Sequence[Expected], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    said = (
        language.text(
            "{label}: {amount}, 80 of 100 times {span}",
            label=one.label, amount=language.compact_money(one.expected),
            span=span_in_words(one.low, one.high, language),
        )
        for one in rows
    )  # fmt: skip
    return f"{title}. " + "; ".join(said)


def span_in_words(low: float, high: float, language: Language) -> str:
    """Limits of an amount, in the short form."""
    return f"{language.compact_money(low)} – {language.compact_money(high)}"


def _frame(rows: Sequence[Expected], language: Language) -> pd.DataFrame:
    amounts = [language.compact_money(one.expected) for one in rows]
    frame = pd.DataFrame(rows, columns=list(Expected._fields))
    frame["amount"] = amounts
    frame["span"] = [span_in_words(one.low, one.high, language) for one in rows]
    # a sign without width tells rows apart that are worded alike
    frame["words"] = [
        f"{one.label}  {amount}" + "\u200b" * at
        for at, (one, amount) in enumerate(zip(rows, amounts, strict=True))
    ]
    return frame
