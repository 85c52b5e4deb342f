"""Dates and times as files write them.

Only forms that name year, month and day are read, never by guessing from
today's date. Whether ``3/4/2026`` is March or April is decided by the column:
by cells that can only be one of both, else by which reading makes the rows
follow each other more closely, else by the habit of the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.dataset.cleaning.coded import MISSING, plain_text
from smartreco.dataset.cleaning.ledger import Mask

Times = npt.NDArray[np.datetime64]
Ints = npt.NDArray[np.int64]

OWN_FORM: Final = 0.5  # share of a column above which its form is its own
NAT: Final = np.datetime64("NaT", "us")

_TIME: Final = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST: Final = r"(?P<year>\d{4})[-/. ]?(?P<first>\d{2}|\d)[-/. ]?(?P<second_part>\d{2}|\d)"
_YEAR_LAST: Final = r"(?P<first>\d{1,2})[-/. ](?P<second_part>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})"
_DAY_NAME: Final = r"(?:[A-Za-z]{3,9},?\s+)?"
_NAMED: Final = (
    _DAY_NAME + r"(?P<first>\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?P<month>[A-Za-z]{3,9})\.?,?[-/. ]*"
    r"(?P<year>\d{4}|\d{2})"
)
_NAMED_FIRST: Final = (
    _DAY_NAME + r"(?P<month>[A-Za-z]{3,9})\.?[-/ ]*(?P<first>\d{1,2})(?:st|nd|rd|th)?,?[-/ ]+"
    r"(?P<year>\d{4})"
)
_FORMS: Final = tuple(form + _TIME for form in (_YEAR_FIRST, _YEAR_LAST, _NAMED, _NAMED_FIRST))
_MONTHS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip


@dataclass(frozen=True)
class Moments:
    """A column of moments.

    Attributes
    ----------
    values
        datetime64[us], NaT where missing or unreadable.
    missing, unreadable
        Rows without a value, and with one that names no day.
    repaired
        Rows written in another form than most of the column.
    day_first
        How ``3/4/2026`` was read; None where no cell needed it.
    """

    values: Times
    missing: Mask
    unreadable: Mask
    repaired: Mask
    day_first: bool | None = None


def read_moments(column: pd.Series, *, month_first: bool = False) -> Moments:
    """Read a column of dates or times of any type.

    Parameters
    ----------
    column
        The column as it came.
    month_first
        The habit of the source, used where the column itself does not tell.
    """
    none = np.zeros(len(column), dtype=bool)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        local = column.dt.tz_localize(None) if column.dt.tz is not None else column
        values = local.to_numpy(dtype="datetime64[us]")
        return Moments(values, np.isnat(values), none, none)
    codes, distinct = pd.factorize(column)
    if pd.api.types.is_numeric_dtype(column.dtype):
        values, form = _from_numbers(np.asarray(distinct, dtype=np.float64)), None
        blank = np.zeros(len(distinct), dtype=bool)
        return _spread(codes, values, blank, np.zeros(len(values), dtype=np.int8), form)
    texts = plain_text(pd.Series(distinct)).str.strip()
    blank = texts.str.casefold().isin(MISSING).to_numpy(dtype=bool)
    values, forms, day_first = _from_texts(texts, month_first)
    return _spread(codes, values, blank, forms, day_first)


def _spread(
    codes: npt.NDArray[np.intp],
    values: Times,
    blank: Mask,
    forms: npt.NDArray[np.int8],
    day_first: bool | None,
) -> Moments:
    """From distinct values to rows; the last place serves the missing ones (code -1)."""
    missing = np.append(blank, True)[codes]
    read = np.append(values, NAT)[codes]
    form = np.append(forms, -1)[codes]
    held = np.bincount(form[form >= 0], minlength=1)
    usual = int(held.argmax())
    odd = (form >= 0) & (form != usual) & ~np.isnat(read)
    own = held.max() <= OWN_FORM * held.sum()  # no form is the usual one
    return Moments(
        read, missing, np.isnat(read) & ~missing, np.zeros_like(odd) if own else odd, day_first
    )


def _from_numbers(values: npt.NDArray[np.float64]) -> Times:
    """Days as Excel counts them, 20260412, or seconds and milliseconds since 1970."""
    moments = np.full(len(values), NAT)
    excel = (values >= 20_000) & (values < 80_000)
    seconds = np.round((values[excel] - 25_569) * 86_400).astype("timedelta64[s]")
    moments[excel] = np.datetime64("1970-01-01", "us") + seconds
    compact = (values >= 19_000_101) & (values < 22_000_000) & (values % 1 == 0)
    whole = values[compact].astype(np.int64)
    moments[compact] = _assemble(whole // 10_000, whole // 100 % 100, whole % 100)
    for low, unit in ((3e8, "s"), (3e11, "ms")):
        stamps = (values >= low) & (values < low * 20)
        moments[stamps] = values[stamps].astype(np.int64).astype(f"datetime64[{unit}]")
    return moments


def _from_texts(
    texts: pd.Series, month_first: bool
) -> tuple[Times, npt.NDArray[np.int8], bool | None]:
    moments = np.full(len(texts), NAT)
    forms = np.full(len(texts), -1, dtype=np.int8)
    iso = texts.str.match(r"\d{4}-\d\d-\d\d").to_numpy(dtype=bool)
    if iso.any():
        local = texts[iso].str.replace(
            r"(:\d\d(?:\.\d+)?)\s*(?:Z|[+-]\d\d:?\d\d)$", r"\1", regex=True
        )
        stamps = pd.to_datetime(local, format="ISO8601", errors="coerce")
        moments[iso] = stamps.to_numpy(dtype="datetime64[us]")
        forms[iso] = 0
    day_first = None
    for at, form in enumerate(_FORMS):
        rest = np.isnat(moments)
        if not rest.any():
            break
        found = texts[rest].str.extract(f"^{form}$", flags=re.ASCII)
        hit = found["year"].notna().to_numpy(dtype=bool)
        if not hit.any():
            continue
        read, decided = _read_form(found[hit], month_first)
        day_first = decided if decided is not None else day_first
        where = np.flatnonzero(rest)[hit]
        moments[where], forms[where] = read, at
    bare = np.isnat(moments) & texts.str.fullmatch(r"\d{5}(\.\d+)?").to_numpy(dtype=bool)
    if bare.any():  # Excel's own count of days, written as text
        moments[bare] = _from_numbers(texts[bare].to_numpy(dtype=np.float64))
        forms[bare] = len(_FORMS)
    return moments, forms, day_first


def _read_form(found: pd.DataFrame, month_first: bool) -> tuple[Times, bool | None]:
    first = _ints(found["first"])
    year = _ints(found["year"])
    year = np.where(year < 100, year + np.where(year < 70, 2000, 1900), year)
    clock = _clock(found)
    if "month" in found:
        names = found["month"].str[:3].str.casefold()
        month = np.asarray(names.map(_MONTHS).fillna(0), dtype=np.int64)
        return _assemble(year, month, first) + clock, None
    second = _ints(found["second_part"])
    if found.columns[0] == "year":
        return _assemble(year, first, second) + clock, None
    day_first = _is_day_first(year, first, second, month_first)
    sure_day, sure_month = first > 12, second > 12
    as_day = sure_day | (~sure_month & day_first)
    month = np.where(as_day, second, first)
    day: Ints = np.where(as_day, first, second)
    return _assemble(year, month, day) + clock, day_first


def _is_day_first(year: Ints, first: Ints, second: Ints, month_first: bool) -> bool:
    sure_day, sure_month = int((first > 12).sum()), int((second > 12).sum())
    if sure_day != sure_month:
        return sure_day > sure_month
    unsure = (first <= 12) & (second <= 12)
    year, first, second = year[unsure], first[unsure], second[unsure]
    as_day, as_month = (
        _path(_assemble(year, *pair)) for pair in ((second, first), (first, second))
    )
    if as_day != as_month:
        return as_day < as_month
    return not month_first


def _path(moments: Times) -> float:
    """Days walked from row to row: small where rows follow each other in time."""
    steps = np.diff(moments[~np.isnat(moments)].astype("datetime64[D]").astype(np.int64))
    return float(np.abs(steps).sum())


def _clock(found: pd.DataFrame) -> npt.NDArray[np.timedelta64]:
    hour, minute, second = (_ints(found[name]) for name in ("hour", "minute", "second"))
    half = found["half"].str.casefold().str[:1]
    hour = np.where(half.eq("p") & (hour < 12), hour + 12, hour)
    hour = np.where(half.eq("a") & (hour == 12), 0, hour)
    seconds = (hour * 3600 + minute * 60 + second).astype("timedelta64[s]")
    wrong = (hour > 23) | (minute > 59) | (second > 59)
    return np.where(wrong, np.timedelta64("NaT", "us"), seconds.astype("timedelta64[us]"))


def _ints(column: pd.Series) -> Ints:
    return pd.to_numeric(column, errors="coerce").fillna(0).to_numpy(dtype=np.int64)


def _assemble(year: Ints, month: Ints, day: Ints) -> Times:
    """Days from their parts; NaT where there is no such day."""
    possible = (month >= 1) & (month <= 12) & (day >= 1)
    months = (year - 1970) * 12 + np.clip(month, 1, 12) - 1
    start = months.astype("datetime64[M]")
    moment = start.astype("datetime64[D]") + (np.clip(day, 1, 31) - 1).astype("timedelta64[D]")
    possible &= (day <= 31) & (moment.astype("datetime64[M]") == start)
    return np.where(possible, moment.astype("datetime64[us]"), NAT)
