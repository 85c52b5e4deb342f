"""Defects of order lines."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.columns import (
    CASE_SIZE,
    LINE_ID,
    ORDER_ID,
    ORDERED_AT,
    PRODUCT_ID,
    QUANTITY,
    RETAILER_ID,
    UNIT_PRICE,
)
from smartreco.dataset.world.dirt.rows import Added, Rows, weave
from smartreco.dataset.world.dirt.shares import DirtShares
from smartreco.dataset.world.randomness import Ints

#: A case's price tells itself from a piece's only where a case is not tiny, and from one in
#: paise only where a case does not hold about a hundred.
SMALLEST_CASE = 4
_NO_DATE = ("n/a", "unknown", "TBC", "-")
_SERVICES = (("FREIGHT", 120.0, 900.0), ("BANK CHARGES", 25.0, 150.0))
_MISSING = {
    "missing_retailer": RETAILER_ID, "missing_product": PRODUCT_ID, "missing_order": ORDER_ID,
}  # fmt: skip
Marks = list[tuple[str, Ints]]


def soil_orders(
    orders: pd.DataFrame, products: pd.DataFrame, shares: DirtShares, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Order lines with defects, and one row a defect: row_number, kind.

    `orders` come in the order of their moments.
    """
    if orders.empty:
        return orders.astype({ORDERED_AT: "str"}), pd.DataFrame({"row_number": [], "kind": []})
    moments = orders[ORDERED_AT].to_numpy()
    dates = _written(moments)
    case = orders[PRODUCT_ID].map(products.set_index(PRODUCT_ID)[CASE_SIZE]).to_numpy()
    frame = orders.copy()
    frame[ORDERED_AT] = dates
    rows = Rows(len(frame), shares, rng)
    added = [_duplicates(frame, rows), _returns(frame, moments, rows), _services(frame, rows)]
    marks = [*_units(frame, case, rows), *_dates(frame, moments, rows), *_missing(frame, rows)]
    frame[ORDERED_AT] = frame[ORDERED_AT].astype("str")
    return weave(frame, [(kind, _text_dates(part), at) for kind, part, at in added], marks)


def _written(moments: np.ndarray) -> np.ndarray:
    """Moments as "2026-10-12 09:30"."""
    distinct, at = np.unique(moments.astype("datetime64[m]"), return_inverse=True)
    stamps = [
        stamp.replace("T", " ") for stamp in np.datetime_as_string(distinct, unit="m").tolist()
    ]
    return np.array(stamps, dtype=object)[at]


def _text_dates(part: pd.DataFrame) -> pd.DataFrame:
    """Added rows with dates as text, as the others have them."""
    return part.astype({ORDERED_AT: "str"})


def _duplicates(frame: pd.DataFrame, rows: Rows) -> Added:
    """Exact copies, some rows below: taken before any other defect soils the rows."""
    chosen = rows.take("duplicate")
    behind = np.asarray(chosen + 0.5 + rows.rng.integers(0, 400, len(chosen)), dtype=np.float64)
    return "duplicate", frame.iloc[chosen], behind


def _returns(frame: pd.DataFrame, moments: np.ndarray, rows: Rows) -> Added:
    """Later lines that take back a whole line or part of it."""
    chosen = rows.take("returned")
    quantity = frame[QUANTITY].to_numpy()[chosen]
    part = rows.rng.random(len(chosen)) < 0.5
    some = np.maximum(1, (quantity * rows.rng.uniform(0.1, 0.9, len(chosen))).astype(np.int64))
    later = moments[chosen] + rows.rng.integers(60, 15 * 1440, len(chosen)).astype("timedelta64[m]")
    later = np.minimum(later, moments.max())
    back = frame.iloc[chosen].copy()
    back[ORDER_ID] = "CN" + back[ORDER_ID].str.slice(2)
    back[QUANTITY] = -np.where(part, some, quantity)
    back[ORDERED_AT] = _written(later)
    place = np.searchsorted(moments, later, side="right") - 0.5
    return "returned", back, np.maximum(place, chosen + 0.5)


def _services(frame: pd.DataFrame, rows: Rows) -> Added:
    """Freight and bank charges on some orders."""
    chosen = rows.take("service")
    which = rows.rng.integers(0, len(_SERVICES), len(chosen))
    names = np.array([name for name, _, _ in _SERVICES], dtype=object)[which]
    low, high = np.array([ends for _, *ends in _SERVICES])[which].T
    lines = frame.iloc[chosen].copy()
    lines[PRODUCT_ID] = pd.array(names, dtype="str")
    lines[LINE_ID] = pd.array([f"{name}#1" for name in names], dtype="str")
    lines[QUANTITY] = 1
    lines[UNIT_PRICE] = np.round(rows.rng.uniform(low, high))
    once = ~lines.duplicated([ORDER_ID, PRODUCT_ID]).to_numpy()
    return "service", lines[once], chosen[once] + 0.5


def _units(frame: pd.DataFrame, case: Ints, rows: Rows) -> Marks:
    """Prices and quantities in the wrong unit, only where other lines give it away."""
    quantity = frame[QUANTITY].to_numpy().copy()
    price = frame[UNIT_PRICE].to_numpy().copy()
    plain = (case >= SMALLEST_CASE) & (quantity % case == 0)
    per_case = rows.take("price_per_case", plain)
    in_cases = rows.take("quantity_in_cases", plain)
    in_paise = rows.take("price_in_paise", (case < 60) | (case > 170))
    price[per_case] *= case[per_case]
    price[in_cases] *= case[in_cases]
    quantity[in_cases] //= case[in_cases]
    price[in_paise] *= 100
    frame[QUANTITY], frame[UNIT_PRICE] = quantity, np.round(price, 2)
    return [("price_per_case", per_case), ("quantity_in_cases", in_cases),
            ("price_in_paise", in_paise)]  # fmt: skip


def _dates(frame: pd.DataFrame, moments: np.ndarray, rows: Rows) -> Marks:
    """Dates that are none, lie in the year 9999, or are written another way round."""
    dates = frame[ORDERED_AT].to_numpy(dtype=object).copy()
    telling = pd.DatetimeIndex(moments).day > 12
    text, far = rows.take("date_text"), rows.take("date_far")
    dates[text] = np.array(_NO_DATE, dtype=object)[rows.rng.integers(0, len(_NO_DATE), len(text))]
    dates[far] = "9999-12-31"
    marks: Marks = [("date_text", text), ("date_far", far)]
    for kind, form in (
        ("date_day_first", "%d/%m/%Y %H:%M"),
        ("date_month_first", "%m/%d/%Y %H:%M"),
    ):
        chosen = rows.take(kind, telling)
        dates[chosen] = pd.DatetimeIndex(moments[chosen]).strftime(form)
        marks.append((kind, chosen))
    frame[ORDERED_AT] = dates
    return marks


def _missing(frame: pd.DataFrame, rows: Rows) -> Marks:
    """Ids left out."""
    marks: Marks = []
    for kind, column in _MISSING.items():
        chosen = rows.take(kind)
        values = frame[column].array.copy()
        values[chosen] = None
        frame[column] = values
        marks.append((kind, chosen))
    return marks
