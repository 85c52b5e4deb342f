"""Codes and quantities as they come out of a sheet, a chat or a file, read row by row.

People send orders in every form. A row is cut in every way it can be cut, and the first cut
that yields a product and a quantity is what it says; what yields none is shown with its
row number and the closest product, never guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from smartreco.dataset.delimited import decoded
from smartreco.dataset.reading import read_bytes, read_table
from smartreco.errors import InputError
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.drafts import MOST_PIECES
from smartreco.workspace.order_book_views import Pasted, PastedLine
from smartreco.workspace.order_words import Sentence
from smartreco.workspace.pasted_header import Header, header_of
from smartreco.workspace.pasted_names import Names
from smartreco.workspace.pasted_quantities import Amount, amount_of, cut_in_words

MOST_ROWS: Final = 2_000
MOST_SIGNS: Final = 400_000
LARGEST_FILE: Final = 4_000_000  # bytes
LONGEST_SHOWN: Final = 80  # signs of a row that are shown back
_TEXT_FILES: Final = (".csv", ".tsv", ".txt")
_SIGNS: Final = ("\t", ";", "|", ",")
_AGAIN: Final = " (again)"  # what the reader of files adds to a header cell that comes twice

Cells = list[str]
Row = tuple[int, str, list[Cells]]  # number in the text, the row as it came, its possible cuts


def read_text(text: str, catalogue: Catalogue) -> Pasted:
    """Read pasted text.

    Raises
    ------
    InputError
        It is longer than a list of products can be.
    """
    if len(text) > MOST_SIGNS:
        raise _too_long(f"{len(text):,} signs")
    rows = (
        (number, row.strip(), list(_cuts(row)))
        for number, row in enumerate(text.splitlines(), start=1)
        if row.strip(" \t;,|")
    )
    return _read(rows, catalogue)


def read_upload(name: str, content: bytes, catalogue: Catalogue) -> Pasted:
    """Read a CSV, text, XLSX or Parquet file.

    Raises
    ------
    InputError
        It is too large, empty, or not what its ending says.
    """
    if len(content) > LARGEST_FILE:
        raise InputError(
            f"a file of an order has at most {LARGEST_FILE // 1_000_000} MB",
            f"{len(content) / 1e6:.1f} MB in {name}", "leave out what is not part of the order",
        )  # fmt: skip
    if Path(name).suffix.casefold() in _TEXT_FILES:
        return read_text(decoded(name, read_bytes((name, content))), catalogue)
    frame = read_table((name, content))
    if len(frame) > MOST_ROWS:
        raise _too_long(f"{len(frame):,} rows in {name}")
    return _read(_rows_of(frame), catalogue)


def _rows_of(frame: pd.DataFrame) -> Iterator[Row]:
    header = [str(name).removesuffix(_AGAIN) for name in frame.columns]
    body = ([_cell(one) for one in row] for row in frame.itertuples(index=False, name=None))
    for number, cells in enumerate([header, *body], start=1):
        if any(cells):
            yield number, " ".join(cells), [cells]


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()


def _cuts(row: str) -> Iterator[Cells]:
    """A row cut by each sign it holds; the last cut is the row as one cell."""
    for sign in _SIGNS:
        if sign in row:
            yield [cell.strip() for cell in next(csv.reader([row], delimiter=sign), [])]
    yield [row.strip()]


def _read(rows: Iterable[Row], catalogue: Catalogue) -> Pasted:
    names = Names(catalogue)
    header: Header | None = None
    found: list[PastedLine] = []
    for at, (number, text, cuts) in enumerate(rows):
        if at >= MOST_ROWS:
            raise _too_long(f"more than {MOST_ROWS:,} rows")
        if at == 0:
            header = next((one for one in map(header_of, cuts) if one is not None), None)
            if header is not None:
                continue
        line = PastedLine(number, text[:LONGEST_SHOWN], None, None)
        found.append(_line(line, cuts, header, names))
    return Pasted(_added_up(found))


def _line(line: PastedLine, cuts: list[Cells], header: Header | None, names: Names) -> PastedLine:
    """What a row says: the first cut that names a product and a quantity, else why none does."""
    refused: PastedLine | None = None
    for cells in cuts:
        for code, amount in _readings(cells, header):
            read = _understood(line, code, amount, names)
            if read.problem is None or read.product is not None:
                return read
            refused = refused or read
    if refused is None:
        return replace(line, problem=Sentence("paste.no_quantity"))
    return names.with_suggestion(refused)


def _readings(cells: Cells, header: Header | None) -> Iterator[tuple[str, Amount | None]]:
    """Ways to take cells for a code and an amount, the likeliest first."""
    if header is not None and len(cells) > header.last:
        yield cells[header.code], header.amount(cells)
        return
    filled = [cell for cell in cells if cell]
    if len(filled) == 1:
        yield from cut_in_words(filled[0])
        return
    amounts = [(at, amount_of(cell)) for at, cell in enumerate(filled)]
    for at, amount in amounts[1:]:  # the code stands first, in most lists
        if amount is not None:
            yield filled[0], amount
            if at > 1:
                yield ", ".join(filled[:at]), amount  # a name with commas
    if amounts and amounts[0][1] is not None:
        yield filled[1], amounts[0][1]
    if not any(amount for _, amount in amounts):
        yield filled[0], None


def _understood(line: PastedLine, code: str, amount: Amount | None, names: Names) -> PastedLine:
    product, problem = names.find(code)
    if product is None:
        return replace(line, problem=problem)
    if not product.active:
        gone = Sentence("paste.inactive", {"product": product.name})
        return replace(line, product=product, problem=gone)
    if amount is None:
        return replace(line, product=product, problem=Sentence("paste.no_quantity"))
    pieces = amount.pieces(product.case_size)
    if pieces is None or not 0 < pieces <= MOST_PIECES:
        most = Sentence("paste.bad_quantity", {"most": MOST_PIECES})
        return replace(line, product=product, problem=most)
    hint = None
    if amount.in_cases:
        hint = Sentence("paste.cases", {"cases": amount.number, "case_size": product.case_size})
    return replace(line, product=product, quantity=pieces, hint=hint)


def _added_up(lines: list[PastedLine]) -> tuple[PastedLine, ...]:
    """Rows of one product as one line, at the first of them, which says so."""
    rows: dict[str, list[PastedLine]] = {}
    for line in lines:
        if line.problem is None and line.product is not None:
            rows.setdefault(line.product.product_id, []).append(line)
    made: list[PastedLine] = []
    for line in lines:
        if line.problem is not None or line.product is None:
            made.append(line)
            continue
        same = rows[line.product.product_id]
        if line is same[0]:
            made.append(line if len(same) == 1 else _sum(same))
    return tuple(made)


def _sum(same: list[PastedLine]) -> PastedLine:
    pieces = sum(line.quantity or 0 for line in same)
    if pieces > MOST_PIECES:
        most = Sentence("paste.bad_quantity", {"most": MOST_PIECES})
        return replace(same[0], quantity=None, hint=None, problem=most)
    numbers = ", ".join(str(line.row) for line in same)
    return replace(same[0], quantity=pieces, hint=Sentence("paste.added_up", {"rows": numbers}))


def _too_long(found: str) -> InputError:
    return InputError(f"a list has at most {MOST_ROWS:,} rows", found, "paste the order in parts")
