"""Shops to win as a file for somebody who calls on them: all that are named, in one order."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pages.vendor.reach.visit import ReachVisit
from smartreco.language import noted

MOST: Final = 5000  # rows of a file
TEXTS: Final = {
    "name": noted("shop"), "retailer_id": "shop code", "city": noted("city"),
    "region": noted("region"),
    "segment": "kind of shop", "product": noted("product"), "product_id": "product code",
    "category": noted("category"),
}  # fmt: skip
NUMBERS: Final = {
    "probability": noted("likelihood"), "quantity": noted("pieces"), "unit_price": "unit price",
    "expected_value": "expected value", "value_if": "value if it orders", "low": "at least",
    "high": "at most",
}  # fmt: skip
LEFT: Final = {"all": "", "never": noted("never"), "lapsed": noted("lapsed")}


def to_win(visit: ReachVisit, state: str) -> pd.DataFrame:
    """The list as on the page, longer; shops that let themselves be named only."""
    language = visit.ctx.language
    space = visit.reach.white_space(visit.ctx.principal, visit.vendor_id, visit.wanted, MOST)
    rows = space.rows if not LEFT[state] else space.rows[space.rows["state"] == state]
    t = visit.ctx.t
    made = {t("rank"): range(1, len(rows) + 1)}
    frame = pd.DataFrame(made, index=rows.index)
    for column, name in TEXTS.items():
        frame[t(name)] = rows[column]
    for column, name in NUMBERS.items():
        frame[t(name)] = rows[column].astype(float).round(4 if column == "probability" else 2)
    frame[t("last ordered in the week of")] = pd.to_datetime(rows["last_week"]).dt.strftime(
        "%Y-%m-%d"
    )
    frame[t("why")] = [
        "; ".join(language.say(*one) for one in reasons) for reasons in rows["reasons"]
    ]
    return frame
