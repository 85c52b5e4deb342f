"""How good the recommender is on the data in the store: measured, kept, looked up."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.evaluation.evaluate import evaluate
from smartreco.evaluation.learning_curve import LearningCurve, learning_curve
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.recommend.history import History
from smartreco.recommend.recipe import Recipe
from smartreco.store import dataset as dataset_store
from smartreco.store import evaluations as evaluation_store
from smartreco.store import learning_curves as curve_store
from smartreco.store import models as model_store
from smartreco.store.connection import Cursor
from smartreco.store.evaluations import EvaluationRow
from smartreco.store.learning_curves import CurveRow
from smartreco.workspace.blend.book import read_book
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.lists import check_length
from smartreco.workspace.past import read_history
from smartreco.workspace.status import Report, portion, silent

SEED = 20260  # of the fit, the random split and the bootstrap, so that a run can be repeated


@dataclass(frozen=True)
class Evaluation:
    """One run: see `store.evaluations.EvaluationRow` for what is said of it."""

    number: int
    evaluated_at: datetime
    data_version: int
    model_version: int | None
    username: str
    seconds: float
    scoreboard: Scoreboard
    blend_version: int | None = None


@dataclass(frozen=True)
class KeptCurve:
    """One learning curve: see `store.learning_curves.CurveRow` for what is said of it."""

    number: int
    made_at: datetime
    data_version: int
    username: str
    seconds: float
    curve: LearningCurve
    blend_version: int | None


class Evaluations:
    """Use cases on how good the lists are."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._measuring = threading.Lock()

    @permits(Role.ANALYST, Role.ADMIN)
    def evaluate(
        self,
        principal: Principal,
        *,
        split: Split = Split.TIME,
        k: int = 10,
        version: int | None = None,
        progress: Report = silent,
    ) -> Evaluation:
        """Measure on the data as they are and keep the outcome; one run at a time.

        Parameters
        ----------
        version
            Judge this published version: its weights and settings on a model that is learned
            from the training part. None: as learned. A version that a fit learned is judged as
            learned from the training part too: its own weights know what came after.

        Raises
        ------
        InputError
            No list is that long, or the version's record was altered.
        NotFoundError
            There is no such version.
        NotEnoughDataError
            The store holds no orders, or too few to be cut.
        """
        return self.measure(principal.username, split, k, version, progress)

    def measure(
        self, username: str, split: Split, k: int, version: int | None, progress: Report
    ) -> Evaluation:
        """The same for work in the background, whose asker was checked when it was asked for."""
        check_length(k)
        recipe = self.recipe_of(version)
        with self._measuring:
            started = time.perf_counter()
            progress(0.0, "Reading orders")
            data_version, model_version, history = self._read()
            scoreboard = evaluate(
                history, split=split, k=k, rng=np.random.default_rng(SEED), recipe=recipe,
                progress=portion(progress, 0.05, 1.0),
            )  # fmt: skip
            seconds = time.perf_counter() - started
            now = self.core.now()

            def keep(cursor: Cursor) -> int:
                number = evaluation_store.next_number(cursor)
                row = EvaluationRow(
                    number=number, evaluated_at=now, data_version=data_version,
                    model_version=model_version, split=split.value, k=k, username=username,
                    seconds=seconds, result=scoreboard.to_dict(), blend_version=version,
                )  # fmt: skip
                evaluation_store.add(cursor, row)
                return number

            number = self.core.store.write(keep)
        return Evaluation(
            number, now, data_version, model_version, username, seconds, scoreboard, version
        )

    def measure_curve(
        self, username: str, k: int, version: int | None, progress: Report
    ) -> KeptCurve:
        """A learning curve on the data as they are, kept.

        Raises
        ------
        NotEnoughDataError
            The orders are too few for two lengths of history.
        """
        check_length(k)
        recipe = self.recipe_of(version)
        with self._measuring:
            started = time.perf_counter()
            progress(0.0, "Reading orders")
            data_version, _, history = self._read()
            curve = learning_curve(
                history, k=k, rng=np.random.default_rng(SEED), recipe=recipe,
                progress=portion(progress, 0.02, 1.0),
            )  # fmt: skip
            seconds, now = time.perf_counter() - started, self.core.now()

            def keep(cursor: Cursor) -> int:
                number = curve_store.next_number(cursor)
                row = CurveRow(
                    number, now, data_version, version, k, username, seconds, curve.to_dict()
                )
                curve_store.add(cursor, row)
                return number

            number = self.core.store.write(keep)
        return KeptCurve(number, now, data_version, username, seconds, curve, version)

    def recipe_of(self, version: int | None) -> Recipe | None:
        """What a version asks for beyond what a fit learns by itself; None: nothing.

        Raises
        ------
        NotFoundError, InputError
            There is no such version; its record was altered.
        """
        if version is None:
            return None
        with self.core.store.cursor() as cursor:
            found = read_book(cursor).find(version)
        if found is None:
            raise NotFoundError(
                "an evaluation is of a published version", f"no version {version}",
                "choose one that `blend list` names",
            )  # fmt: skip
        if not found.whole:
            raise InputError(
                "a version is judged by the record that was sealed when it was published",
                f"the record of version {version} was altered since", "choose another version",
            )  # fmt: skip
        return None if found.origin is Origin.LEARNED else found.recipe

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def latest(
        self, principal: Principal, split: Split = Split.TIME, k: int | None = None
    ) -> Evaluation | None:
        """The newest run of a split (and of one list length); None where there is none."""
        with self.core.store.cursor() as cursor:
            row = evaluation_store.latest(cursor, split.value, k)
        return None if row is None else as_evaluation(row)

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def all(self, principal: Principal) -> list[Evaluation]:
        """Every run, newest first."""
        with self.core.store.cursor() as cursor:
            rows = evaluation_store.every(cursor)
        return [one for row in rows if (one := as_evaluation(row)) is not None]

    def _read(self) -> tuple[int, int | None, History]:
        """State of the data, newest model kept, and all orders, read in one transaction."""
        with self.core.store.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            history = read_history(cursor)
            data_version = dataset_store.data_version(cursor)
            model = model_store.latest(cursor)
            cursor.execute("COMMIT")
        return data_version, None if model is None else model.version, history


def as_evaluation(row: EvaluationRow) -> Evaluation | None:
    """None for a run that another version of the program wrote in other words."""
    try:
        scoreboard = Scoreboard.from_dict(row.result)
    except (KeyError, TypeError, ValueError) as error:
        log.warning("evaluation %d cannot be read: %s", row.number, error)
        return None
    return Evaluation(
        row.number, row.evaluated_at, row.data_version, row.model_version, row.username,
        row.seconds, scoreboard, row.blend_version,
    )  # fmt: skip


def as_curve(row: CurveRow) -> KeptCurve | None:
    """None for one that another version of the program wrote in other words."""
    try:
        curve = LearningCurve.from_dict(row.result)
    except (KeyError, TypeError, ValueError) as error:
        log.warning("learning curve %d cannot be read: %s", row.number, error)
        return None
    return KeptCurve(
        row.number, row.made_at, row.data_version, row.username, row.seconds, curve,
        row.blend_version,
    )  # fmt: skip
