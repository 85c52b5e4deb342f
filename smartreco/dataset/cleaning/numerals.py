"""Numbers as people and programs write them.

Reads ``1,234.50``, ``1.234,50``, ``1,23,456``, ``₹ 120``, ``12 pcs``,
``(12.50)`` and ``12-``. Whether a comma is decimal is decided by the whole
column, because one cell cannot tell. A column whose values mostly carry the
same extra signs is read in its own form; a single odd cell counts as repaired.
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

OWN_FORM: Final = 0.5  # share of a column above which its odd form is its own

PIECES: Final = "pcs pc pieces piece units unit nos no ea each st stk bottles bottle btl x"
CASES: Final = "cases case cs ctn ctns carton cartons box boxes"
DOZENS: Final = "dozen dozens dz doz"
_FACTORS: Final = dict.fromkeys(PIECES.split(), 1) | dict.fromkeys(DOZENS.split(), 12)

_SHAPE: Final = re.compile(
    r"""
    (?P<open>\()? \s* (?P<sign>[-+−])? \s*
    (?:(?P<before>[^\W\d_]{1,4}\.?|[$€£¥₹₩₺₽])\s*)? (?P<sign2>[-+−])?
    (?P<digits>\d[\d.,\s'’]*|[.,]\d+) \s*
    (?P<after>/-|[^\W\d_]{1,8}\.?|[$€£¥₹₩₺₽])? \s* (?P<minus>-)? (?P<close>\))?
    """,
    re.VERBOSE,
)
_CURRENCY: Final = re.compile(r"[$€£¥₹₩₺₽]|/-|rs|inr|usd|eur|gbp|chf|us|c|a|hk", re.IGNORECASE)
_COMMA_THOUSANDS: Final = re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}")
_DOT_THOUSANDS: Final = re.compile(r"\d{1,3}(\.\d{3})+")


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes
    ----------
    values
        Float64, NaN where missing or unreadable.
    missing, unreadable
        Rows without a value, and with one that is no number.
    repaired
        Rows read out of signs that the rest of the column does not carry.
    in_cases
        Rows that say they count cases.
    comma
        Whether the column writes decimals with a comma.
    own_form
        Whether most of the column carries signs beside its digits.
    """

    values: npt.NDArray[np.float64]
    missing: Mask
    unreadable: Mask
    repaired: Mask
    in_cases: Mask
    comma: bool = False
    own_form: bool = False


def read_numbers(column: pd.Series, *, counts: bool = False) -> Numbers:
    """Read a column of numbers of any type.

    Parameters
    ----------
    column
        The column as it came.
    counts
        Whether words for units may follow (``12 pcs``, ``2 cases``), as for a quantity.
    """
    none = np.zeros(len(column), dtype=bool)
    if pd.api.types.is_numeric_dtype(column.dtype) and column.dtype != bool:
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        missing = np.isnan(values)
        endless = np.isinf(values)
        return Numbers(np.where(endless, np.nan, values), missing, endless, none, none)
    codes, distinct = pd.factorize(column)
    texts = plain_text(pd.Series(distinct)).str.strip()
    blank = texts.str.casefold().isin(MISSING).to_numpy(dtype=bool)
    plain = texts.where(texts.str.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?"))
    values = pd.to_numeric(plain, errors="coerce").to_numpy(dtype=np.float64, copy=True)
    odd = np.flatnonzero(np.isnan(values) & ~blank)
    comma = _decimal_comma(texts.iloc[odd])
    if comma:  # then "1.234" is a thousand, as in its neighbours
        dotted = texts.str.fullmatch(_DOT_THOUSANDS.pattern).to_numpy(dtype=bool) & ~blank
        odd = np.union1d(odd, np.flatnonzero(dotted))
    in_cases = np.zeros(len(values), dtype=bool)
    for at in odd.tolist():
        values[at], in_cases[at] = _parse(str(texts.iat[at]), comma=comma, counts=counts)
    return _spread(codes, values, blank, odd, in_cases, comma)


def _spread(
    codes: npt.NDArray[np.intp],
    values: npt.NDArray[np.float64],
    blank: Mask,
    odd: npt.NDArray[np.intp],
    in_cases: Mask,
    comma: bool,
) -> Numbers:
    """From distinct values to rows; the last place serves the missing ones (code -1)."""
    repaired = np.zeros(len(values), dtype=bool)
    repaired[odd] = ~np.isnan(values[odd])
    missing = np.append(blank, True)[codes]
    read = np.append(values, np.nan)[codes]
    mended = np.append(repaired, False)[codes]
    own_form = bool(mended.sum() > OWN_FORM * (~missing).sum())
    return Numbers(
        read, missing, np.isnan(read) & ~missing,
        np.zeros_like(mended) if own_form or comma else mended,
        np.append(in_cases, False)[codes], comma, own_form and not comma,
    )  # fmt: skip


def _decimal_comma(odd: pd.Series) -> bool:
    """Whether more cells show a decimal comma than show a comma between thousands."""
    digits = odd.str.extract(r"(\d[\d.,]*)", expand=False).dropna()
    decimal = digits.str.fullmatch(r"(\d+|\d{1,3}(\.\d{3})+),(\d{1,2}|\d{4,})")
    dotted = digits.str.fullmatch(r"[\d,]*,[\d,]*\.\d+|\d{1,3},\d{2,3},[\d,]+")
    return bool(decimal.sum() > dotted.sum())


def _parse(text: str, *, comma: bool, counts: bool) -> tuple[float, bool]:
    """One odd cell: its value (NaN if none can be read) and whether it counts cases."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return np.nan, False
    part = match.groupdict()
    value = _digits(re.sub(r"[\s'’]", "", part["digits"]), comma=comma)
    if part["before"] and not _CURRENCY.fullmatch(part["before"].rstrip(".")):
        return np.nan, False
    unit = (part["after"] or "").rstrip(".").casefold()
    factor, in_cases = 1, False
    if unit and counts and unit in _FACTORS:
        factor = _FACTORS[unit]
    elif unit and counts and unit in CASES.split():
        in_cases = True
    elif unit and (counts or not _CURRENCY.fullmatch(unit)):
        return np.nan, False
    negative = "-" in f"{part['sign'] or ''}{part['sign2'] or ''}{part['minus'] or ''}".replace(
        "−", "-"
    ) or bool(part["open"] and part["close"])
    return (-value if negative else value) * factor, in_cases


def _digits(digits: str, *, comma: bool) -> float:
    if comma and "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    elif comma and _DOT_THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    elif "," in digits and "." in digits and digits.rindex(",") > digits.rindex("."):
        digits = digits.replace(".", "").replace(",", ".")
    elif "," in digits and ("." in digits or _COMMA_THOUSANDS.fullmatch(digits)):
        digits = digits.replace(",", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return float("nan")
