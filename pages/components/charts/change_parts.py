"""Why an amount changed: each bar begins where the one before ended, the last is the sum."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.running_sum import COLUMNS, running_sum, sides
from pages.components.charts.vega import Spec
from smartreco.language import Language


class ChangePart(NamedTuple):
    """One part: what it is and its amount in currency."""

    label: str
    amount: float


def change_parts(parts: Sequence[ChangePart], total: str, language: Language) -> Spec:
    """Parts of a change and their sum; ``total`` names the sum. What adds nothing has no bar."""
    frame = _frame(parts, total, sides(language), language)
    return running_sum(frame, language.text("Amount"), language, range=_colours())


def money_signed(amount: float, language: Language) -> str:
    """An amount that always shows its sign, in the short form."""
    return f"{'−' if amount < 0 else '+'}{language.compact_money(abs(amount))}"


def _frame(
    parts: Sequence[ChangePart], total: str, kinds: list[str], language: Language
) -> pd.DataFrame:
    adds, whole, takes = kinds
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
    return pd.DataFrame(rows, columns=COLUMNS)


def _colours() -> list[str]:
    """Adds, the sum, takes: as changes are coloured everywhere."""
    if look.ink().startswith("#1"):
        return ["#0B6B5D", "#66706B", "#D0700F"]
    return ["#4DB8A4", "#9AA59F", "#E8A45C"]
