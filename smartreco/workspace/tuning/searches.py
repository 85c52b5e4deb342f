"""Searches as jobs: each in a thread of its own, asked about while it runs, kept when it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError, SmartRecoError
from smartreco.language import Sentence
from smartreco.workspace.core import log
from smartreco.workspace.tuning.ending import ClosingError
from smartreco.workspace.tuning.views import Found, SearchState

KEPT = 20  # jobs whose end can be read


class Job:
    """One search: its author, its state, and a way to stop it."""

    def __init__(self, username: str, started_at: datetime) -> None:
        self.username = username
        self.stopping = threading.Event()
        self.closing = threading.Event()
        self.thread: threading.Thread | None = None
        self._state = SearchState(True, 0.0, 0, None, started_at, Sentence("search.waiting"), None)

    @property
    def state(self) -> SearchState:
        """How far it is: one immutable value."""
        return self._state

    def tell(self, fraction: float, trials: int, best: float | None, template: str) -> None:
        """Say how far it is."""
        self._state = replace(
            self._state, fraction=fraction, trials=trials, best=best, message=Sentence(template)
        )

    def go_on(self) -> None:
        """Called between steps of the work.

        Raises
        ------
        ClosingError
            The workspace closes.
        """
        if self.closing.is_set():
            raise ClosingError

    def run(self, work: Callable[[Job], Found | None]) -> None:
        """Do the work; whatever becomes of it, the state says so."""
        try:
            found = work(self)
            message: Sentence | str = Sentence("search.done")
        except SmartRecoError as error:
            found, message = None, str(error)
        except ClosingError:
            found, message = None, Sentence("search.closed")
        except Exception:
            log.exception("a search failed")
            found, message = None, Sentence("search.failed")
        self._state = replace(
            self._state, running=False, fraction=1.0, message=message, found=found
        )


@dataclass
class Searches:
    """The jobs of a process; one at a time for each analyst."""

    def __post_init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._last = 0

    def start(self, job: Job, work: Callable[[Job], Found | None]) -> int:
        """Begin a search; its number.

        Raises
        ------
        InputError
            The same analyst has one under way.
        """
        with self._lock:
            if any(one.state.running and one.username == job.username for one in self.all()):
                raise InputError(
                    "one search at a time", "one under way", "wait for its end, or stop it"
                )
            self._last += 1
            self._jobs[self._last] = job
            while len(self._jobs) > KEPT:
                del self._jobs[next(iter(self._jobs))]
            job.thread = threading.Thread(target=job.run, args=(work,), name="search", daemon=True)
            job.thread.start()
            return self._last

    def read(self, principal: Principal, number: int) -> Job:
        """A job of the reader's own; an admin reads all.

        Raises
        ------
        NotFoundError, NotAllowedError
        """
        job = self._jobs.get(number)
        if job is None:
            raise NotFoundError(f"search {number} is one of this process", "none", "start another")
        if job.username != principal.username and principal.role is not Role.ADMIN:
            raise NotAllowedError(
                "a search is read and stopped by who started it", "another analyst's",
                "start one of your own",
            )  # fmt: skip
        return job

    def newest(self, username: str) -> Found | None:
        """What the analyst's last finished search found."""
        with self._lock:
            ended = [one.state.found for one in self.all() if one.username == username]
        return next((one for one in reversed(ended) if one is not None), None)

    def all(self) -> list[Job]:
        """Every job kept, oldest first."""
        return list(self._jobs.values())

    def close(self) -> None:
        """Stop them all and wait for their threads."""
        for job in self.all():
            job.closing.set()
        for job in self.all():
            if job.thread is not None:
                job.thread.join()
