"""Clean data on their way into the store: one transaction, all or nothing.

`write_data` runs inside `Store.write`. Data travel as registered frames, never
as text in SQL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import pandas as pd

from smartreco.entities import DatasetInfo, Provenance
from smartreco.errors import InputError
from smartreco.store import dataset, erasure, import_catalogue, order_parts, signals, weekly
from smartreco.store.connection import Cursor
from smartreco.store.import_lines import forget_temporary, write_lines
from smartreco.store.import_returns import Netting
from smartreco.store.known_ids import as_stored
from smartreco.store.registered import count, registered

#: Tables of the data set, emptied when another takes its place.
DATA_TABLES: Final = (
    "order_lines", "cancelled_lines", "returned_lines", "placements", "orders", "weekly_sales",
    "stock_levels", "order_parts", "data_acts", "vendor_counts", "promotion_edits", "data_edits",
    "promotions", "calendar", "products", "retailers", "vendors", "quarantine",
    "import_batches",
)  # fmt: skip


class CleanFrames(Protocol):
    """Clean data, as `dataset.frames.CleanData` describes them."""

    @property
    def info(self) -> DatasetInfo: ...
    @property
    def orders(self) -> pd.DataFrame: ...
    @property
    def products(self) -> pd.DataFrame: ...
    @property
    def retailers(self) -> pd.DataFrame: ...
    @property
    def vendors(self) -> pd.DataFrame: ...
    @property
    def stock(self) -> pd.DataFrame | None: ...
    @property
    def promotions(self) -> pd.DataFrame | None: ...
    @property
    def calendar(self) -> pd.DataFrame | None: ...
    @property
    def returns(self) -> pd.DataFrame | None: ...
    @property
    def as_ordered(self) -> pd.DataFrame | None: ...


class Account(Protocol):
    """How the rows of all files were accounted for."""

    @property
    def sources(self) -> str: ...
    @property
    def read(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def fixed(self) -> int: ...
    @property
    def quarantined(self) -> int: ...
    def as_dict(self) -> dict[str, object]: ...


class FileRows(Protocol):
    """Fixed and quarantined rows of one file: marks, and the rows as they came."""

    @property
    def source(self) -> str: ...
    @property
    def marks(self) -> pd.DataFrame: ...
    @property
    def original(self) -> pd.DataFrame: ...
    @property
    def kind(self) -> str: ...
    @property
    def line_ids(self) -> pd.Series | None: ...


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did to the store's order lines."""

    batch_id: int
    added: int
    replaced: int
    unchanged: int
    changed: bool  # whether anything in the data differs now


def write_data(
    cursor: Cursor,
    clean: CleanFrames,
    account: Account,
    changed: Sequence[FileRows],
    *,
    replace: bool,
    username: str,
    now: datetime,
    net: Netting,
    mapping: Mapping[str, Mapping[str, str]] | None = None,
) -> ImportOutcome:
    """Write one import: data, account and the rows that were fixed or set aside.

    Parameters
    ----------
    cursor
        Of the running transaction.
    clean, account, changed
        What cleaning made.
    replace
        Whether the data set takes the place of the one there.
    username, now
        Who imports, and when.
    net
        Takes returns off lines.
    mapping
        What somebody said of the files' columns; kept for the next file that has these.

    Raises
    ------
    InputError
        The store holds another data set and `replace` is not set, or a first
        import holds no order line.
    """
    held = dataset.read(cursor)
    if clean.orders.empty and (replace or held is None):
        raise InputError(
            "a data set starts with at least one order line",
            f"returns and cancellations only in {account.sources}", "import the orders first",
        )  # fmt: skip
    if replace:
        clear_data(cursor)
        if held is not None and held.provenance is not Provenance.IMPORTED:
            erasure.forget_all(cursor)  # of a demo nobody is left; its ids are others' now
    elif held is not None:
        _refuse_mixture(held, clean.info)
    batch = 1 + count(cursor, "SELECT max(batch_id) FROM import_batches")
    erased = erasure.names_in(cursor, clean.retailers)
    clean = as_stored(cursor, clean)
    changes = import_catalogue.write_vendors(cursor, clean.vendors)
    changes += import_catalogue.write_products(cursor, clean.products)
    changes += import_catalogue.write_retailers(cursor, clean.retailers)
    changes += import_catalogue.write_stock(cursor, clean.stock)
    changes += import_catalogue.write_promotions(cursor, clean.promotions)
    changes += import_catalogue.write_calendar(cursor, clean.calendar)
    lines = write_lines(cursor, clean.orders, clean.as_ordered, clean.returns, batch=batch, net=net)
    order_parts.follow_import(cursor, username, now)
    weekly.update(cursor, "touched")
    forget_temporary(cursor)
    differs = bool(
        replace or held is None or changes or lines.added or lines.replaced or lines.returns
    )
    if differs:
        dataset.write(cursor, clean.info if held is None or replace else held, now)
    _write_batch(
        cursor, account, (lines.added, lines.replaced, lines.unchanged), batch, username, now,
        json.dumps({kind: dict(names) for kind, names in mapping.items()}) if mapping else None,
    )  # fmt: skip
    for part in changed:
        _write_rows(cursor, part, batch)
    erasure.blank_rows(cursor, erased)
    return ImportOutcome(batch, lines.added, lines.replaced, lines.unchanged, differs)


