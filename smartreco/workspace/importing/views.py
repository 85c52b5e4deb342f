"""What pages and the API read of an import: what a file holds, the account of it, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from smartreco.dataset.report import ImportReport
from smartreco.errors import SmartRecoError

#: Uploads by kind (orders, products, retailers, vendors, stock, promotions, calendar): a file's
#: name and its bytes.
Files = Mapping[str, tuple[str, bytes]]
#: By kind: our column to the file's. A kind that is left out is understood by its header.
ColumnMapping = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is known beyond the files; unset ones come from the data held, or from the file.

    ``strict`` refuses a file with any impossible or unreadable value, ``tolerant`` sets such
    rows aside however many there are.
    """

    name: str | None = None
    currency: str | None = None
    locale: str | None = None
    strict: bool = False
    tolerant: bool = False


@dataclass(frozen=True, slots=True)
class LookedFile:
    """One upload before anything is cleaned.

    Attributes
    ----------
    encoding, delimiter
        Of delimited text; "" for other files.
    mapping
        Our column to the file's, as proposed.
    remembered
        The proposal is what an earlier import of a file with these columns was given.
    ours, required
        All columns of ours that a file of this kind may hold, and those it has to.
    ignored
        Columns that the proposal does not use.
    preview
        The first 20 rows as they came.
    problem
        Why the file cannot be imported as it is; None where nothing is in its way.
    """

    kind: str
    name: str
    size: int  # bytes
    rows: int
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    ours: tuple[str, ...]
    required: tuple[str, ...]
    preview: pd.DataFrame
    encoding: str = ""
    delimiter: str = ""
    remembered: bool = False
    ignored: tuple[str, ...] = ()
    problem: SmartRecoError | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """All uploads of an import; ``problem`` is one that no single file has."""

    files: tuple[LookedFile, ...]
    problem: SmartRecoError | None = None

    @property
    def ready(self) -> bool:
        """Whether nothing is in the way of a dry run."""
        return self.problem is None and all(file.problem is None for file in self.files)


@dataclass(frozen=True, slots=True)
class Accounting:
    """What an import does, or did.

    Attributes
    ----------
    report
        Every row by file and reason: kept + fixed + quarantined = read.
    added, replaced, unchanged
        Order lines, against what the store held.
    new_products, new_retailers
        That the store did not know.
    first_day, last_day
        Of the orders in the files; None where they hold returns only.
    batch
        Number of the import in the store; None of a dry run.
    replaced_set
        Whether it takes the place of the data set there.
    """

    report: ImportReport
    added: int
    replaced: int
    unchanged: int
    new_products: int
    new_retailers: int
    first_day: date | None
    last_day: date | None
    batch: int | None
    replaced_set: bool


class JobKind(StrEnum):
    """What runs in the background."""

    DRY_RUN = "dry_run"
    IMPORT = "import"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far a job is; the last one is kept until the next begins.

    Attributes
    ----------
    accounting
        Once the rows are accounted for; of an import, once they are stored (a fit may follow).
    error
        Why it came to nothing: the store is as it was.
    """

    job: int
    kind: JobKind
    username: str
    started_at: datetime
    running: bool
    fraction: float
    doing: str
    accounting: Accounting | None = None
    error: SmartRecoError | None = None


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file of an import: its rows, and how many of those set aside a change can mend."""

    kind: str
    name: str
    read: int
    kept: int
    fixed: int
    quarantined: int
    mendable: int


@dataclass(frozen=True, slots=True)
class Batch:
    """One import of the history; kept + fixed + quarantined = read."""

    number: int
    imported_at: datetime
    username: str
    files: tuple[BatchFile, ...]
    read: int
    kept: int
    fixed: int
    quarantined: int
    added: int
    replaced: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows of one file under one reason; ``sentence`` is a translation key."""

    kind: str
    file: str
    reason: str
    outcome: str  # fixed | quarantined
    sentence: str
    rows: int
    mendable: bool
