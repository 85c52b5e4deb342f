"""Which column of a list holds the code and which the quantity, where its first row says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from smartreco.workspace.order.pasted_quantities import Amount, Said, Unread, amount_of

_CODES: Final = (
    "product id", "code", "product code", "item code", "sku", "item no", "item number", "item id",
    "article", "material", "stock code", "stockcode", "id", "product", "item", "product name",
    "name", "description",
)  # fmt: skip
_PIECES: Final = (
    "quantity",
    "qty",
    "pieces",
    "pcs",
    "units",
    "order qty",
    "order quantity",
    "ordered",
    "nos",
)
_CASES: Final = ("cases", "case qty", "cartons", "boxes", "ctn", "ctns")


@dataclass(frozen=True, slots=True)
class Header:
    """Columns of a list; pieces win where both pieces and cases are given."""

    code: int
    pieces: int | None
    cases: int | None

    @property
    def last(self) -> int:
        """The last column that is read."""
        return max(at for at in (self.code, self.pieces, self.cases) if at is not None)

    def amount(self, cells: list[str]) -> Said:
        """What a row says under these columns."""
        if self.pieces is not None and (said := amount_of(cells[self.pieces])) is not None:
            return said
        if self.cases is None or (said := amount_of(cells[self.cases])) is None:
            return None
        return said if isinstance(said, Unread) else Amount(said.number, in_cases=True)


def header_of(cells: list[str]) -> Header | None:
    """The header that a row is; None where it names no code or no quantity."""
    folded = [re.sub(r"[^a-z]+", " ", cell.casefold()).strip() for cell in cells]
    code = next((folded.index(name) for name in _CODES if name in folded), None)
    pieces = next((folded.index(name) for name in _PIECES if name in folded), None)
    cases = next((folded.index(name) for name in _CASES if name in folded), None)
    if code is None or (pieces is None and cases is None):
        return None
    return Header(code, pieces, cases)
