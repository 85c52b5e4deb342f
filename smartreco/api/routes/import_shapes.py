"""Imports as they are asked and answered."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from smartreco.api.shapes import Answer, Instant
from smartreco.language import Language
from smartreco.workspace.importing import views
from smartreco.workspace.importing.views import JobKind


class LookedFile(Answer):
    """One upload before anything is cleaned."""

    kind: str = Field(examples=["orders"])
    name: str = Field(examples=["orders.csv"])
    size: int = Field(description="Bytes.", examples=[52_000])
    rows: int = Field(examples=[1000])
    encoding: str = Field(examples=["utf-8"])
    delimiter: str = Field(examples=[","])
    columns: list[str] = Field(examples=[["Invoice", "Shop"]])
    mapping: dict[str, str] = Field(
        description="Our column to the file's, as proposed.", examples=[{"order_id": "Invoice"}]
    )
    remembered: bool = Field(description="As an earlier import of such a file was told.")
    required: list[str] = Field(examples=[["order_id"]])
    ignored: list[str] = Field(description="Columns that are not used.")
    preview: list[dict[str, str | None]] = Field(description="The first rows as they came.")
    problem: str | None = Field(description="Why it cannot be imported as it is.")


class Looked(Answer):
    """All uploads of an import."""

    files: list[LookedFile]
    ready: bool = Field(description="Nothing is in the way of an import.")
    problem: str | None = Field(description="One that no single file has.")


class Accounting(Answer):
    """What an import does, or did: kept + fixed + quarantined = read."""

    read: int = Field(examples=[1000])
    kept: int = Field(examples=[980])
    fixed: int = Field(examples=[15])
    quarantined: int = Field(examples=[5])
    added: int = Field(description="Order lines that the store did not hold.", examples=[990])
    replaced: int = Field(examples=[5])
    unchanged: int = Field(examples=[0])
    new_products: int = Field(examples=[12])
    new_retailers: int = Field(examples=[3])
    first_day: date | None
    last_day: date | None
    batch: int | None = Field(description="Number of the import; null of a dry run.")
    replaced_set: bool
    said: list[str] = Field(description="The account in words, by file and reason.")


class Job(Answer):
    """How far an import is."""

    job: int = Field(examples=[1])
    kind: JobKind
    username: str = Field(examples=["admin"])
    started_at: Instant
    running: bool
    fraction: float = Field(ge=0, le=1, examples=[0.4])
    doing: str = Field(examples=["Cleaning"])
    accounting: Accounting | None
    problem: str | None = Field(description="Why it came to nothing: the store is as it was.")


class BatchFile(Answer):
    """One file of an import."""

    kind: str = Field(examples=["orders"])
    name: str = Field(examples=["orders.csv"])
    read: int
    kept: int
    fixed: int
    quarantined: int
    mendable: int = Field(description="Set aside and could be put right.")


class Batch(Answer):
    """One import of the history."""

    number: int = Field(examples=[3])
    imported_at: Instant
    username: str = Field(examples=["admin"])
    files: list[BatchFile]
    read: int
    kept: int
    fixed: int
    quarantined: int
    added: int
    replaced: int
    unchanged: int


def looked(found: views.Looked) -> Looked:
    """A look as it is answered."""
    return Looked(
        files=[_file(one) for one in found.files], ready=found.ready,
        problem=None if found.problem is None else str(found.problem),
    )  # fmt: skip


def job(state: views.ImportState, language: Language) -> Job:
    """A job as it is answered."""
    found = state.accounting
    return Job(
        job=state.job, kind=state.kind, username=state.username, started_at=state.started_at,
        running=state.running, fraction=min(max(state.fraction, 0.0), 1.0), doing=state.doing,
        accounting=None if found is None else accounting(found, language),
        problem=None if state.error is None else str(state.error),
    )  # fmt: skip


def accounting(found: views.Accounting, language: Language) -> Accounting:
    """An account as it is answered."""
    report = found.report
    return Accounting(
        read=report.read, kept=report.kept, fixed=report.fixed, quarantined=report.quarantined,
        added=found.added, replaced=found.replaced, unchanged=found.unchanged,
        new_products=found.new_products, new_retailers=found.new_retailers,
        first_day=found.first_day, last_day=found.last_day, batch=found.batch,
        replaced_set=found.replaced_set, said=list(report.text(language)),
    )  # fmt: skip


def _file(one: views.LookedFile) -> LookedFile:
    text = one.preview.astype("object").where(one.preview.notna(), None)
    rows = [
        {str(name): None if value is None else str(value) for name, value in row.items()}
        for row in text.to_dict(orient="records")
    ]
    return LookedFile(
        kind=one.kind, name=one.name, size=one.size, rows=one.rows, encoding=one.encoding,
        delimiter=one.delimiter, columns=list(one.columns), mapping=dict(one.mapping),
        remembered=one.remembered, required=list(one.required), ignored=list(one.ignored),
        preview=rows, problem=None if one.problem is None else str(one.problem),
    )  # fmt: skip
