"""One long measurement at a time, in the background: how far it is, stopped when asked to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from smartreco.errors import InputError, SmartRecoError
from smartreco.evaluation.protocol import Split
from smartreco.workspace.core import log
from smartreco.workspace.status import Report

Work = Callable[[Report], int]


class Kind(StrEnum):
    """What is measured."""

    EVALUATION = "evaluation"
    CURVE = "curve"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a measurement.

    ``version`` None: as learned. A learning curve is always of the time split.
    """

    kind: Kind
    version: int | None
    split: Split
    k: int


@dataclass(frozen=True, slots=True)
class Job:
    """A measurement that runs, or the last that ran.

    Attributes
    ----------
    fraction, doing
        How far it is, 0..1, and with what.
    number
        Of the run that it kept; None until then.
    problem
        Why there is none.
    stopped
        Somebody asked it to stop; it ends at its next step.
    """

    question: Question
    username: str
    started_at: datetime
    fraction: float = 0.0
    doing: str = ""
    running: bool = True
    number: int | None = None
    problem: SmartRecoError | None = None
    stopped: bool = False


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Leaves the work from inside its progress report."""


class OneAtATime:
    """Runs one job; the machine has other things to do than two."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._thread: threading.Thread | None = None

    @property
    def job(self) -> Job | None:
        """The one that runs, else the last that ran."""
        return self._job

    def start(self, question: Question, username: str, now: datetime, work: Work) -> Job:
        """Begin; if the same question is being measured, that is the answer.

        Raises
        ------
        InputError
            Something else is being measured.
        """
        with self._lock:
            running = self._job
            if running is not None and running.running:
                if running.question == question and not running.stopped:
                    return running
                raise InputError(
                    "one measurement runs at a time",
                    f"{running.username} is measuring something else",
                    "wait for it, or stop it",
                )
            self._job = job = Job(question, username, now)
            self._thread = threading.Thread(
                target=self._run, args=(work,), name="measuring", daemon=True
            )
            self._thread.start()
        return job

    def stop(self) -> None:
        """Ask the job that runs to end at its next step."""
        with self._lock:
            if self._job is not None and self._job.running:
                self._job = replace(self._job, stopped=True)

    def join(self) -> None:
        """Wait until nothing runs."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Stop and wait."""
        self.stop()
        self.join()

    def _run(self, work: Work) -> None:
        try:
            number = work(self._report)
            self._change(running=False, fraction=1.0, number=number)
        except Stopped:
            self._change(running=False, stopped=True)
        except SmartRecoError as error:
            self._change(running=False, problem=error)
        except Exception:
            log.exception("a measurement failed")
            self._change(running=False, problem=_UNKNOWN)

    def _report(self, fraction: float, doing: str) -> None:
        if self._change(fraction=fraction, doing=doing).stopped:
            raise Stopped

    def _change(self, **values: object) -> Job:
        with self._lock:
            assert self._job is not None  # noqa: S101 - only a job's own thread comes here
            self._job = replace(self._job, **values)  # type: ignore[arg-type]
            return self._job


_UNKNOWN = SmartRecoError(
    "a measurement comes to its end", "an error that the log has the details of",
    "try again, or ask who runs this server",
)  # fmt: skip
