"""Why an amount changed: each bar begins where the one before ended, the last is the sum."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import Spec, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 46  # pixels of one part: its words, then its bar


class ChangePart(NamedTuple):
    """One part: what it is and its amount in currency."""

    label: str
    amount: float


def change_parts(parts: Sequence[ChangePart], total: str, language: Language) -> Spec:
    """Parts of a change and their sum; ``total`` names the sum. What adds nothing has no bar."""
    domain = [language.text("adds"), language.text("sum"), language.text("takes")]
    frame = _frame(parts, total, domain, language)
    label = {
        "title": None, "labelAlign": "left", "labelBaseline": "top", "labelPadding": 0,
        "labelOffset": 2 - STEP / 2, "labelLimit": 0, "labelColor": look.ink(), "grid": False,
    }  # fmt: skip
    encoding = {
        "y": nominal("words", sort=None, axis=label),
        "x": {"field": "start", "type": "quantitative", "axis": None},
        "x2": {"field": "end"},
        "color": nominal("side", scale={"domain": domain, "range": _colours()}, legend=None),
        "tooltip": tooltip(label=language.text("Part"), amount=language.text("Amount")),
    }
    mark: Spec = {"type": "bar", "height": 10, "yOffset": LINE + 10 - STEP / 2}
    return layered([layer("parts", mark, encoding)], STEP * len(frame), parts=frame)


def money_signed(amount: float, language: Language) -> str:
    """An amount that always shows its sign, in the short form."""
    return f"{'−' if amount < 0 else '+'}{language.compact_money(abs(amount))}"


def _frame(
    parts: Sequence[ChangePart], total: str, sides: list[str], language: Language
) -> pd.DataFrame:
    adds, whole, takes = sides
    rows: list[tuple[str, str, str, float, float, str]] = []
    reached = 0.0
    for one in parts:
        if not one.amount:
            continue
        amount = money_signed(one.amount, language)
        side = adds if one.amount > 0 else takes
        rows.append((f"{one.label}  {amount}", one.label, amount, reached,
                     reached + one.amount, side))  # fmt: skip
        reached += one.amount
    amount = money_signed(fsum(one.amount for one in parts), language)
    rows.append((f"{total}  {amount}", total, amount, 0.0, reached, whole))
    return pd.DataFrame(rows, columns=["words", "label", "amount", "start", "end", "side"])


def _colours() -> list[str]:
    """Adds, the sum, takes: as changes are coloured everywhere."""
    if look.ink().startswith("#1"):
        return ["#0B6B5D", "#66706B", "#D0700F"]
    return ["#4DB8A4", "#9AA59F", "#E8A45C"]
