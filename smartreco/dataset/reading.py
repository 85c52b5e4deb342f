"""From a file of any kind we take to a frame that holds it as it came.

A file is named by its ending and checked by its content, so that a mistake
(a renamed file, an empty one, a zip bomb) gets one clear sentence before any
row is looked at. Text files keep every cell as text: reading numbers and dates
is cleaning's task, and "the row as it came" has to stay true.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from smartreco.dataset.delimited import read_delimited, refuse_wide
from smartreco.dataset.workbook import read_workbook
from smartreco.errors import InputError

#: A file on disk, or an upload: its name and its bytes.
Source = Path | tuple[str, bytes]

MOST_CELLS: Final = 200_000_000  # of a Parquet file: 1.6 GB as numbers
ENDINGS: Final = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")


def source_name(source: Source) -> str:
    """The words that name a file in messages."""
    return source.name if isinstance(source, Path) else source[0]


def read_bytes(source: Source) -> bytes:
    """A file's content.

    Raises
    ------
    InputError
        The file is missing, is a folder, cannot be read or is empty.
    """
    if not isinstance(source, Path):
        content = source[1]
    elif not source.exists():
        raise InputError("a file to import exists", f"nothing at {source}", "check the path")
    elif source.is_dir():
        raise InputError("a file is imported", f"a folder at {source}", "name a file in it")
    else:
        try:
            content = source.read_bytes()
        except OSError as error:
            raise InputError(
                "a file to import can be read", f"{error.strerror} at {source}",
                "check its permissions",
            ) from error  # fmt: skip
    if not content.strip():
        raise InputError(
            "a file to import holds rows", f"{source_name(source)}, which is empty",
            "export it again",
        )  # fmt: skip
    return content


def read_table(source: Source) -> pd.DataFrame:
    """Read a CSV, Parquet or XLSX file as it came.

    Raises
    ------
    InputError
        The file is missing, empty, no file of its ending, or holds no rows.
    """
    name = source_name(source)
    ending = Path(name).suffix.casefold()
    if isinstance(source, Path) and source.is_dir():
        ending = ENDINGS[0]  # read_bytes says what is wrong
    if ending not in ENDINGS:
        raise InputError(
            "files are read as CSV, Parquet or XLSX", name, "save it as one of these",
        )  # fmt: skip
    content = read_bytes(source)
    if ending == ".parquet":
        frame = _parquet(name, content)
    elif ending == ".xlsx":
        frame = _xlsx(name, content)
    else:
        frame = read_delimited(name, content)
    if frame.empty:
        raise InputError(
            "a file to import holds rows below its header", f"no row in {name}", "export it again"
        )
    return frame


def _parquet(name: str, content: bytes) -> pd.DataFrame:
    try:
        _refuse_bomb(name, pq.read_metadata(pa.BufferReader(content)))
        table = _flat(pq.read_table(pa.BufferReader(content)))
        frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(
            "a file ending in .parquet is a Parquet file", f"{name}, which is none",
            "export it again, or give it the ending that fits its content",
        ) from error  # fmt: skip
    return frame


def _flat(table: pa.Table) -> pa.Table:
    """Lists and records as the text of them: no cell of ours is one, and some of theirs are."""
    for at, field in enumerate(table.schema):
        if pa.types.is_nested(field.type):
            texts = [None if one is None else str(one) for one in table.column(at).to_pylist()]
            table = table.set_column(at, field.name, pa.array(texts, pa.string()))
    return table


def _refuse_bomb(name: str, said: pq.FileMetaData) -> None:
    """A value that repeats takes no room in the file, so a small one can hold billions."""
    refuse_wide(name, said.num_columns)
    cells = said.num_rows * said.num_columns
    if cells > MOST_CELLS:
        raise InputError(
            f"a Parquet file unfolds to at most {MOST_CELLS / 1e6:.0f} million cells",
            f"{cells / 1e6:,.0f} million in {name}", "cut it into several, of our columns only",
        )  # fmt: skip


def _xlsx(name: str, content: bytes) -> pd.DataFrame:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise InputError(
            "a file ending in .xlsx is an Excel workbook", f"{name}, which is none",
            "save it from Excel as .xlsx, or give it the ending that fits its content",
        )  # fmt: skip
    return read_workbook(name, content)
