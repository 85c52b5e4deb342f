"""Import by upload: look, rehearse, write in the background, mend what was set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from smartreco import columns as c
from smartreco.dataset.reasons import MENDABLE, RULES
from smartreco.dataset.templates import template
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.entities import Principal, Progress, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.language import Language
from smartreco.store import dataset as dataset_store
from smartreco.store import import_batches
from smartreco.store import quarantine as quarantine_store
from smartreco.store.connection import Cursor
from smartreco.store.import_batches import NumberedBatch
from smartreco.store.quarantine import Wanted
from smartreco.workspace.core import Core, permits
from smartreco.workspace.data import Data, Imported
from smartreco.workspace.importing.jobs import ImportJobs, Tell
from smartreco.workspace.importing.limits import check_sizes
from smartreco.workspace.importing.mending import mending_file
from smartreco.workspace.importing.reading import cleaning_options, look_at, read
from smartreco.workspace.importing.views import (
    Accounting,
    Batch,
    BatchFile,
    ColumnMapping,
    Files,
    ImportOptions,
    ImportState,
    JobKind,
    Looked,
    SetAside,
)
from smartreco.workspace.models import Models
from smartreco.workspace.status import portion, silent

IMPORT_SHARE: Final = 0.6  # of an import's time; the rest is the fit
DEMO_SHARE: Final = 0.7
READING_SHARE: Final = 0.2
NO_MAPPING: ColumnMapping = {}
DEFAULTS = ImportOptions()


class Imports:
    """Use cases of bringing data in."""

    def __init__(self, core: Core, data: Data, models: Models, warm: Callable[[], None]) -> None:
        self.core = core
        self._data = data
        self._models = models
        self._warm = warm
        self._jobs = ImportJobs()

    @permits(Role.ADMIN)
    def look(
        self, principal: Principal, files: Files, mapping: ColumnMapping = NO_MAPPING
    ) -> Looked:
        """Read uploads and propose which column is which; nothing is cleaned or written.

        What is wrong with a file stands in its ``problem``; nothing is raised for it.
        """
        with self.core.store.cursor() as cursor:
            remembered = import_batches.mappings(cursor)
        return look_at(files, mapping, remembered)

    @permits(Role.ADMIN)
    def dry_run(
        self, principal: Principal, files: Files, mapping: ColumnMapping = NO_MAPPING,
        options: ImportOptions = DEFAULTS, *, replace: bool = False,
    ) -> Accounting:  # fmt: skip
        """Do all that `begin` does and undo it: the account of every row, nothing written.

        Raises
        ------
        InputError
            The import would be refused, in the words in which it would be.
        """
        return self._do(
            principal, files, mapping, options, replace=replace, rehearse=True, tell=silent
        )

    @permits(Role.ADMIN)
    def begin_dry_run(
        self, principal: Principal, files: Files, mapping: ColumnMapping = NO_MAPPING,
        options: ImportOptions = DEFAULTS, *, replace: bool = False,
    ) -> int:  # fmt: skip
        """The same in the background; answers with the job's number.

        Raises
        ------
        InputError
            Another job runs, or a file is larger than it may be.
        """
        check_sizes(files)

        def work(tell: Tell, account: Callable[[Accounting], None]) -> None:
            account(
                self._do(
                    principal, files, mapping, options, replace=replace, rehearse=True, tell=tell
                )
            )

        return self._jobs.start(JobKind.DRY_RUN, principal.username, self.core.now(), work)

    @permits(Role.ADMIN)
    def begin(
        self, principal: Principal, files: Files, mapping: ColumnMapping = NO_MAPPING,
        options: ImportOptions = DEFAULTS, *, replace: bool = False,
        confirm: str | None = None,
    ) -> int:  # fmt: skip
        """Import in the background, then fit; answers with the job's number.

        ``confirm`` : with `replace`, the name of the data set that goes.

        Raises
        ------
        InputError
            Another job runs, a file is larger than it may be, or `confirm` is not that name.
        """
        check_sizes(files)
        if replace:
            self._check_confirmed(confirm)

        def work(tell: Tell, account: Callable[[Accounting], None]) -> None:
            share = IMPORT_SHARE
            accounting = self._do(
                principal, files, mapping, options, replace=replace, rehearse=False,
                tell=portion(tell, 0.0, share),
            )  # fmt: skip
            account(accounting)
            self._follow(portion(tell, share, 1.0), replaced=replace)

        return self._jobs.start(JobKind.IMPORT, principal.username, self.core.now(), work)

    @permits(Role.ADMIN)
    def make_demo(
        self, principal: Principal, settings: SyntheticSettings, *, confirm: str | None = None
    ) -> int:
        """Make demo data in the background, then fit; answers with the job's number.

        ``confirm`` : the name of the data set that goes, where one is held.

        Raises
        ------
        InputError
            Another job runs, or `confirm` is not that name.
        """
        self._check_confirmed(confirm)

        def work(tell: Tell, account: Callable[[Accounting], None]) -> None:
            share = DEMO_SHARE
            made = self._data.make_demo(
                principal, settings, replace=True, progress=portion(tell, 0.0, share)
            )
            account(_accounting(made, replaced=True, rehearsed=False))
            self._follow(portion(tell, share, 1.0), replaced=True)

        return self._jobs.start(JobKind.DEMO, principal.username, self.core.now(), work)

    @permits(Role.ADMIN)
    def state(self, principal: Principal, job: int | None = None) -> ImportState | None:
        """How far a job is; None: the one that runs, else the last.

        Raises
        ------
        NotFoundError
            This process knows no job of that number.
        """
        return self._jobs.state(job)

    @permits(Role.ADMIN)
    def batches(
        self, principal: Principal, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[Batch, ...], int]:
        """Imports, the newest first, and how many there are in all."""
        with self.core.store.cursor() as cursor:
            held, total = import_batches.newest(cursor, limit, offset)
            mendable = quarantine_store.mendable(cursor, [one.number for one in held], MENDABLE)
        return tuple(_batch(one, mendable) for one in held), total

    @permits(Role.ADMIN)
    def reasons(self, principal: Principal, batch: int) -> tuple[SetAside, ...]:
        """Rows of an import that were fixed or set aside, counted by file and reason.

        Raises
        ------
        NotFoundError
            There is no such import.
        """
        with self.core.store.cursor() as cursor:
            held = self._held(cursor, batch)
            rows = quarantine_store.counted(cursor, batch)
        kinds = _kinds(held)
        return tuple(
            SetAside(
                kind or kinds.get(file, ""), file, reason, outcome, RULES[reason].sentence, n,
                reason in MENDABLE,
            )
            for kind, file, outcome, reason, n in rows
        )  # fmt: skip

    @permits(Role.ADMIN)
    def quarantine(
        self, principal: Principal, batch: int, reason: str | None = None, limit: int = 100,
        offset: int = 0, *, kind: str | None = None,
    ) -> tuple[pd.DataFrame, int]:  # fmt: skip
        """Rows of an import that were fixed or set aside, as they came, and how many in all.

        Columns: kind, file, row_number, outcome, reason, also, then those of the files.

        Raises
        ------
        NotFoundError
            There is no such import.
        """
        with self.core.store.cursor() as cursor:
            self._held(cursor, batch)
            wanted = Wanted(batch, kind=kind, reason=reason)
            return quarantine_store.read(cursor, wanted, limit, offset)

    @permits(Role.ADMIN)
    def quarantine_file(
        self, principal: Principal, batch: int, kind: str = "orders", *, whole: bool = False
    ) -> bytes:
        """Rows set aside of one file as CSV in its own columns, to be mended and imported again.

        Holds the rows that a change can put right; ``whole``: all that were set aside, to read.

        Raises
        ------
        NotFoundError
            There is no such import, or it had no file of that kind.
        """
        with self.core.store.cursor() as cursor:
            held = self._held(cursor, batch)
            sources = {one["kind"]: one["source"] for one in held.accounting["files"]}
            if kind not in sources:
                raise NotFoundError(
                    "rows set aside are those of a file of the import", kind,
                    "name one of " + ", ".join(sources),
                )  # fmt: skip
            wanted = Wanted(
                batch, file=sources[kind], outcome="quarantined", kind=kind,
                reasons=None if whole else MENDABLE,
            )  # fmt: skip
            marks, original = quarantine_store.as_they_came(cursor, wanted)
        chosen = None if held.mapping is None else held.mapping.get(kind)
        return mending_file(
            marks, original, kind=kind, batch=batch, chosen=chosen, language=Language()
        )

    @permits(Role.ADMIN)
    def template(self, principal: Principal, kind: str) -> bytes:
        """A CSV file with the header of a kind and one row as an example.

        Raises
        ------
        NotFoundError
            There is no such kind of file.
        """
        return template(kind)

    def close(self) -> None:
        """Let a job that runs end."""
        self._jobs.join()

    @property
    def doing(self) -> Progress | None:
        """How far a job is that makes the data or their model anew; None while none does."""
        state = self._jobs.state(None)
        if state is None or not state.running or state.kind is JobKind.DRY_RUN:
            return None
        return Progress(state.fraction, state.doing)

    def _do(
        self, principal: Principal, files: Files, mapping: ColumnMapping, options: ImportOptions,
        *, replace: bool, rehearse: bool, tell: Tell,
    ) -> Accounting:  # fmt: skip
        tell(0.0, "Reading the files")
        raw = read(files, mapping)
        with self.core.store.cursor() as cursor:
            held = dataset_store.read(cursor)
        told = cleaning_options(options, raw, held, replace=replace)
        done = self._data.import_raw(
            principal, raw, told, replace=replace, rehearse=rehearse,
            progress=portion(tell, READING_SHARE, 1.0),
        )  # fmt: skip
        return _accounting(done, replaced=replace, rehearsed=rehearse)

    def _follow(self, tell: Tell, *, replaced: bool) -> None:
        """Fit what has changed, so that lists follow; by hand where the settings say so."""
        if replaced or self.core.settings.refit_after is not None:
            tell(0.0, "Fitting the model")
            self._models.refresh(tell)
            self._warm()

    def _check_confirmed(self, confirm: str | None) -> None:
        """Data go only where somebody wrote their name."""
        with self.core.store.cursor() as cursor:
            held = dataset_store.read(cursor)
        if held is None or (confirm or "").strip() == held.name:
            return
        raise InputError(
            "a data set goes only where its name is typed", f'"{confirm or ""}"',
            f'type "{held.name}"',
        )  # fmt: skip

    @staticmethod
    def _held(cursor: Cursor, batch: int) -> NumberedBatch:
        held = import_batches.numbered(cursor, batch)
        if held is None:
            raise NotFoundError(
                "an import is asked for by its number", str(batch), "see the list of imports"
            )
        return held


def _accounting(done: Imported, *, replaced: bool, rehearsed: bool) -> Accounting:
    days = done.cleaned.data.orders[c.ORDERED_AT]
    outcome = done.outcome
    return Accounting(
        report=done.cleaned.report, added=outcome.added, replaced=outcome.replaced,
        unchanged=outcome.unchanged, new_products=done.new_products,
        new_retailers=done.new_retailers,
        first_day=None if days.empty else days.min().date(),
        last_day=None if days.empty else days.max().date(),
        batch=None if rehearsed else outcome.batch_id, replaced_set=replaced,
    )  # fmt: skip


def _kinds(held: NumberedBatch) -> dict[str, str]:
    return {one["source"]: one["kind"] for one in held.accounting["files"]}


def _batch(held: NumberedBatch, mendable: dict[tuple[int, str], int]) -> Batch:
    one = held.batch
    files = tuple(
        BatchFile(
            kind=file["kind"], name=file["source"], read=file["read"], kept=file["kept"],
            fixed=file["fixed"], quarantined=file["quarantined"],
            mendable=mendable.get((held.number, file["source"]), 0),
        )
        for file in held.accounting["files"]
    )  # fmt: skip
    return Batch(
        held.number, one.imported_at, one.username, files, one.read, one.kept, one.fixed,
        one.quarantined, one.lines_added, one.lines_replaced, one.lines_unchanged,
    )  # fmt: skip
