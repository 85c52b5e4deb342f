"""Delimited text: which encoding, which delimiter, which cells.

Exports come from many programs: UTF-8 with or without its mark, UTF-16 from
Excel's "Unicode text", Windows' own code page; commas, semicolons, tabs or
bars. Every cell stays text. A row with too few or too many cells is kept too,
because every row is accounted for.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from itertools import islice
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from smartreco.dataset.aliases import ALIASES, EXTRA_CELLS, fold
from smartreco.errors import InputError

DELIMITERS: Final = ",;\t|"
SNIFFED_ROWS: Final = 20
MOST_COLUMNS: Final = 1000  # a header of more is no header
LONGEST_CELL: Final = 10_000_000  # characters; a stray quote can swallow the rest of a file

_KNOWN: Final = frozenset(
    alias for kind in ALIASES.values() for names in kind.values() for alias in names.split()
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(name: str, content: bytes) -> pd.DataFrame:
    """Read delimited text; every cell is text, an empty one is missing.

    Raises
    ------
    InputError
        The content is no text, or has no header.
    """
    text, delimiter = _cut(decoded(name, content))
    header = _header(name, text, delimiter)
    frame = _regular(text, delimiter, header)
    return _irregular(text, delimiter, header) if frame is None else frame


def form(name: str, content: bytes) -> tuple[str, str]:
    """Encoding and delimiter that `read_delimited` takes a file to have.

    Raises
    ------
    InputError
        The content is no text.
    """
    text, encoding = _decoded(name, content)
    return encoding, _cut(text)[1]


def _cut(text: str) -> tuple[str, str]:
    """The text below a hint of Excel's, and its delimiter."""
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep=") and first.strip()[4:5]:
        return rest, first.strip()[4:5]
    return text, _delimiter(text)


def decoded(name: str, content: bytes) -> str:
    """Text in the encoding it most likely has.

    Raises
    ------
    InputError
        The content is no text.
    """
    return _decoded(name, content)[0]


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    encoding = next((how for mark, how in _MARKS if content.startswith(mark)), None)
    for how in [encoding] if encoding else ["utf-8", "cp1252", "latin-1"]:
        try:
            text = content.decode(how)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, how
    raise InputError(
        "a CSV file is text", f"{name}, which is not",
        "export it as CSV, or give it the ending that fits its content",
    )  # fmt: skip


def _rows(text: str, delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The sign that cuts the header into most known names, then into most cells alike."""
    start = text[:200_000]

    def merit(sign: str) -> tuple[int, int, int]:
        rows = [row for row in islice(_rows(start, sign), SNIFFED_ROWS) if row]
        width = len(rows[0])
        known = sum(fold(cell) in _KNOWN for cell in rows[0])
        return known, sum(len(row) == width for row in rows) if width > 1 else 0, width

    return max(DELIMITERS, key=merit)


def _header(name: str, text: str, delimiter: str) -> list[str]:
    cells = next((row for row in _rows(text[:200_000], delimiter) if any(row)), None)
    if cells is None:
        raise InputError("a CSV file starts with a header", f"none in {name}", "export it again")
    refuse_wide(name, len(cells))
    names: list[str] = []
    for at, cell in enumerate(cells, start=1):
        unique = cell.strip() or f"column {at}"
        while unique in names:
            unique += " (again)"
        names.append(unique)
    return names


def refuse_wide(name: str, columns: int) -> None:
    """Refuse what is wide by mistake or on purpose: time and memory grow with its columns.

    Raises
    ------
    InputError
        There are more than `MOST_COLUMNS`.
    """
    if columns > MOST_COLUMNS:
        raise InputError(
            f"a file to import has at most {MOST_COLUMNS:,} columns", f"{columns:,} in {name}",
            "export the columns of orders only",
        )  # fmt: skip


def _regular(text: str, delimiter: str, header: list[str]) -> pd.DataFrame | None:
    """Read with Arrow, or None where a row has another number of cells than the header."""
    irregular = False

    def note(_: object) -> str:
        nonlocal irregular
        irregular = True
        return "skip"

    try:
        table = pa_csv.read_csv(
            pa.BufferReader(text.lstrip("\r\n").encode("utf-8")),
            read_options=pa_csv.ReadOptions(column_names=header, skip_rows=1),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values='"' in text, invalid_row_handler=note
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()),
                null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True,
            ),
        )  # fmt: skip
    except pa.ArrowInvalid:
        return None
    return None if irregular else table.to_pandas()


def _irregular(text: str, delimiter: str, header: list[str]) -> pd.DataFrame:
    """Read row by row: short rows lack cells, long rows keep theirs in a column of its own."""
    width = len(header)
    cells = [row for row in _rows(text, delimiter) if any(row)][1:]
    frame = pd.DataFrame(
        [row[:width] + [""] * (width - len(row)) for row in cells], columns=header, dtype="str"
    )
    frame[EXTRA_CELLS] = pd.Series(
        [delimiter.join(row[width:]) for row in cells], index=frame.index, dtype="str"
    )
    return frame.mask(frame == "")
