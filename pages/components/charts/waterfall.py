"""An amount as a sum of parts: each bar begins where the one before ended, a hair line between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE, WIDEST_LABEL, signed, wrapped
from pages.components.charts.vega import Spec, label_above, layer, layered, nominal, tooltip
from smartreco.language import Language

ROOM: Final = 8  # pixels around the rows, which the drawing takes from them otherwise
BAR: Final = 12  # pixels of a bar's height


class Step(NamedTuple):
    """One part: what it is and what it adds, in the unit of the sum."""

    label: str
    amount: float


def waterfall(steps: Sequence[Step], total: Step, language: Language, digits: int = 2) -> Spec:
    """Parts in their order, then their sum. Words stand above the bars: they fit on a phone.

    Parameters
    ----------
    total
        What the parts add up to, and what that is called.
    digits
        Of the amounts in words.
    """
    adds, whole, takes = (language.text(one) for one in ("adds", "sum", "takes"))
    frame = _frame(steps, total, (adds, whole, takes), language, digits)
    lines = 1 + int(frame["words"].str.count("\n").max())
    step = LINE * lines + BAR + 18
    axis = {**label_above(step, look.ink()), "labelExpr": "split(datum.label, '\\n')"}
    down = LINE * lines + 4 + BAR / 2 - step / 2
    flat = {"type": "quantitative", "axis": None}
    y = nominal("words", sort=None, axis=axis)
    paint = nominal("side", scale={"domain": [adds, whole, takes], "range": list(_colours())},
                    legend=None)  # fmt: skip
    said = tooltip(label=language.text("Part"), amount=language.text("Adds"))
    layers = [
        layer("joints", {"type": "rule", "color": look.ink(), "opacity": 0.25,
                         "strokeDash": [2, 3]},
              {"x": {"field": "end", **flat}}),
        layer("steps", {"type": "bar", "height": BAR, "yOffset": down, "minBandSize": 2},
              {"y": y, "x": {"field": "start", **flat}, "x2": {"field": "end"}, "color": paint,
               "tooltip": said}),
    ]  # fmt: skip
    joints = pd.DataFrame({"end": [0.0, total.amount]})
    return layered(layers, step * len(frame) + ROOM, joints=joints, steps=frame)


def waterfall_in_words(
    steps: Sequence[Step], total: Step, language: Language, digits: int = 2
) -> str:
    """The same for those who do not see it."""
    parts = "; ".join(f"{one.label} {signed(one.amount, language, digits)}" for one in steps)
    return f"{parts}; {total.label} {language.number(total.amount, digits)}".removeprefix("; ")


def _frame(
    steps: Sequence[Step], total: Step, sides: tuple[str, str, str], language: Language,
    digits: int,
) -> pd.DataFrame:  # fmt: skip
    adds, whole, takes = sides
    rows: list[tuple[str, str, str, float, float, str]] = []
    reached = 0.0
    for at, one in enumerate(steps):
        amount = signed(one.amount, language, digits)
        side = adds if one.amount >= 0 else takes
        rows.append((_words(one.label, amount, at), one.label, amount, reached,
                     reached + one.amount, side))  # fmt: skip
        reached += one.amount
    amount = language.number(total.amount, digits)
    rows.append((_words(total.label, amount, len(steps)), total.label, amount, 0.0,
                 total.amount, whole))  # fmt: skip
    return pd.DataFrame(rows, columns=["words", "label", "amount", "start", "end", "side"])


def _words(label: str, amount: str, at: int) -> str:
    """A sign without width tells rows apart that are worded alike."""
    return wrapped(f"{label}  {amount}", WIDEST_LABEL) + "\u200b" * at


def _colours() -> tuple[str, str, str]:
    """Adds, the sum, takes: as changes are coloured everywhere."""
    if look.ink().startswith("#1"):
        return "#0B6B5D", "#66706B", "#D0700F"
    return "#4DB8A4", "#9AA59F", "#E8A45C"