def clear_data(cursor: Cursor) -> None:
    """Empty every table of the data set; accounts, drafts and models are others' to clear."""
    for table in DATA_TABLES:
        cursor.execute(f"DELETE FROM {table}")
    signals.other_data_set(cursor)


def _refuse_mixture(held: DatasetInfo, new: DatasetInfo) -> None:
    """One store holds one data set: others are not mixed into it."""
    action = "add --replace if that data set may go, or name another file with --db"
    if held.provenance is not new.provenance:
        words = {
            Provenance.DEMO: "demo data",
            Provenance.SAMPLE: "the sample",
            Provenance.IMPORTED: "imported data",
        }
        raise InputError(
            "a store holds one data set, and other data are not mixed into it",
            f'{words[held.provenance]} named "{held.name}"', action,
        )  # fmt: skip
    if held.currency and new.currency and held.currency != new.currency:
        raise InputError(
            "a data set has one currency", f"{held.currency} in the store and {new.currency} in "
            "the file", action,
        )  # fmt: skip


def _write_batch(
    cursor: Cursor,
    account: Account,
    lines: tuple[int, int, int],
    batch: int,
    username: str,
    now: datetime,
    mapping: str | None,
) -> None:
    rows = [account.read, account.kept, account.fixed, account.quarantined]
    cursor.execute(
        "INSERT INTO import_batches (batch_id, imported_at, username, files, rows_read, rows_kept, "
        "rows_fixed, rows_quarantined, lines_added, lines_replaced, lines_unchanged, accounting, "
        "mapping) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            batch, now, username, account.sources, *rows, *lines, json.dumps(account.as_dict()),
            mapping,
        ],
    )  # fmt: skip


def _write_rows(cursor: Cursor, part: FileRows, batch: int) -> None:
    """Keep fixed and quarantined rows with their reasons, as they came."""
    if part.marks.empty:
        return
    marks = part.marks.assign(
        line_id=pd.Series(None, index=part.marks.index, dtype="str")
        if part.line_ids is None
        else part.line_ids.array
    )
    with registered(cursor, marks=marks, original=_writable(part.original)):
        cursor.execute(
            "INSERT INTO quarantine (batch_id, file, row_number, outcome, reason, also, original, "
            "kind, line_id) SELECT $batch, $file, m.row_number, m.outcome, m.reason, m.also, "
            "to_json(o), $kind, m.line_id FROM marks m POSITIONAL JOIN original o",
            {"batch": batch, "file": part.source, "kind": part.kind},
        )


def _writable(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with columns of mixed types (as Excel has them) turned to text."""
    mixed = [name for name in frame.columns if frame[name].dtype == object]
    return frame.assign(
        **{name: frame[name].map(str, na_action="ignore").astype("str") for name in mixed}
    )
