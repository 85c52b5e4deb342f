"""How many: "12", "x12", "12 cases", "1,200 pcs", and rows such as "rice 5 kg x 3".

A number that could mean two things is not read at all: "2,50" is no 250, "1.000" may be one
or a thousand, "-5" is no 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_CASES: Final = r"cases?|cs|ctns?|cartons?|box(?:es)?|cse"
_PIECES: Final = r"pieces?|pcs?|pc|units?|nos?|ea(?:ch)?|x|×"
# the last group of three; those before it of three, or of two as in India
_NUMBER: Final = r"(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.0{1,2})?"
_LIKE: Final = r"[-–−]?\d(?:[\d.,]*\d)?"  # what is meant for a number, read or not
_AMOUNT: Final = re.compile(
    rf"[x×@]?\s*(?P<number>{_NUMBER})\s*(?:(?P<cases>{_CASES})|{_PIECES})?\.?", re.IGNORECASE
)
_UNIT: Final = rf"(?:\s*(?:{_CASES}|pieces?|pcs?|units?|nos?|ea)\.?)"
_UNCLEAR: Final = re.compile(rf"[x×@]?\s*{_LIKE}{_UNIT}?\.?", re.IGNORECASE)
# the code may hold spaces and numbers of its own; what is cut off is as short as it can be
_LAST: Final = re.compile(
    rf"(?P<code>.*\S)(?:\s+|\s*[x×:=]\s*|\s*[-–]\s+)(?P<amount>[x×]?\s*{_LIKE}{_UNIT}?)",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    rf"(?P<amount>{_LIKE}(?:{_UNIT}(?:\s+of)?\s+|\s*[x×]\s+|\s+))(?P<code>\S.*)", re.IGNORECASE
)
_BULLET: Final = re.compile(r"\s*(?:[-*•·]|\d{1,3}[.)])\s+")
_LOOSE: Final = re.compile(r"(?:\s+[x×]|\s*[:=\-–])\s*$", re.IGNORECASE)  # before the amount
MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of pieces, or of cases."""

    number: int
    in_cases: bool = False

    def pieces(self, case_size: int) -> int:
        """In pieces."""
        return self.number * case_size if self.in_cases else self.number


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that is not a whole one, or may mean two things."""

    text: str

    @property
    def below_zero(self) -> bool:
        """Whether it has a minus before it."""
        return self.text.lstrip("x×@ ").startswith(("-", "–", "−"))


Said = Amount | Unread | None


def amount_of(cell: str) -> Said:
    """What a cell says, if it says how many and nothing else."""
    found = _AMOUNT.fullmatch(cell.strip())
    if found is None:
        return Unread(cell.strip()) if _UNCLEAR.fullmatch(cell.strip()) else None
    digits = found["number"].split(".")[0].replace(",", "")
    if len(digits) > MOST_DIGITS:
        return None
    return Amount(int(digits), found["cases"] is not None)


def cut_in_words(row: str) -> Iterator[tuple[str, Said]]:
    """Ways to take one cell for a code and an amount: at its end, at its start, or with none."""
    for text in dict.fromkeys((row, _BULLET.sub("", row, count=1))):
        for pattern in (_LAST, _FIRST):
            found = pattern.fullmatch(text.strip())
            if found is None:
                continue
            amount = amount_of(re.sub(r"\s*(?:\bof)?\s*$", "", found["amount"], flags=re.I))
            if amount is not None:
                yield _LOOSE.sub("", found["code"]), amount
    yield row, None
