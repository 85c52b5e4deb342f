"""One import at a time, in the background, so that leaving the page does not end it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from smartreco.errors import InputError, NotFoundError, SmartRecoError
from smartreco.workspace.core import log
from smartreco.workspace.importing.views import Accounting, ImportState, JobKind

#: What a job does: it tells how far it is, and what the rows came to once that is known.
Tell = Callable[[float, str], None]
Work = Callable[[Tell, Callable[[Accounting], None]], None]
KEPT: Final = 20  # jobs whose end can still be asked for

UNKNOWN: Final = SmartRecoError(
    "an import comes to its end", "an error that the log has the details of",
    "nothing was changed; try again, or ask who runs this server",
)  # fmt: skip
UNKNOWN_AFTER: Final = SmartRecoError(
    "a fit follows an import", "an error that the log has the details of",
    "the rows are stored; fit again, or ask who runs this server",
)  # fmt: skip


class ImportJobs:
    """Runs one job; the last ones are remembered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[int, ImportState] = {}
        self._thread: threading.Thread | None = None

    def start(self, kind: JobKind, username: str, now: datetime, work: Work) -> int:
        """Begin; answers with the job's number.

        Raises
        ------
        InputError
            Another one runs.
        """
        with self._lock:
            last = self._last()
            if last is not None and last.running:
                raise InputError(
                    "one import runs at a time", f"one that {last.username} began",
                    "wait until it has ended",
                )  # fmt: skip
            number = 1 if last is None else last.job + 1
            self._jobs[number] = ImportState(number, kind, username, now, True, 0.0, "Waiting")
            for old in sorted(self._jobs)[:-KEPT]:
                del self._jobs[old]
            self._thread = threading.Thread(
                target=self._run, args=(number, work), name="importing", daemon=True
            )
            self._thread.start()
        return number

    def state(self, job: int | None) -> ImportState | None:
        """How far a job is; None: the one that runs, else the last.

        Raises
        ------
        NotFoundError
            No job of that number is remembered.
        """
        with self._lock:
            if job is None:
                return self._last()
            if job not in self._jobs:
                raise NotFoundError(
                    "an import is asked for by its number", str(job), "see the list of imports"
                )
            return self._jobs[job]

    def join(self) -> None:
        """Wait until nothing runs."""
        if self._thread is not None:
            self._thread.join()

    def _last(self) -> ImportState | None:
        return self._jobs[max(self._jobs)] if self._jobs else None

    def _run(self, job: int, work: Work) -> None:
        def tell(fraction: float, doing: str) -> None:
            self._change(job, fraction=fraction, doing=doing)

        def account(accounting: Accounting) -> None:
            self._change(job, accounting=accounting)

        try:
            work(tell, account)
            self._change(job, running=False, fraction=1.0, doing="")
        except SmartRecoError as error:
            self._change(job, running=False, error=error)
        except Exception:
            log.exception("an import failed")
            stored = self._jobs[job].accounting is not None
            self._change(job, running=False, error=UNKNOWN_AFTER if stored else UNKNOWN)

    def _change(self, job: int, **values: Any) -> None:
        with self._lock:
            self._jobs[job] = replace(self._jobs[job], **values)
