"""Uploads read for an import: what each holds, and the data they make together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from smartreco.dataset.aliases import ALIASES, REQUIRED, check_choice
from smartreco.dataset.cleaning import CleaningOptions
from smartreco.dataset.frames import RawData
from smartreco.dataset.importing import KINDS, read_files
from smartreco.dataset.proposing import PREVIEW, Proposal, look
from smartreco.entities import DatasetInfo
from smartreco.errors import InputError, SmartRecoError
from smartreco.workspace.core import log
from smartreco.workspace.importing.limits import check_rows, check_sizes, shortened
from smartreco.workspace.importing.views import (
    ColumnMapping,
    Files,
    ImportOptions,
    Looked,
    LookedFile,
)

Remembered = Sequence[Mapping[str, Mapping[str, str]]]


def read(files: Files, mapping: ColumnMapping) -> RawData:
    """Files of an import within its limits.

    Raises
    ------
    InputError
        A file is too large, cannot be read, or holds too many rows.
    """
    files = shortened(files)
    check_sizes(files)
    given = {kind: names for kind, names in mapping.items() if names and kind in files}
    try:
        raw = read_files(files, given)
    except SmartRecoError:
        raise
    except Exception as error:  # a library's own mistake about a broken file
        raise _unreadable(", ".join(name for name, _ in files.values()), error) from error
    for kind, frame in raw.frames.items():
        check_rows(raw.sources[kind], len(frame))
    return raw


def look_at(files: Files, mapping: ColumnMapping, remembered: Remembered) -> Looked:
    """What each file holds, with what is wrong with it."""
    files = shortened(files)
    looked = tuple(
        _look(kind, *files[kind], mapping.get(kind), remembered) for kind in KINDS if kind in files
    )
    problem: SmartRecoError | None = None
    try:
        check_sizes(files)
    except SmartRecoError as error:
        problem = error
    if problem is None and "orders" not in files:
        problem = InputError(
            "an import needs a file of orders", ", ".join(files) or "no file", "add the orders"
        )
    return Looked(looked, problem)


def missing_columns(kind: str, names: Mapping[str, str]) -> list[str]:
    """Our columns that a file needs and nobody has chosen one for."""
    return [name for name in REQUIRED[kind] if name not in names]


def column_problem(
    kind: str, columns: Sequence[str], names: Mapping[str, str]
) -> SmartRecoError | None:
    """Why a choice of columns will not do; None where it will."""
    missing = missing_columns(kind, names)
    if missing:
        return InputError(
            f"a file of {kind} needs {', '.join(missing)}", "no column chosen for it",
            "choose the column that holds it",
        )  # fmt: skip
    try:
        check_choice(kind, columns, names)
    except SmartRecoError as error:
        return error
    return None


def cleaning_options(
    options: ImportOptions, raw: RawData, held: DatasetInfo | None, *, replace: bool
) -> CleaningOptions:
    """What cleaning is told: what somebody said, else what is known of the data held.

    Rows that were set aside go back to the data set that they came from, whichever it is.
    """
    adding = held is not None and not replace
    locale = options.locale or (held.locale if held is not None and adding else None)
    if held is not None and adding and "orders" in raw.mended:
        return CleaningOptions(
            name=held.name, currency=held.currency or options.currency, locale=locale,
            provenance=held.provenance, credit=held.credit, strict=options.strict,
            tolerant=options.tolerant,
        )  # fmt: skip
    return CleaningOptions(
        name=options.name or None, currency=options.currency or None, locale=locale,
        strict=options.strict, tolerant=options.tolerant,
    )  # fmt: skip


def _look(
    kind: str, name: str, content: bytes, chosen: Mapping[str, str] | None, remembered: Remembered
) -> LookedFile:
    try:
        check_sizes({kind: (name, content)})
        found = look(kind, name, content, remembered)
        check_rows(name, len(found.frame))
    except SmartRecoError as error:
        return _broken(kind, name, content, error)
    except Exception as error:
        return _broken(kind, name, content, _unreadable(name, error))
    names = dict(chosen) if chosen else found.names
    return _looked(kind, name, content, found, names)


def _looked(
    kind: str, name: str, content: bytes, found: Proposal, names: dict[str, str]
) -> LookedFile:
    return LookedFile(
        kind=kind, name=name, size=len(content), rows=len(found.frame), columns=found.columns,
        mapping=names, ours=tuple(ALIASES[kind]), required=REQUIRED[kind],
        preview=found.frame[list(found.columns)].head(PREVIEW), encoding=found.encoding,
        delimiter=found.delimiter, remembered=found.remembered,
        ignored=tuple(one for one in found.columns if one not in names.values()),
        problem=column_problem(kind, found.columns, names),
    )  # fmt: skip


def _broken(kind: str, name: str, content: bytes, problem: SmartRecoError) -> LookedFile:
    ours = ALIASES.get(kind, {})
    return LookedFile(
        kind=kind, name=name, size=len(content), rows=0, columns=(), mapping={}, ours=tuple(ours),
        required=REQUIRED.get(kind, ()), preview=pd.DataFrame(), problem=problem,
    )  # fmt: skip


def _unreadable(name: str, error: Exception) -> InputError:
    log.warning("a file could not be read: %s", type(error).__name__)
    return InputError(
        "a file to import is whole", f"{name}, which is broken or of another kind",
        "export it again, and give it the ending that fits its content",
    )  # fmt: skip
