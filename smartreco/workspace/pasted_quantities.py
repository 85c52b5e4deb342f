"""How many: "12", "x12", "12 cases", "1,200 pcs", and rows such as "rice 5 kg x 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_CASES: Final = r"cases?|cs|ctns?|cartons?|box(?:es)?|cse"
_PIECES: Final = r"pieces?|pcs?|pc|units?|nos?|ea(?:ch)?|x|×"
_NUMBER: Final = r"\d+(?:,\d{2,3})*(?:\.0+)?"
_AMOUNT: Final = re.compile(
    rf"[x×@]?\s*(?P<number>{_NUMBER})\s*(?:(?P<cases>{_CASES})|{_PIECES})?\.?", re.IGNORECASE
)
_UNIT: Final = rf"(?:\s*(?:{_CASES}|pieces?|pcs?|units?|nos?|ea)\.?)"
# the code may hold spaces and numbers of its own; what is cut off is as short as it can be
_LAST: Final = re.compile(
    rf"(?P<code>.*\S)(?:\s+|\s*[x×:=\-–]\s*)(?P<amount>[x×]?\s*{_NUMBER}{_UNIT}?)", re.IGNORECASE
)
_FIRST: Final = re.compile(
    rf"(?P<amount>{_NUMBER}(?:{_UNIT}(?:\s+of)?\s+|\s*[x×]\s+|\s+))(?P<code>\S.*)", re.IGNORECASE
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


def amount_of(cell: str) -> Amount | None:
    """What a cell says, if it says how many and nothing else."""
    found = _AMOUNT.fullmatch(cell.strip())
    if found is None:
        return None
    digits = found["number"].split(".")[0].replace(",", "")
    if len(digits) > MOST_DIGITS:
        return None
    return Amount(int(digits), found["cases"] is not None)


def cut_in_words(row: str) -> Iterator[tuple[str, Amount | None]]:
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
