"""The benches of the process: made once a state of the data, in the background, when asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from smartreco.entities import ListName, Progress
from smartreco.errors import NotReadyError, SmartRecoError
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.rules import Plan
from smartreco.store import dataset as dataset_store
from smartreco.store import history as history_store
from smartreco.store import rules as rule_store
from smartreco.workspace.core import Core, log
from smartreco.workspace.fits import read_all
from smartreco.workspace.models import Models
from smartreco.workspace.published_rules import rules_of
from smartreco.workspace.status import portion
from smartreco.workspace.tuning.ending import ClosingError
from smartreco.workspace.tuning.held import Held

QUIET: Final = 2.0  # seconds without a move of a slider after which the next step begins
PATIENCE: Final = 10.0  # and how many a step waits for them at the most

State = tuple[int, tuple[int, int] | None]
"""What was imported, and the ISO week of the first unknown day: orders of a few days more
change no bench of past windows."""


@dataclass(frozen=True)
class Failed:
    """Why there is no bench for a state."""

    error: SmartRecoError


class Workshop:
    """Makes benches, one build at a time, and hands out the newest whole one."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models
        self._made: tuple[State, Held | Failed] | None = None
        self._plans: tuple[Held, int, Mapping[ListName, Plan]] | None = None
        self._progress = Progress(0.0, "Reading orders")
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._used_at = 0.0
        self._seen: tuple[int, State] | None = None  # state of a version of the data

    def readiness(self) -> Progress | None:
        """None where the benches of the present data are there; else work is under way.

        Raises
        ------
        NotReadyError
            No model is fitted yet.
        SmartRecoError
            The data cannot answer.
        """
        in_force, state = self._models.current.recipe, self._state()
        with self._lock:
            made = self._made
            if made is not None and made[0] == state:
                if isinstance(made[1], Failed):
                    raise made[1].error
                return None
            if self._thread is None and not self._closing.is_set():
                self._progress = Progress(0.0, "Reading orders")
                self._thread = threading.Thread(
                    target=self._make, args=(state, in_force), name="bench", daemon=True
                )
                self._thread.start()
            return self._progress

    def held(self) -> Held:
        """The benches.

        Raises
        ------
        NotReadyError
            They are being made.
        """
        progress = self.readiness()
        made = self._made
        if progress is not None or made is None or isinstance(made[1], Failed):
            raise NotReadyError(
                "recipes are measured once their bench is made", "one being made",
                "wait a moment",
            )  # fmt: skip
        return made[1]

    def used(self) -> None:
        """A reader has measured a recipe: what is still to be made waits while more follow."""
        self._used_at = time.monotonic()

    def plans(self, held: Held) -> Mapping[ListName, Plan]:
        """Published rules for the products of the benches; made anew when they change."""
        with self.core.store.cursor() as cursor:
            version = rule_store.version(cursor)
            known = self._plans
            if known is not None and known[0] is held and known[1] == version:
                return known[2]
            specs = [row.spec for row in rule_store.every(cursor)]
        plans = {name: Plan.of(rules_of(specs, name), held.facts) for name in LISTS}
        self._plans = held, version, plans
        return plans

    def join(self) -> None:
        """Wait until nothing is made in the background."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """End work in the background at its next step, and wait for that."""
        self._closing.set()
        self.join()

    def _state(self) -> State:
        with self.core.store.cursor() as cursor:
            version, seen = dataset_store.data_version(cursor), self._seen
            if seen is not None and seen[0] == version:
                return seen[1]
            as_of = history_store.as_of(cursor)
            imported = dataset_store.imported_version(cursor)
        week = None if as_of is None else as_of.isocalendar()
        state = imported, None if week is None else (week.year, week.week)
        self._seen = version, state
        return state

    def _make(self, state: State, in_force: Recipe) -> None:
        try:
            found = self._first(in_force)
            with self._lock:
                self._made = state, found
            if isinstance(found, Held):
                found.finish(in_force, self._when_quiet)
        except ClosingError:
            pass
        except Exception:
            log.exception("the bench could not be finished")
        finally:
            with self._lock:
                self._thread = None

    def _first(self, in_force: Recipe) -> Held | Failed:
        """What a slider needs, or why it cannot be had."""
        try:
            _, history, catalogue = read_all(self.core, portion(self._report, 0.0, 0.05))
            return Held.make(history, catalogue, in_force, portion(self._report, 0.05, 1.0))
        except SmartRecoError as error:
            return Failed(error)
        except ClosingError:
            raise
        except Exception:
            log.exception("no bench could be made")
            return Failed(SmartRecoError("the bench could not be made", "an error", "see the log"))

    def _report(self, fraction: float, doing: str) -> None:
        self._go_on()
        self._progress = Progress(fraction, doing)

    def _when_quiet(self) -> None:
        """Let readers go first: half-lives and baselines are for later."""
        until = time.monotonic() + PATIENCE
        while (now := time.monotonic()) < min(until, self._used_at + QUIET):
            self._closing.wait(min(until, self._used_at + QUIET) - now)
            self._go_on()
        self._go_on()

    def _go_on(self) -> None:
        if self._closing.is_set():
            raise ClosingError
