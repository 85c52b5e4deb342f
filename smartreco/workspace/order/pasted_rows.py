"""Rows of a list that was typed, pasted or uploaded, each with the ways to cut it into cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from smartreco.dataset.delimited import decoded
from smartreco.dataset.reading import read_bytes, read_table
from smartreco.errors import InputError

LARGEST_FILE: Final = 4_000_000  # bytes
_SIGNS_A_ROW: Final = 200
_TEXT_FILES: Final = ("", ".csv", ".tsv", ".txt")
_SIGNS: Final = ("\t", ";", "|", ",")
_AGAIN: Final = " (again)"  # what the reader of files adds to a header cell that comes twice

Cells = list[str]
Row = tuple[int, str, list[Cells]]  # number in the text, the row as it came, its possible cuts


def rows_of_text(text: str, most_rows: int) -> Iterator[Row]:
    """Rows of pasted text that hold anything.

    Raises
    ------
    InputError
        It is longer than a list of so many rows can be.
    """
    if len(text) > most_rows * _SIGNS_A_ROW:
        raise too_long(most_rows, f"{len(text):,} signs")
    return _limited(_text_rows(text), most_rows)


def rows_of_file(name: str, content: bytes, most_rows: int) -> Iterator[Row]:
    """Rows of a CSV, text, XLSX or Parquet file; a name without an ending is of a text.

    Raises
    ------
    InputError
        It is too large, empty, or not what its ending says.
    """
    if len(content) > LARGEST_FILE:
        raise InputError(
            f"a file of a list has at most {LARGEST_FILE // 1_000_000} MB",
            f"{len(content) / 1e6:.1f} MB in {name}", "leave out what is not part of it",
        )  # fmt: skip
    if Path(name).suffix.casefold() in _TEXT_FILES:
        source = (name or "this file", content)
        return rows_of_text(decoded(source[0], read_bytes(source)), most_rows)
    frame = read_table((name, content))
    if len(frame) > most_rows:
        raise too_long(most_rows, f"{len(frame):,} rows in {name}")
    return _table_rows(frame)


def too_long(most_rows: int, found: str) -> InputError:
    """What is said of an endless list."""
    return InputError(f"a list has at most {most_rows:,} rows", found, "give it in parts")


def _limited(rows: Iterator[Row], most_rows: int) -> Iterator[Row]:
    for at, row in enumerate(rows):
        if at >= most_rows:
            raise too_long(most_rows, f"more than {most_rows:,} rows")
        yield row


def _text_rows(text: str) -> Iterator[Row]:
    for number, row in enumerate(text.splitlines(), start=1):
        if row.strip(" \t;,|"):
            yield number, row.strip(), list(_cuts(row))


def _table_rows(frame: pd.DataFrame) -> Iterator[Row]:
    header = [str(name).removesuffix(_AGAIN) for name in frame.columns]
    body = ([_cell(one) for one in row] for row in frame.itertuples(index=False, name=None))
    for number, cells in enumerate([header, *body], start=1):
        if any(cells):
            yield number, " ".join(cells).strip(), [cells]


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()


def _cuts(row: str) -> Iterator[Cells]:
    """A row cut by each sign it holds; the last cut is the row as one cell."""
    for sign in _SIGNS:
        if sign in row:
            yield [cell.strip() for cell in next(csv.reader([row], delimiter=sign), [])]
    yield [row.strip()]
