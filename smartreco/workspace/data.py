"""The data set: made for a demo, or imported; after either, lists follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smartreco.config import PROJECT
from smartreco.dataset.cleaning import Cleaned, CleaningOptions, clean, net_returns
from smartreco.dataset.frames import RawData
from smartreco.dataset.importing import read_files
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.entities import OPERATOR, DatasetInfo, Principal, Provenance, Role
from smartreco.errors import InputError
from smartreco.store import audit
from smartreco.store import blends as blend_store
from smartreco.store import catalogue as catalogue_store
from smartreco.store import dataset as dataset_store
from smartreco.store import drafts as draft_store
from smartreco.store import importing as import_store
from smartreco.store.connection import Cursor
from smartreco.store.importing import ImportOutcome
from smartreco.workspace.accounts.people import People
from smartreco.workspace.core import Core, permits
from smartreco.workspace.draft_steps import DraftSteps
from smartreco.workspace.models import Models
from smartreco.workspace.status import Report, portion, silent

SAMPLES: Mapping[str, Mapping[str, str]] = {
    "iowa": {
        "orders": "data/iowa/iowa_orders.parquet",
        "products": "data/iowa/iowa_products.parquet",
        "retailers": "data/iowa/iowa_retailers.parquet",
    }
}

#: What was done to order lines, and products and shops that were not known.
Written = tuple[ImportOutcome, int, int]


@dataclass(frozen=True)
class Imported:
    """What an import did: how rows were accounted for, and what changed in the store."""

    cleaned: Cleaned
    outcome: ImportOutcome
    new_products: int = 0  # that the store did not know
    new_retailers: int = 0


class _Rehearsed(Exception):  # noqa: N818 - leaves a transaction that is not to be kept
    """Carries what an import would have done."""

    def __init__(self, written: Written) -> None:
        super().__init__()
        self.written = written


class Data:
    """Use cases on the data set."""

    def __init__(self, core: Core, models: Models, people: People, steps: DraftSteps) -> None:
        self.core = core
        self._models = models
        self._people = people
        self._steps = steps

    @permits(Role.ADMIN)
    def make_demo(
        self,
        principal: Principal,
        settings: SyntheticSettings,
        *,
        replace: bool = False,
        progress: Report = silent,
    ) -> Imported:
        """Generate synthetic orders, dirty them, clean them as any import, and store them.

        Raises
        ------
        InputError
            The store holds data that are not a demo's and `replace` is not set.
        """
        from smartreco.dataset.synthetic import dirty, generate  # half a second of each start

        self._refuse_overwrite(replace)
        made = generate(settings, progress=portion(progress, 0.0, 0.4))
        progress(0.4, "Adding the dirt that real exports have")
        raw, _ = dirty(made.clean, seed=settings.seed)
        cleaned = clean(
            raw, _like(made.clean.info), today=settings.end, progress=portion(progress, 0.45, 0.7)
        )
        imported = self._write(
            principal, cleaned, replace=True, progress=portion(progress, 0.7, 1.0)
        )
        made.truth.save(self.core.settings.truth_dir)
        return imported

    @permits(Role.ADMIN)
    def import_files(
        self,
        principal: Principal,
        files: Mapping[str, Path],
        options: CleaningOptions,
        *,
        replace: bool = False,
        today: date | None = None,
        progress: Report = silent,
    ) -> Imported:
        """Read, clean and store files by kind (orders, products, retailers, …).

        Raises
        ------
        InputError
            A file cannot be read or its rows break a rule; nothing has changed.
        """
        progress(0.0, "Reading the files")
        return self._import(
            principal, read_files(files), options, replace=replace, rehearse=False, today=today,
            progress=portion(progress, 0.2, 1.0),
        )  # fmt: skip

    @permits(Role.ADMIN)
    def import_raw(
        self, principal: Principal, raw: RawData, options: CleaningOptions, *,
        replace: bool = False, rehearse: bool = False, progress: Report = silent,
    ) -> Imported:  # fmt: skip
        """The same for files that are read already.

        ``rehearse`` : do all of it and undo it; the store is as it was.

        Raises
        ------
        InputError
            As `import_files`.
        """
        return self._import(
            principal, raw, options, replace=replace, rehearse=rehearse, today=None,
            progress=progress,
        )  # fmt: skip

    def _import(
        self, principal: Principal, raw: RawData, options: CleaningOptions, *, replace: bool,
        rehearse: bool, today: date | None, progress: Report,
    ) -> Imported:  # fmt: skip
        progress(0.0, "Cleaning")
        cleaned = clean(
            raw, options, today=today or self.core.now().date(),
            progress=portion(progress, 0.0, 0.6),
        )  # fmt: skip
        return self._write(
            principal, cleaned, replace=replace, mapping=raw.mapping, rehearse=rehearse,
            progress=portion(progress, 0.6, 1.0),
        )  # fmt: skip

    def make_first(self, progress: Report) -> None:
        """Fill an empty store with what the settings name."""
        sample = SAMPLES.get(self.core.settings.first_data)
        if sample is None:
            self.make_demo(OPERATOR, SyntheticSettings(), progress=progress)
            return
        files = {kind: PROJECT / path for kind, path in sample.items()}
        self.import_files(OPERATOR, files, CleaningOptions(), progress=progress)

    def settle_accounts(self) -> None:
        """Give demo data their accounts, and take them away from anybody's own data."""
        with self.core.store.cursor() as cursor:
            info = dataset_store.read(cursor)
            retailer = catalogue_store.typical_retailer(cursor)
            vendor = catalogue_store.typical_vendor(cursor)
        allowed = self.core.settings.demo
        if allowed is None:
            allowed = info is not None and info.provenance is not Provenance.IMPORTED
        self._people.data_changed(allowed, retailer, vendor)

    def _write(
        self, principal: Principal, cleaned: Cleaned, *, replace: bool, progress: Report,
        mapping: Mapping[str, Mapping[str, str]] | None = None, rehearse: bool = False,
    ) -> Imported:  # fmt: skip
        progress(0.1, "Trying it on the store" if rehearse else "Writing to the store")

        def work(cursor: Cursor) -> Written:
            before = None if replace else dataset_store.read(cursor)
            outcome = import_store.write_data(
                cursor, cleaned.data, cleaned.report, cleaned.changed,
                replace=replace, username=principal.username, now=self.core.now(), net=net_returns,
                mapping=mapping,
            )  # fmt: skip
            new = _new(before, dataset_store.read(cursor))
            if rehearse:
                raise _Rehearsed((outcome, *new))
            self._note(cursor, principal, cleaned, outcome, replace)
            if replace:
                draft_store.forget_all(cursor)
                blend_store.other_data(cursor)
            else:
                draft_store.forget_unknown(cursor)
            return outcome, *new

        def then(_: Written) -> None:
            if replace:
                self._steps.forget_all()

        try:
            written = self.core.store.write(work, then)
        except _Rehearsed as tried:
            progress(1.0, "Tried")
            return Imported(cleaned, *tried.written)
        if replace:
            self._models.forget()
        self.settle_accounts()
        progress(1.0, "Stored")
        return Imported(cleaned, *written)

    def _note(
        self, cursor: Cursor, principal: Principal, cleaned: Cleaned, outcome: ImportOutcome,
        replace: bool,
    ) -> None:  # fmt: skip
        """Say in the audit log who brought in what."""
        report, info = cleaned.report, cleaned.data.info
        made = info.provenance is Provenance.DEMO and replace
        action = "data.made" if made else "data.replaced" if replace else "data.imported"
        detail = {
            "batch": outcome.batch_id, "files": report.sources, "read": report.read,
            "quarantined": report.quarantined, "added": outcome.added,
            "replaced": outcome.replaced,
        }  # fmt: skip
        entry = audit.Entry(self.core.now(), principal.username, action, info.name, detail)
        audit.record(cursor, entry)

    def _refuse_overwrite(self, replace: bool) -> None:
        with self.core.store.cursor() as cursor:
            info = dataset_store.read(cursor)
        if info is None or replace or info.provenance is Provenance.DEMO:
            return
        raise InputError(
            "demo data do not take the place of other data by themselves", f'"{info.name}"',
            "add --replace if that data set may go, or name another file with --db",
        )  # fmt: skip


def _new(before: DatasetInfo | None, after: DatasetInfo | None) -> tuple[int, int]:
    """Products and shops that came with an import."""
    now = (after.products, after.retailers) if after else (0, 0)
    known = (before.products, before.retailers) if before else (0, 0)
    return max(0, now[0] - known[0]), max(0, now[1] - known[1])


def _like(info: DatasetInfo) -> CleaningOptions:
    return CleaningOptions(
        name=info.name, currency=info.currency, locale=info.locale, provenance=info.provenance
    )
