"""Counts of a shelf on their way in: typed, pasted or uploaded, and the sheet to count with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from smartreco.errors import InputError
from smartreco.stock.counting import STALE
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.cells import inert
from smartreco.workspace.order.book_views import PastedLine
from smartreco.workspace.order.pasted_lines import Terms, read_lines
from smartreco.workspace.order.pasted_rows import rows_of_file, rows_of_text
from smartreco.workspace.order.words import TEMPLATES
from smartreco.workspace.shelf.stock_views import CountLine, CountsPreview, ShelfView

MOST_LINES: Final = 20_000
MOST_PIECES: Final = 10_000_000
HEADER: Final = ("product_id", "name", "pieces")
COUNTED: Final = Terms(least=0, most=MOST_PIECES, sold=False)


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

    A row is a product's code or name, and pieces, read as a row of an order is; a header is
    passed over. The last of several rows of a product counts, the others are marked.

    Raises
    ------
    InputError
        A file that cannot be read, or too many rows.
    """
    rows = (
        rows_of_text(content, MOST_LINES)
        if isinstance(content, str)
        else rows_of_file(name, content, MOST_LINES)
    )
    lines = [_counted(line) for line in read_lines(rows, catalogue, COUNTED)]
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
        writer.writerow([inert(row.product.product_id), inert(row.product.name), ""])
    return out.getvalue().encode("utf-8-sig")


def _counted(line: PastedLine) -> CountLine:
    if line.problem is None:
        return CountLine(line.row, line.text, line.product, line.quantity)
    words = TEMPLATES[line.problem.template].one
    return CountLine(line.row, line.text, line.product, None, words, line.problem.values)


def _only_latest(line: CountLine, latest: Mapping[str, int]) -> CountLine:
    if line.product is None or line.problem or latest[line.product.product_id] == line.row:
        return line
    other = latest[line.product.product_id]
    return CountLine(
        line.row, line.text, line.product, line.pieces, "Counted again in row {row}",
        {"row": other},
    )  # fmt: skip
