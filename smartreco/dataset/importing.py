"""Files by kind, read into one `RawData` that cleaning takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from smartreco.dataset.aliases import ALIASES, MENDING
from smartreco.dataset.frames import RawData
from smartreco.dataset.reading import Source, read_bytes, read_table, source_name
from smartreco.dataset.samples import recognise_sample
from smartreco.errors import InputError

KINDS = tuple(ALIASES)


#: Signs before which a quote was set, so that no spreadsheet takes a cell for a formula.
QUOTED = r"^'(?=[=+\-@\t\r])"


def read_files(
    files: Mapping[str, Source] | Mapping[str, Path],
    mapping: Mapping[str, Mapping[str, str]] | None = None,
) -> RawData:
    """Read files as they came.

    Parameters
    ----------
    files
        Kind (orders, products, retailers, vendors, stock, promotions, calendar)
        to a path, or to a name and the bytes of an upload. ``orders`` is required.
    mapping
        By kind our columns to the file's, where somebody said so.

    Raises
    ------
    InputError
        A kind is unknown, orders are missing, or a file cannot be read.
    """
    unknown = [kind for kind in files if kind not in KINDS]
    if unknown:
        raise InputError(
            "a file to import is one of " + ", ".join(KINDS), ", ".join(unknown), "name its kind"
        )
    if "orders" not in files:
        raise InputError(
            "an import needs a file of orders", ", ".join(files) or "no file", "add the orders"
        )
    frames, sources, mended = {}, {}, set()
    sample = None
    for kind in (kind for kind in KINDS if kind in files):
        name = source_name(files[kind])
        source: Source = files[kind] if kind != "orders" else (name, read_bytes(files[kind]))
        if kind == "orders" and isinstance(source, tuple):
            sample = recognise_sample(source[1])
        frames[kind] = read_table(source)
        if MENDING in frames[kind].columns:
            frames[kind] = _as_it_was(frames[kind])
            mended.add(kind)
        sources[kind] = name
    return RawData(frames, sources, sample, dict(mapping or {}), frozenset(mended))


def _as_it_was(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows that were set aside, without what was written beside them for their reader."""
    frame = frame.drop(columns=MENDING)
    texts = [name for name in frame.columns if pd.api.types.is_string_dtype(frame[name].dtype)]
    unquoted = {name: frame[name].str.replace(QUOTED, "", regex=True) for name in texts}
    return frame.assign(**unquoted)
