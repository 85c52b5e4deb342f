"""Columns as numbers that point into their distinct values.

A file of half a million lines holds a few thousand products and shops; reading
and mending each distinct value once, and doing all further work on whole
numbers, is what makes cleaning fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.dataset.cleaning.ledger import Mask

Codes = npt.NDArray[np.intp]

#: What programs write where a value is missing.
MISSING: Final = frozenset(
    {"", "nan", "none", "null", "n/a", "#n/a", "nat", "<na>", "nil", "-", "--", "?", "unknown"}
)

_UNSEEN: Final = "[\u200b\ufeff]"
_ODD: Final = "  |^ | $|[\t\n\r\f\v\u00a0\u2007\u202f\u200b\ufeff]|^\\d+[.,]0$"


@dataclass(frozen=True)
class Coded:
    """A column of text: ``values[codes]``, with code -1 where it is missing."""

    codes: Codes
    values: pd.Series  # distinct, str

    @property
    def missing(self) -> Mask:
        """Rows without a value."""
        return self.codes < 0

    def __len__(self) -> int:
        return len(self.codes)

    def texts(self, rows: Mask | None = None) -> pd.Series:
        """The column as text, for all rows or those of a mask."""
        codes = self.codes if rows is None else self.codes[rows]
        return _take(self.values, codes)

    def counts(self, rows: Mask | None = None) -> npt.NDArray[np.intp]:
        """How many rows each value has."""
        codes = self.codes if rows is None else self.codes[rows]
        return np.bincount(codes[codes >= 0], minlength=len(self.values))

    def renamed(self, values: pd.Series) -> Coded:
        """Each value replaced by the one at its place; equal ones become one, missing stays."""
        again, distinct = pd.factorize(values)
        codes = np.where(self.codes >= 0, again[self.codes], -1) if len(values) else self.codes
        return Coded(codes.astype(np.intp), pd.Series(distinct, dtype="str"))


def code_column(column: pd.Series) -> Coded:
    """Read a column as text: trimmed, inner spaces folded, ``17850.0`` as ``17850``."""
    codes, distinct = pd.factorize(column)
    texts = _texts(pd.Series(distinct))
    # one quick look first: ids by the hundred thousand rarely need mending
    odd = texts.str.contains(_ODD, regex=True).to_numpy(dtype=bool)
    blank = texts.str.lower().isin(MISSING).to_numpy(dtype=bool)
    if not (odd.any() or blank.any()):
        return Coded(codes.astype(np.intp), texts)
    if odd.any():
        mended = texts[odd].str.replace(_UNSEEN, "", regex=True).str.split().str.join(" ")
        texts[odd] = mended.str.replace(r"^(\d+)[.,]0$", r"\1", regex=True)
        blank = texts.str.lower().isin(MISSING).to_numpy(dtype=bool)
    texts = texts.mask(blank)
    return Coded(codes.astype(np.intp), texts).renamed(texts)


def no_column(rows: int) -> Coded:
    """A column that the file does not hold: missing in every row."""
    return Coded(np.full(rows, -1, dtype=np.intp), pd.Series([], dtype="str"))


def plain_text(values: pd.Series) -> pd.Series:
    """Distinct values of any type as text; whole numbers without a fraction."""
    return _texts(values)


def _texts(values: pd.Series) -> pd.Series:
    if pd.api.types.is_string_dtype(values.dtype) and values.dtype != object:
        return values.astype("str")
    if pd.api.types.is_integer_dtype(values.dtype):
        return values.astype("str")
    return pd.Series([_text(value) for value in values], dtype="str")


def _text(value: Any) -> str:
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return str(value)


def most_common(owner: Codes, attribute: Coded, owners: int, rows: Mask) -> pd.Series:
    """The value that each owner's rows hold most often, missing where they hold none.

    Ties go to the value that sorts first, so that the order of rows does not matter.

    Parameters
    ----------
    owner
        Code of each row's owner (product, retailer).
    attribute
        The column to choose from.
    owners
        Number of owners.
    rows
        Rows that count.
    """
    chosen = np.full(owners, -1, dtype=np.intp)
    held = rows & (owner >= 0) & (attribute.codes >= 0)
    if held.any():
        width = len(attribute.values)
        place = np.empty(width, dtype=np.int64)
        place[np.argsort(attribute.values.to_numpy(dtype=object).astype(str))] = np.arange(width)
        pairs, counts = np.unique(
            owner[held].astype(np.int64) * width + attribute.codes[held], return_counts=True
        )
        who, what = pairs // width, pairs % width
        best = np.lexsort((-place[what], counts, who))
        chosen[who[best]] = what[best]  # the last one written for an owner wins
    return _take(attribute.values, chosen)


def _take(values: pd.Series, codes: Codes) -> pd.Series:
    """Values by code; missing where the code is -1."""
    held = values.astype("str").array
    return pd.Series(held.take(codes, allow_fill=True))
