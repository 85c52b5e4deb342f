"""Excel workbooks: every sheet whose header is that of the first one, one below the other.

A workbook is a zip archive, and a small one can unfold to fill the memory;
what it says about its own unfolded size is checked before it is opened.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from smartreco.dataset.delimited import refuse_wide
from smartreco.errors import InputError

LARGEST_UNFOLDED: Final = 1_000_000_000  # bytes; a sheet of a million full rows has half of it
LARGEST_RATIO: Final = 200  # unfolded to folded; sheets reach about 20
MOST_CELLS: Final = 50_000_000  # short rows are filled up to the header's width

Row = tuple[Any, ...]


def read_workbook(name: str, content: bytes) -> pd.DataFrame:
    """Read a workbook; cells keep the type that Excel gave them.

    Raises
    ------
    InputError
        The archive unfolds to more than it may, or holds no workbook.
    """
    import openpyxl  # only workbooks pay for its start

    _refuse_bomb(name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that do not matter here
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            header, rows = _tables(
                name, [_filled(sheet.iter_rows(values_only=True)) for sheet in book]
            )
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, AttributeError) as error:
        raise InputError(
            "a file ending in .xlsx is an Excel workbook", f"{name}, which is none",
            "save it from Excel as .xlsx",
        ) from error  # fmt: skip
    return pd.DataFrame(rows, columns=header, dtype=object)


def _refuse_bomb(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unfolded = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        unfolded = 0  # openpyxl says so
    if unfolded > LARGEST_UNFOLDED or unfolded > LARGEST_RATIO * max(len(content), 100_000):
        raise InputError(
            "a workbook unfolds to at most 1 GB", f"{unfolded / 1e9:.1f} GB in {name}",
            "save the sheet as CSV or Parquet",
        )  # fmt: skip


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    return (row for row in rows if any(cell is not None and cell != "" for cell in row))


def _tables(name: str, sheets: list[Iterator[Row]]) -> tuple[list[str], list[list[Any]]]:
    header: list[str] = []
    body: list[list[Any]] = []
    for sheet in sheets:
        names = [
            f"column {at}" if cell is None else str(cell).strip()
            for at, cell in enumerate(next(sheet, ()), start=1)
        ]
        if not header:
            refuse_wide(name, len(names))
            header = names
        elif names != header:
            continue
        width = len(header)
        for row in sheet:
            body.append([*row[:width], *[None] * (width - len(row))])
            if len(body) * width > MOST_CELLS:
                raise InputError(
                    f"a workbook holds at most {MOST_CELLS / 1e6:.0f} million cells",
                    f"more in {name}", "save the sheet as CSV or Parquet",
                )  # fmt: skip
    return header, body
