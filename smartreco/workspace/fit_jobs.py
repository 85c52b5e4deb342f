"""A fit that somebody asked for and does not wait for: begun, looked at, one at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from smartreco.entities import Principal, Role
from smartreco.errors import NotFoundError, SmartRecoError
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.fitted import Fitted
from smartreco.workspace.models import Models

KEPT: Final = 20  # states of fits that have ended


@dataclass(frozen=True, slots=True)
class FitMade:
    """What a fit came to.

    Attributes
    ----------
    version
        Of the model, which answers now.
    seconds
        That it took.
    learning
        Whether settings were learned anew, and why.
    retailers, products
        That it knows.
    bytes
        Of the arrays that are kept.
    """

    version: int
    seconds: float
    learning: str
    retailers: int
    products: int
    bytes: int


@dataclass(frozen=True, slots=True)
class FitState:
    """How far a fit is.

    Attributes
    ----------
    job
        Its number in this process.
    made
        None while it runs, and where it failed.
    problem
        Why it failed; None otherwise.
    """

    job: int
    full: bool
    username: str
    started_at: datetime
    running: bool = True
    fraction: float = 0.0
    doing: str = ""
    made: FitMade | None = None
    problem: SmartRecoError | None = None


class FitJobs:
    """Use cases on fits in the background."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models
        self._lock = threading.Lock()
        self._states: dict[int, FitState] = {}
        self._thread: threading.Thread | None = None

    @permits(Role.ADMIN, Role.ANALYST)
    def begin(self, principal: Principal, *, full: bool = False) -> FitState:
        """Fit a new version; where the same is being fitted, that is the answer."""
        with self._lock:
            last = self._states.get(max(self._states, default=0))
            if last is not None and last.running and last.full == full:
                return last
            job = 1 + max(self._states, default=0)
            state = FitState(job, full, principal.username, self.core.now())
            self._states = {**dict(list(self._states.items())[-KEPT:]), job: state}
            self._thread = threading.Thread(
                target=self._run, args=(job,), name="fitting", daemon=True
            )
            self._thread.start()
        return state

    @permits(Role.ADMIN, Role.ANALYST)
    def state(self, principal: Principal, job: int) -> FitState:
        """How far a fit is, and how it ended.

        Raises
        ------
        NotFoundError
            There is no such fit in this process.
        """
        found = self._states.get(job)
        if found is None:
            raise NotFoundError("a fit is named by its number", str(job), "begin one")
        return found

    @permits(Role.ADMIN, Role.ANALYST)
    def newest(self, principal: Principal) -> FitState | None:
        """The fit that was begun last; None where none was in this process."""
        return self._states.get(max(self._states, default=0))

    def close(self) -> None:
        """Wait until nothing is being fitted."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, job: int) -> None:
        try:
            fitted = self._models.refit(
                lambda fraction, doing: self._change(job, fraction=fraction, doing=doing),
                full=self._states[job].full,
            )
            self._change(job, running=False, fraction=1.0, made=self._made(fitted))
        except SmartRecoError as error:
            self._change(job, running=False, problem=error)
        except Exception:
            log.exception("a fit failed")
            self._change(job, running=False, problem=_UNKNOWN)

    def _made(self, fitted: Fitted) -> FitMade:
        path = self.core.settings.model_dir / f"model-{fitted.version:06d}.npz"
        catalogue = fitted.catalogue
        return FitMade(
            fitted.version, fitted.seconds, fitted.learning, len(catalogue.retailers),
            len(catalogue.products), path.stat().st_size if path.is_file() else 0,
        )  # fmt: skip

    def _change(self, job: int, **values: object) -> None:
        with self._lock:
            state = replace(self._states[job], **values)  # type: ignore[arg-type]
            self._states = {**self._states, job: state}


_UNKNOWN: Final = SmartRecoError(
    "a fit comes to its end", "an error that the log has the details of",
    "try again, or ask who runs this server",
)  # fmt: skip
