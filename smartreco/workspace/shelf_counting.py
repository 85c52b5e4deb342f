"""Counts of a shelf on their way in: typed, pasted or uploaded, and the sheet to count with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from smartreco.dataset.delimited import decoded
from smartreco.dataset.reading import read_table
from smartreco.errors import InputError
from smartreco.stock.counting import STALE
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.order_words import TEMPLATES
from smartreco.workspace.pasted_header import Header, header_of
from smartreco.workspace.pasted_names import Names
from smartreco.workspace.pasted_quantities import Amount, amount_of, cut_in_words
from smartreco.workspace.stock_views import CountLine, CountsPreview, ShelfView

MOST_LINES: Final = 20_000
MOST_PIECES: Final = 10_000_000
HEADER: Final = ("product_id", "name", "pieces")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run

Row = tuple[int, str, list[list[str]]]  # number in the text, the row as it came, its possible cuts


def check_counts(counts: Mapping[str, int], day: date, today: date) -> date:
    """Refuse what cannot have been counted.

    Raises
    ------
    InputError
        Nothing, fewer than no pieces, or a day ahead or long ago.
    """
    if not counts:
        raise InputError("a count names a product", "none", "enter the pieces of one or more")
    wrong = next((one for one, pieces in counts.items() if not 0 <= pieces <= MOST_PIECES), None)
    if wrong is not None:
        raise InputError(
            f"a count is from 0 to {MOST_PIECES:,} pieces", f"{counts[wrong]:,} of {wrong}",
            "correct it",
        )  # fmt: skip
    if not today - timedelta(days=STALE) <= day <= today:
        raise InputError(
            f"a count is of today or of the last {STALE} days", f"{day} (today is {today})",
            "correct the day",
        )  # fmt: skip
    return day


def preview(catalogue: Catalogue, content: str | bytes, name: str = "") -> CountsPreview:
    """What would be counted.

    A row is a product's code or name, and pieces; a header is passed over. The last of
    several rows of a product counts, the others are marked.

    Raises
    ------
    InputError
        A file that cannot be read, or too many rows.
    """
    rows = list(_rows(content, name))
    if len(rows) > MOST_LINES:
        raise InputError(
            f"a list of counts has up to {MOST_LINES:,} rows", f"{len(rows):,}", "split it"
        )
    names = Names(catalogue)
    header = next((one for one in map(header_of, rows[0][2]) if one), None) if rows else None
    body = rows if header is None else rows[1:]
    lines = [_line(row, text, cuts, header, names) for row, text, cuts in body]
    latest = {
        line.product.product_id: line.row for line in lines if line.product and not line.problem
    }
    return CountsPreview(tuple(_only_latest(line, latest) for line in lines))


def sheet(view: ShelfView) -> bytes:
    """The shop's products with an empty column to fill in, as CSV that Excel opens."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for row in sorted(view.rows, key=lambda row: (row.product.category, row.product.name)):
        writer.writerow([_safe(row.product.product_id), _safe(row.product.name), ""])
    return out.getvalue().encode("utf-8-sig")


def _rows(content: str | bytes, name: str) -> Iterator[Row]:
    """Row number, text and ways to cut it; rows without any content are passed over."""
    if isinstance(content, bytes) and Path(name).suffix.casefold() in (".xlsx", ".parquet"):
        frame = read_table((name, content))
        table = [list(frame.columns), *frame.itertuples(index=False, name=None)]
        for at, cells in enumerate(table, start=1):
            shown = ["" if pd.isna(cell) else str(cell).strip() for cell in cells]
            yield at, " ".join(shown).strip(), [shown]
        return
    text = content if isinstance(content, str) else decoded(name or "this file", content)
    for at, line in enumerate(text.splitlines(), start=1):
        if line.strip(" \t;,|"):
            yield at, line.strip(), list(_cuts(line))


def _cuts(line: str) -> Iterator[list[str]]:
    """A line cut at each sign it holds; last, the line as one cell."""
    for sign in "\t;|,":
        if sign in line:
            yield [cell.strip() for cell in next(csv.reader([line], delimiter=sign))]
    yield [line.strip()]


def _line(
    row: int, text: str, cuts: list[list[str]], header: Header | None, names: Names
) -> CountLine:
    """The first cut that names a product and pieces, else why none does."""
    refused: CountLine | None = None
    for cells in cuts:
        for code, amount in _readings(cells, header):
            product, problem = names.find(code)
            if product is None and problem is not None:
                words, values = TEMPLATES[problem.template].one, problem.values
                refused = refused or CountLine(row, text[:120], None, None, words, values)
                continue
            if product is None or amount is None:
                refused = CountLine(row, text[:120], product, None, "No pieces in this row")
                continue
            pieces = amount.pieces(product.case_size)
            if pieces > MOST_PIECES:
                words, values = "Pieces are a whole number from 0 to {most}", {"most": MOST_PIECES}
                return CountLine(row, text[:120], product, None, words, values)
            return CountLine(row, text[:120], product, pieces)
    return refused or CountLine(row, text[:120], None, None, "No pieces in this row")


def _readings(cells: list[str], header: Header | None) -> Iterator[tuple[str, Amount | None]]:
    """Code and amount: as the header says, else the first cell and the last one that counts."""
    if header is not None and len(cells) > header.last:
        yield cells[header.code], header.amount(cells)
        return
    filled = [cell for cell in cells if cell]
    if len(filled) == 1:
        yield from cut_in_words(filled[0])
    elif filled:
        amounts = [amount for cell in filled[1:] if (amount := amount_of(cell)) is not None]
        yield filled[0], amounts[-1] if amounts else None


def _only_latest(line: CountLine, latest: Mapping[str, int]) -> CountLine:
    if line.product is None or line.problem or latest[line.product.product_id] == line.row:
        return line
    other = latest[line.product.product_id]
    return CountLine(
        line.row, line.text, line.product, line.pieces, "Counted again in row {row}",
        {"row": other},
    )  # fmt: skip


def _safe(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
