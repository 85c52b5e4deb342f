"""The scoreboard: which runs there are, how they stand to the present, and new ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from smartreco.entities import Principal, Role
from smartreco.errors import NotFoundError
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.tidy import tidy, tidy_curve
from smartreco.evaluation.two_runs import paired
from smartreco.recommend.recent import Recent
from smartreco.store import dataset as dataset_store
from smartreco.store import evaluations as evaluation_store
from smartreco.store import history as history_store
from smartreco.store import learning_curves as curve_store
from smartreco.store import request_log
from smartreco.store.connection import Cursor
from smartreco.store.request_log import MethodTimes
from smartreco.workspace.blend.book import read_book
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.core import Core, permits
from smartreco.workspace.evaluations import (
    Evaluation,
    Evaluations,
    KeptCurve,
    as_curve,
    as_evaluation,
)
from smartreco.workspace.lists import check_length
from smartreco.workspace.scoreboard.jobs import Job, Kind, OneAtATime, Question
from smartreco.workspace.scoreboard.views import Against, Choice, Judged, Shelf, Standing

SEED: Final = 20262  # of the draws by which two runs are compared
HELD: Final = 24  # runs that are read
AS_LEARNED: Final = Choice(None, None, "", None, in_force=False, whole=True)


class Scoreboards:
    """Use cases of the scoreboard page."""

    def __init__(self, core: Core, evaluations: Evaluations) -> None:
        self.core = core
        self._evaluations = evaluations
        self._jobs = OneAtATime()
        self._runs: Recent[int, Evaluation | None] = Recent(HELD)
        self._curves: Recent[int, KeptCurve | None] = Recent(HELD)
        self._pairs: Recent[tuple[int, int], Against] = Recent(HELD)
        self._tables: Recent[int, pd.DataFrame] = Recent(HELD)

    @permits(Role.ANALYST, Role.ADMIN)
    def shelf(self, principal: Principal) -> Shelf:
        """Versions that can be looked at and runs that were kept."""
        return self._shelf()

    @permits(Role.ANALYST, Role.ADMIN)
    def standing(
        self,
        principal: Principal,
        version: int | None,
        split: Split = Split.TIME,
        k: int = 10,
        shelf: Shelf | None = None,
    ) -> Standing:
        """The last run of a version, and whether the data are still those of it.

        Parameters
        ----------
        version
            None: the one in force; as learned where none is.
        shelf
            As it was read for this look already.

        Raises
        ------
        NotFoundError
            There is no such version.
        """
        there = shelf or self._shelf()
        choice = _choice(there.choices, version)
        found = _newest(there.runs, choice, split, k)
        run = None if found is None else self._run(found.number)
        changed = run is not None and run.data_version != there.data_version
        return Standing(choice, split, k, run, changed, there.orders_until)

    @permits(Role.ANALYST, Role.ADMIN)
    def measure(
        self, principal: Principal, version: int | None, split: Split = Split.TIME, k: int = 10
    ) -> Job:
        """Measure a version in the background; the run is kept when it ends.

        Raises
        ------
        InputError
            No list is that long, the version was altered, or something else is being measured.
        """
        check_length(k)
        self._evaluations.recipe_of(version)  # refuses what cannot be judged, before it waits
        who = principal.username
        return self._jobs.start(
            Question(Kind.EVALUATION, version, split, k), who, self.core.now(),
            lambda report: self._evaluations.measure(who, split, k, version, report).number,
        )  # fmt: skip

    @permits(Role.ANALYST, Role.ADMIN)
    def measure_curve(self, principal: Principal, version: int | None, k: int = 10) -> Job:
        """The same for a learning curve."""
        check_length(k)
        self._evaluations.recipe_of(version)
        who = principal.username
        return self._jobs.start(
            Question(Kind.CURVE, version, Split.TIME, k), who, self.core.now(),
            lambda report: self._evaluations.measure_curve(who, k, version, report).number,
        )  # fmt: skip

    @permits(Role.ANALYST, Role.ADMIN)
    def job(self, principal: Principal) -> Job | None:
        """What is being measured, else what was last; None: nothing since the start."""
        return self._jobs.job

    @permits(Role.ANALYST, Role.ADMIN)
    def stop(self, principal: Principal) -> None:
        """End what is being measured at its next step; nothing of it is kept."""
        self._jobs.stop()

    @permits(Role.ANALYST, Role.ADMIN)
    def curve(
        self, principal: Principal, version: int | None, k: int = 10, shelf: Shelf | None = None
    ) -> KeptCurve | None:
        """The last learning curve of a version; None where there is none."""
        choice = _choice((shelf or self._shelf()).choices, version)
        with self.core.store.cursor() as cursor:
            number = next(
                (one for one, of, places in curve_store.numbers(cursor)
                 if places == k and _is_of(of, choice)), None,
            )  # fmt: skip
        return None if number is None else self._curves.get(number, lambda: self._read(number))

    @permits(Role.ANALYST, Role.ADMIN)
    def against(self, principal: Principal, number: int, other: int) -> Against:
        """Two runs held against each other, shop by shop.

        Raises
        ------
        NotFoundError
            There is no such run.
        """
        return self._pairs.get((number, other), lambda: self._paired(number, other))

    @permits(Role.ANALYST, Role.ADMIN)
    def response(self, principal: Principal, days: int | None = None) -> tuple[MethodTimes, ...]:
        """How long each use case took over the last days; None: since the log began."""
        self.core.requests.flush()
        since = None if days is None else self.core.now() - timedelta(days=days)
        with self.core.store.cursor() as cursor:
            return tuple(request_log.times(cursor, since))

    @permits(Role.ANALYST, Role.ADMIN)
    def table(self, principal: Principal, number: int) -> pd.DataFrame:
        """Every figure of a run, a row each (`smartreco.evaluation.tidy`)."""
        return self._tables.get(number, lambda: tidy(self._found(number).scoreboard)).copy()

    @permits(Role.ANALYST, Role.ADMIN)
    def curve_table(self, principal: Principal, number: int) -> pd.DataFrame:
        """Every figure of a learning curve, a row each."""
        kept = self._curves.get(number, lambda: self._read(number))
        if kept is None:
            raise _unknown("learning curve", number)
        return tidy_curve(kept.curve)

    @permits(Role.ANALYST, Role.ADMIN)
    def document(self, principal: Principal, number: int) -> dict[str, Any]:
        """A run as it is kept, with what is said of it, as plain values."""
        run = self._found(number)
        return {
            "number": run.number, "evaluated_at": run.evaluated_at.isoformat(),
            "data_version": run.data_version, "model_version": run.model_version,
            "blend_version": run.blend_version, "username": run.username,
            "seconds": run.seconds,
        } | run.scoreboard.to_dict()  # fmt: skip

    def close(self) -> None:
        """Stop what is being measured, and wait until it has."""
        self._jobs.close()

    def _shelf(self) -> Shelf:
        with self.core.store.cursor() as cursor:
            as_of = history_store.as_of(cursor)
            return Shelf(
                _choices(cursor), _judged(cursor), dataset_store.data_version(cursor),
                None if as_of is None else as_of - timedelta(days=1),
            )  # fmt: skip

    def _found(self, number: int) -> Evaluation:
        run = self._run(number)
        if run is None:
            raise _unknown("evaluation", number)
        return run

    def _run(self, number: int) -> Evaluation | None:
        """A kept run, parsed once: it never changes."""

        def read() -> Evaluation | None:
            with self.core.store.cursor() as cursor:
                row = evaluation_store.read(cursor, number)
            return None if row is None else as_evaluation(row)

        return self._runs.get(number, read)

    def _read(self, number: int) -> KeptCurve | None:
        with self.core.store.cursor() as cursor:
            row = curve_store.read(cursor, number)
        return None if row is None else as_curve(row)

    def _paired(self, number: int, other: int) -> Against:
        one, two = self._found(number), self._found(other)
        gains = paired(one.scoreboard, two.scoreboard, np.random.default_rng(SEED))
        return Against(_line(one), _line(two), gains)


def _choices(cursor: Cursor) -> tuple[Choice, ...]:
    made = [
        Choice(one.version, one.origin, one.author, one.made_at, one.in_force, one.whole)
        for one in read_book(cursor).versions
    ]
    made.sort(key=lambda one: (one.in_force, one.version), reverse=True)
    return tuple(made) or (AS_LEARNED,)


def _choice(choices: tuple[Choice, ...], version: int | None) -> Choice:
    if version is None:
        return next((one for one in choices if one.in_force), AS_LEARNED)
    found = next((one for one in choices if one.version == version), None)
    if found is None:
        raise NotFoundError(
            "the scoreboard shows published versions", f"no version {version}", "choose another"
        )
    return found


def _judged(cursor: Cursor) -> tuple[Judged, ...]:
    return tuple(
        Judged(one.number, one.blend_version, Split(one.split), one.k, one.evaluated_at,
               one.data_version)
        for one in evaluation_store.heads(cursor)
    )  # fmt: skip


def _newest(runs: tuple[Judged, ...], choice: Choice, split: Split, k: int) -> Judged | None:
    return next(
        (one for one in runs
         if (one.split, one.k) == (split, k) and _is_of(one.version, choice)), None,
    )  # fmt: skip


def _is_of(version: int | None, choice: Choice) -> bool:
    """Whether a run was of a version: what a fit learned is judged as learned."""
    return version == choice.version or (version is None and choice.origin is Origin.LEARNED)


def _line(run: Evaluation) -> Judged:
    board = run.scoreboard
    return Judged(run.number, run.blend_version, board.split, board.k, run.evaluated_at,
                  run.data_version)  # fmt: skip


def _unknown(what: str, number: int) -> NotFoundError:
    return NotFoundError(f"each {what} has a number", f"no {what} {number}", "choose another")
