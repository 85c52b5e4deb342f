"""Whether all is well, by rules that a person can check: signs in, findings out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from smartreco.entities import Provenance
from smartreco.logs import LogLine
from smartreco.store.request_log import MethodTimes
from smartreco.store.vital_signs import Failing
from smartreco.workspace.keeping.views import BackupView
from smartreco.workspace.operating.views import Finding, Overview
from smartreco.workspace.status import Phase, Status

RECENT: Final = timedelta(days=1)  # errors and failures that count
BACKUP_AGE: Final = timedelta(days=7)  # from which on a backup is old
MODEL_AGE: Final = timedelta(days=1)  # for which a model may lag behind the data
LEAST_FREE: Final = 1_000_000_000  # bytes of disk
SLOW: Final = 2000.0  # milliseconds within which 95 of 100 calls are to be answered
FEWEST: Final = 20  # calls below which a slowest twentieth says little
#: Use cases that are long by nature: somebody starts them and watches.
LONG: Final = frozenset({
    "fit", "evaluate", "backtest", "make_demo", "backup", "check_backup", "import_files",
    "dry_run", "look", "search", "check", "measure", "measure_curve", "erase_retailer",
    "export_retailer",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signs:
    """All that the rules look at, at one moment (``now``, UTC)."""

    now: datetime
    overview: Overview
    status: Status
    backups: Sequence[BackupView]  # newest first
    backup_folder: bool  # whether there is one to write to
    errors: Sequence[LogLine]
    failing: Sequence[Failing]
    times: Sequence[MethodTimes]  # of the last day
    admins: int
    demo: bool


def findings(signs: Signs) -> tuple[Finding, ...]:
    """What needs somebody first, then what is good to know."""
    found = [
        *_data(signs), *_disk(signs), *_backups(signs), *_errors(signs), *_slow(signs),
        *_people(signs),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: not one.urgent))


def _data(signs: Signs) -> Iterator[Finding]:
    if signs.status.phase is Phase.FAILED:
        yield Finding("preparing", True, {"why": signs.status.message})
    elif signs.overview.info is None:
        yield Finding("no_data", True)
    model, version = signs.overview.model, signs.overview.data_version
    if model is not None and model.data_version != version:
        late = signs.now - model.fitted_at > MODEL_AGE
        yield Finding("model_behind", late, {"since": model.fitted_at})


def _disk(signs: Signs) -> Iterator[Finding]:
    if signs.overview.home.kind == "duckdb" and signs.overview.free < LEAST_FREE:
        yield Finding("disk", True, {"megabytes": round(signs.overview.free / 1e6)})


def _backups(signs: Signs) -> Iterator[Finding]:
    """What somebody imported is worth more than what the program can make again."""
    info = signs.overview.info
    if info is None:
        return
    own = info.provenance is Provenance.IMPORTED
    if not signs.backup_folder:
        yield Finding("no_backup_folder", own)
    elif not signs.backups:
        yield Finding("no_backup", own)
    elif signs.backups[0].problem:
        yield Finding("bad_backup", True, {"name": signs.backups[0].name,
                                           "why": signs.backups[0].problem})  # fmt: skip
    elif signs.now - signs.backups[0].made_at > BACKUP_AGE:
        yield Finding("old_backup", own, {"when": signs.backups[0].made_at})


def _errors(signs: Signs) -> Iterator[Finding]:
    since = signs.now - RECENT
    errors = [one for one in signs.errors if one.happened_at >= since and one.level != "WARNING"]
    if errors:
        yield Finding("errors", True, {"n": len(errors), "last": errors[0].happened_at})
    if signs.failing:
        worst = signs.failing[0]
        yield Finding("failing", True, {"n": sum(one.calls for one in signs.failing),
                                        "name": worst.name.replace("_", " ")})  # fmt: skip


def _slow(signs: Signs) -> Iterator[Finding]:
    slow = [one for one in signs.times
            if one.p95 > SLOW and one.calls >= FEWEST and one.name not in LONG]  # fmt: skip
    if slow:
        worst = max(slow, key=lambda one: one.p95)
        yield Finding("slow", False, {"n": len(slow), "name": worst.name.replace("_", " "),
                                      "seconds": round(worst.p95 / 1000, 1)})  # fmt: skip


def _people(signs: Signs) -> Iterator[Finding]:
    if signs.admins == 1 and not signs.demo:
        yield Finding("one_admin", False)
    if signs.demo:
        yield Finding("demo", False)
