"""Orders that are pasted or uploaded: rows of one product are added up."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from smartreco.language import Sentence
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.draft_items import MOST_PIECES
from smartreco.workspace.order.book_views import Pasted, PastedLine
from smartreco.workspace.order.pasted_lines import Terms, out_of_range, read_lines
from smartreco.workspace.order.pasted_rows import rows_of_file, rows_of_text

MOST_ROWS: Final = 2_000
ORDERED: Final = Terms(least=1, most=MOST_PIECES, sold=True)


def read_text(text: str, catalogue: Catalogue) -> Pasted:
    """Read pasted text.

    Raises
    ------
    InputError
        It is longer than a list of products can be.
    """
    return Pasted(_added_up(read_lines(rows_of_text(text, MOST_ROWS), catalogue, ORDERED)))


def read_upload(name: str, content: bytes, catalogue: Catalogue) -> Pasted:
    """Read a CSV, text, XLSX or Parquet file.

    Raises
    ------
    InputError
        It is too large, empty, or not what its ending says.
    """
    rows = rows_of_file(name, content, MOST_ROWS)
    return Pasted(_added_up(read_lines(rows, catalogue, ORDERED)))


def chosen(pasted: Pasted, row: int, product_id: str) -> Pasted:
    """The same list with a row taken for one of the products it may mean."""
    made = []
    for line in pasted.lines:
        found = next((one for one in line.choices if one.product.product_id == product_id), None)
        if line.row == row and found is not None:
            line = replace(
                line, product=found.product, quantity=found.quantity, problem=None, choices=()
            )
        made.append(line)
    return Pasted(_added_up(made))


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
        return replace(same[0], quantity=None, hint=None, problem=out_of_range(ORDERED))
    numbers = ", ".join(str(line.row) for line in same)
    return replace(same[0], quantity=pieces, hint=Sentence("paste.added_up", {"rows": numbers}))
