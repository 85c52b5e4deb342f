"""How good the recommender is on the data in the store: measured, kept, looked up."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from smartreco.entities import Principal, Role
from smartreco.evaluation.evaluate import evaluate
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.recommend.history import History
from smartreco.store import dataset as dataset_store
from smartreco.store import evaluations as evaluation_store
from smartreco.store import models as model_store
from smartreco.store.connection import Cursor
from smartreco.store.evaluations import EvaluationRow
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
        progress: Report = silent,
    ) -> Evaluation:
        """Measure on the data as they are and keep the outcome; one run at a time.

        Raises
        ------
        InputError
            No list is that long.
        NotEnoughDataError
            The store holds no orders, or too few to be cut.
        """
        check_length(k)
        with self._measuring:
            started = time.perf_counter()
            progress(0.0, "Reading orders")
            data_version, model_version, history = self._read()
            scoreboard = evaluate(
                history, split=split, k=k, rng=np.random.default_rng(SEED),
                progress=portion(progress, 0.05, 1.0),
            )  # fmt: skip
            seconds = time.perf_counter() - started
            now = self.core.now()

            def keep(cursor: Cursor) -> int:
                number = evaluation_store.next_number(cursor)
                row = EvaluationRow(
                    number, now, data_version, model_version, split.value, k,
                    principal.username, seconds, scoreboard.to_dict(),
                )  # fmt: skip
                evaluation_store.add(cursor, row)
                return number

            number = self.core.store.write(keep)
        return Evaluation(
            number, now, data_version, model_version, principal.username, seconds, scoreboard
        )

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def latest(
        self, principal: Principal, split: Split = Split.TIME, k: int | None = None
    ) -> Evaluation | None:
        """The newest run of a split (and of one list length); None where there is none."""
        with self.core.store.cursor() as cursor:
            row = evaluation_store.latest(cursor, split.value, k)
        return None if row is None else _evaluation(row)

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def all(self, principal: Principal) -> list[Evaluation]:
        """Every run, newest first."""
        with self.core.store.cursor() as cursor:
            rows = evaluation_store.every(cursor)
        return [one for row in rows if (one := _evaluation(row)) is not None]

    def _read(self) -> tuple[int, int | None, History]:
        """State of the data, newest model kept, and all orders, read in one transaction."""
        with self.core.store.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            history = read_history(cursor)
            data_version = dataset_store.data_version(cursor)
            model = model_store.latest(cursor)
            cursor.execute("COMMIT")
        return data_version, None if model is None else model.version, history


def _evaluation(row: EvaluationRow) -> Evaluation | None:
    """None for a run that another version of the program wrote in other words."""
    try:
        scoreboard = Scoreboard.from_dict(row.result)
    except (KeyError, TypeError, ValueError) as error:
        log.warning("evaluation %d cannot be read: %s", row.number, error)
        return None
    return Evaluation(
        row.number, row.evaluated_at, row.data_version, row.model_version, row.username,
        row.seconds, scoreboard,
    )  # fmt: skip
