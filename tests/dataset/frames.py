"""Small raw frames that cleaning tests start from."""

from __future__ import annotations

from datetime import date

import pandas as pd

from smartreco.dataset.cleaning import Cleaned, CleaningOptions, clean
from smartreco.dataset.frames import RawData

TODAY = date(2026, 6, 1)
TOLERANT = CleaningOptions(tolerant=True)
COLUMNS = ["order_id", "retailer_id", "product_id", "ordered_at", "quantity", "unit_price"]


def orders(*rows: tuple[object, ...], columns: list[str] | None = None) -> pd.DataFrame:
    """An orders frame of any dirt; cells keep their type."""
    return pd.DataFrame(list(rows), columns=columns or COLUMNS, dtype=object)


def good(n: int = 3) -> pd.DataFrame:
    """`n` clean order lines of two shops."""
    return orders(
        *((f"o{at}", f"shop-{at % 2}", f"p{at % 3}", f"2026-05-{at % 28 + 1:02}", 6, 2.5)
          for at in range(n))
    )  # fmt: skip


def cleaned(
    frame: pd.DataFrame, options: CleaningOptions | None = None, **others: pd.DataFrame
) -> Cleaned:
    """Clean an orders frame, with frames of other kinds beside it."""
    frames = {"orders": frame, **others}
    sources = {kind: f"{kind}.csv" for kind in frames}
    return clean(RawData(frames, sources), options or TOLERANT, today=TODAY)


def reasons(result: Cleaned, kind: str = "orders") -> dict[int, str]:
    """Row number to the reason it was fixed or quarantined for."""
    part = next(part for part in result.changed if part.kind == kind)
    return dict(zip(part.marks["row_number"].tolist(), part.marks["reason"].tolist(), strict=True))
