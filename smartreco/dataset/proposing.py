"""What a file holds before anybody cleans it: its columns, and which are ours by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from smartreco import columns as c
from smartreco.dataset import delimited
from smartreco.dataset.aliases import EXTRA_CELLS, MENDING, propose
from smartreco.dataset.cleaning.tables import unique_names
from smartreco.dataset.reading import read_table

PREVIEW: Final = 20  # rows
_TEXT: Final = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Proposal:
    """A file as it came, with the columns that its header proposes."""

    frame: pd.DataFrame
    names: dict[str, str]  # ours -> the file's
    encoding: str
    delimiter: str
    remembered: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The file's columns, without what only tells a reader something."""
        return tuple(name for name in self.frame.columns if name not in (EXTRA_CELLS, MENDING))

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that the proposal does not use."""
        return tuple(name for name in self.columns if name not in self.names.values())


def look(
    kind: str, name: str, content: bytes, earlier: Sequence[Mapping[str, Mapping[str, str]]] = ()
) -> Proposal:
    """Read a file and propose what its columns are.

    Parameters
    ----------
    kind
        orders, products, retailers, vendors, stock, promotions or calendar.
    name, content
        Of the upload.
    earlier
        What was said of files' columns before, the newest first: kind -> ours -> the file's.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    frame = read_table((name, content))
    frame.columns = pd.Index(unique_names(frame.columns))
    text = Path(name).suffix.casefold() in _TEXT
    encoding, delimiter = delimited.form(name, content) if text else ("", "")
    held = frozenset(frame.columns)
    said = (dict(one[kind]) for one in earlier if kind in one)
    known = next((one for one in said if held.issuperset(one.values())), None)
    names = propose(kind, frame.columns) if known is None else _with_line_id(kind, known, held)
    return Proposal(frame, names, encoding, delimiter, known is not None)


def _with_line_id(kind: str, names: dict[str, str], held: frozenset[str]) -> dict[str, str]:
    """Rows that were set aside carry the id that their line has, under our name for it."""
    named = MENDING in held and c.LINE_ID in held and c.LINE_ID not in names.values()
    return names | {c.LINE_ID: c.LINE_ID} if kind == "orders" and named else names
