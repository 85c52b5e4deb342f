"""What an admin wants to know of the program itself: is all well, and if not, what is the matter.

What other subjects know (how far the workspace is, backups, measurements) is asked of them
through `Watched`, the workspace as far as it matters here.
"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Protocol

from smartreco import __version__, errors, logs
from smartreco.entities import Principal, Role
from smartreco.errors import SmartRecoError
from smartreco.logs import LogLine
from smartreco.store import dataset, import_batches, models, request_log, vital_signs
from smartreco.store.connection import Cursor
from smartreco.store.vital_signs import Failing, TableSize
from smartreco.workspace.accounts.seen_sessions import idle_since
from smartreco.workspace.core import Core, permits
from smartreco.workspace.fit_jobs import FitState
from smartreco.workspace.importing.views import ImportState
from smartreco.workspace.keeping.views import BackupView
from smartreco.workspace.models import Models
from smartreco.workspace.operating.health import RECENT, Signs, findings
from smartreco.workspace.operating.views import Finding, JobView, Overview
from smartreco.workspace.scoreboard.jobs import Job
from smartreco.workspace.status import Phase, Status

#: Those that decide what is computed and what is shown.
PACKAGES: Final = ("streamlit", "fastapi", "duckdb", "pandas", "numpy", "scipy", "statsmodels",
                   "altair")  # fmt: skip
#: Refusals that our own errors stand for: somebody asked for what cannot be.
REFUSALS: Final = frozenset(
    name for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, SmartRecoError)
) | {"LockedOutError"}  # fmt: skip


class _Keeps(Protocol):
    def backups(self, principal: Principal) -> tuple[BackupView, ...]: ...


class _Measures(Protocol):
    def job(self, principal: Principal) -> Job | None: ...


class _Imports(Protocol):
    def state(self, principal: Principal) -> ImportState | None: ...


class _Fits(Protocol):
    def newest(self, principal: Principal) -> FitState | None: ...


class Watched(Protocol):
    """What is asked of the rest of the workspace."""

    def status(self) -> Status: ...
    def demo_mode(self) -> bool: ...
    @property
    def models(self) -> Models: ...
    @property
    def keeping(self) -> _Keeps: ...
    @property
    def scoreboard(self) -> _Measures: ...
    @property
    def imports(self) -> _Imports: ...
    @property
    def fits(self) -> _Fits: ...


class System:
    """Use cases on the program itself."""

    def __init__(self, core: Core, rest: Watched) -> None:
        self.core = core
        self._rest = rest
        self._started_at = core.now()

    @permits(Role.ADMIN)
    def overview(self, principal: Principal) -> Overview:
        """What this store holds, how its rows came in, and what runs here."""
        return self._overview()

    @permits(Role.ADMIN)
    def health(self, principal: Principal) -> tuple[Finding, ...]:
        """What needs somebody first, then what is good to know; nothing urgent: all is well."""
        now = self.core.now()
        self.core.requests.flush()
        with self.core.store.cursor() as cursor:
            failing = vital_signs.failing(cursor, now - RECENT, REFUSALS)
            times = request_log.times(cursor, now - RECENT)
            admins = vital_signs.admins(cursor)
        signs = Signs(
            now, self._overview(), self._rest.status(), self._rest.keeping.backups(principal),
            self.core.settings.backup_dir is not None, logs.recent(), failing, times, admins,
            self._rest.demo_mode(),
        )  # fmt: skip
        return findings(signs)

    @permits(Role.ADMIN)
    def failing(self, principal: Principal, days: float = 7) -> tuple[Failing, ...]:
        """Use cases that ended in an error of the program, not in a refusal."""
        self.core.requests.flush()
        with self.core.store.cursor() as cursor:
            return vital_signs.failing(cursor, self.core.now() - timedelta(days=days), REFUSALS)

    @permits(Role.ADMIN)
    def errors(self, principal: Principal) -> tuple[LogLine, ...]:
        """The last warnings and errors of this process, newest first."""
        return logs.recent()

    @permits(Role.ADMIN)
    def tables(self, principal: Principal) -> tuple[TableSize, ...]:
        """Rows and bytes of every table, the largest first."""
        with self.core.store.cursor() as cursor:
            return vital_signs.tables(cursor, self.core.store.home.kind)

    @permits(Role.ADMIN)
    def jobs(self, principal: Principal) -> tuple[JobView, ...]:
        """Work in the background and how it stands."""
        return tuple(self._jobs(principal))

    def _overview(self) -> Overview:
        with self.core.store.cursor() as cursor:
            return self._read(cursor)

    def _read(self, cursor: Cursor) -> Overview:
        store, now = self.core.store, self.core.now()
        schema, schema_at = vital_signs.schema(cursor)
        sessions, people = vital_signs.open_sessions(
            cursor, now, idle_since(self.core.settings, now)
        )
        info, held = dataset.read(cursor), self._rest.models
        blend = held.current.blend_version if held.ready else None
        return Overview(
            version=__version__, python=platform.python_version(), packages=dict(_packages()),
            started_at=self._started_at, home=store.home, size=store.size(), free=self._free(),
            schema=schema, schema_at=schema_at, data_version=dataset.data_version(cursor),
            blend_version=blend, info=info,
            last_import=import_batches.latest(cursor), model=models.latest(cursor),
            sessions=sessions, people=people,
        )  # fmt: skip

    def _free(self) -> int:
        folder = self.core.store.path.parent
        return shutil.disk_usage(folder).free if folder.is_dir() else 0

    def _jobs(self, principal: Principal) -> Iterator[JobView]:
        status = self._rest.status()
        progress = status.progress
        if status.phase is Phase.FAILED:
            yield JobView("preparing", "failed", doing=status.message)
        elif status.phase in (Phase.MAKING, Phase.FITTING):
            yield JobView("preparing", "running", None, progress.fraction if progress else None,
                          progress.doing if progress else "")  # fmt: skip
        job = self._rest.scoreboard.job(principal)
        if job is not None:
            ended = "failed" if job.problem else "stopped" if job.stopped else "done"
            yield JobView("measuring", "running" if job.running else ended, job.started_at,
                          job.fraction if job.running else None, job.doing)  # fmt: skip
        for kind, begun in (("importing", self._rest.imports.state(principal)),
                            ("fitting", self._rest.fits.newest(principal))):  # fmt: skip
            if begun is not None:
                problem = begun.error if isinstance(begun, ImportState) else begun.problem
                ended = "failed" if problem else "done"
                yield JobView(kind, "running" if begun.running else ended, begun.started_at,
                              begun.fraction if begun.running else None, begun.doing)  # fmt: skip


def _packages() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:  # an API alone needs no pages
            continue
