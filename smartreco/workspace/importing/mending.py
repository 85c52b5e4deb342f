"""Rows that were set aside as a file to mend and to import again, each arriving once.

An order line is known by its order and its id within it. Where a source has no such ids they
are counted (`product#2`), and a file of only the bad rows would count anew and take the place
of good lines. So the file carries the id that each row has in its import, and one of its own
where order or product are what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartreco import columns as c
from smartreco.dataset.aliases import MENDING, propose
from smartreco.dataset.reasons import RULES
from smartreco.language import Language
from smartreco.workspace.cells import inert


def mending_file(
    marks: pd.DataFrame, original: pd.DataFrame, *, kind: str, batch: int,
    chosen: Mapping[str, str] | None, language: Language,
) -> bytes:  # fmt: skip
    """Rows as CSV in their file's own columns, with the reason in the last.

    Parameters
    ----------
    marks, original
        Columns reason, line_id and row_number; the rows as they came. One index.
    kind, batch
        Of the file, and of the import.
    chosen
        Our columns to the file's, where somebody said so.
    """
    rows = original.drop(columns=[MENDING], errors="ignore")
    names = dict(chosen) if chosen else propose(kind, rows.columns)
    if kind == "orders" and c.LINE_ID not in names and c.LINE_ID not in rows.columns:
        own = [f"mended-{batch}-{row}" for row in marks["row_number"]]
        rows = rows.assign(**{c.LINE_ID: marks["line_id"].where(marks["line_id"].notna(), own)})
    rows = rows.assign(
        **{MENDING: [language.text(RULES[code].sentence) for code in marks["reason"]]}
    )
    return as_csv(rows)


def as_csv(rows: pd.DataFrame) -> bytes:
    """CSV of cells that no spreadsheet takes for a formula; numbers stay numbers."""
    safe = rows.apply(lambda column: column.map(_cell, na_action="ignore"))
    text: str = safe.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, str) or _is_number(value):
        return value
    return inert(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
