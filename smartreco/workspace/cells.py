"""Cells of files that people open in a spreadsheet.

A spreadsheet runs a cell that looks like a formula, and names and remarks come
from whoever typed them. Every file of ours goes through `inert`.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

#: What makes a spreadsheet calculate, full-width forms included.
SIGNS: Final = frozenset("=+-@\t\r\n＝＋－＠")
NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)*(e[+-]?\d+)?", re.IGNORECASE)


def inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain number stays one.

    A lone carriage return would end the row where a writer does not quote it, and what
    follows would begin a cell: line feeds, which all quote, stand for it.

    >>> inert("=HYPERLINK(1)"), inert("-3.5"), inert("Rice")
    ("'=HYPERLINK(1)", '-3.5', 'Rice')
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text[:1] not in SIGNS or not text or NUMBER.fullmatch(text):
        return text
    return "'" + text


def alive(text: str) -> str:
    """A cell as it was before `inert`, for files of ours that come back."""
    return text[1:] if text[:1] == "'" and text[1:2] in SIGNS and text[1:] else text


def inert_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text inert, headings too; numbers, days and flags as they are."""
    safe = frame.copy(deep=False)
    for at, dtype in enumerate(frame.dtypes):
        if pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype):
            continue
        cells = frame.iloc[:, at].tolist()
        mended = [inert(one) if isinstance(one, str) else one for one in cells]
        if mended != cells:
            safe.isetitem(at, mended)
    safe.columns = pd.Index([inert(str(name)) for name in frame.columns])
    return safe


def csv_of(frame: pd.DataFrame) -> bytes:
    """A frame as CSV, marked as UTF-8 so that Excel reads every script."""
    return inert_frame(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
