"""The fitted model: made once per state of the data, kept on disk, swapped in whole.

Readers hold one immutable `Fitted`; a fit makes another beside it and replaces
the reference, so that no reader ever sees half of each.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from smartreco.entities import Principal, Role
from smartreco.errors import NotEnoughDataError, NotReadyError
from smartreco.recommend.engine import Model, ModelSettings, fit_model
from smartreco.recommend.history import History
from smartreco.store import catalogue as catalogue_store
from smartreco.store import dataset as dataset_store
from smartreco.store import history as history_store
from smartreco.store import models as model_store
from smartreco.store.connection import Cursor
from smartreco.store.models import ModelRow
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.status import Report, portion, silent

SEED = 20260  # of the fit's own draws (negative samples), so that a fit can be repeated


@dataclass(frozen=True)
class Fitted:
    """A model with the products and shops it speaks of."""

    model: Model
    catalogue: Catalogue
    version: int
    data_version: int
    fitted_at: datetime
    seconds: float
    summary: dict[str, object] = field(default_factory=dict)


class Models:
    """Fits, keeps and hands out the model of a process."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._current: Fitted | None = None
        self._fitting = threading.Lock()

    @property
    def current(self) -> Fitted:
        """The model that answers now.

        Raises
        ------
        NotReadyError
            No model has been fitted yet.
        """
        fitted = self._current
        if fitted is None:
            raise NotReadyError(
                "lists need a fitted model", "none yet", "wait for the first fit to end"
            )
        return fitted

    @property
    def ready(self) -> bool:
        """Whether a model answers."""
        return self._current is not None

    @permits(Role.ADMIN, Role.ANALYST)
    def fit(self, principal: Principal, progress: Report = silent) -> Fitted:
        """Fit a new version on all orders and put it in place."""
        return self.refit(progress)

    def refit(self, progress: Report = silent) -> Fitted:
        """Fit a new version; one at a time, readers keep the old one meanwhile."""
        with self._fitting:
            started = time.perf_counter()
            data_version, history, catalogue = self._read(portion(progress, 0.0, 0.2))
            model = fit_model(
                history, ModelSettings(), rng=np.random.default_rng(SEED),
                progress=portion(progress, 0.2, 0.9),
            )  # fmt: skip
            progress(0.92, "Keeping the model")
            row = self._keep(model, data_version, time.perf_counter() - started)
            self._current = _fitted(model, catalogue, row)
            progress(1.0, "Ready")
            log.info("model %d fitted in %.1f s", row.version, row.seconds)
            return self._current

    def refresh(self, progress: Report = silent) -> Fitted:
        """Take the kept model if it knows the present data, else fit."""
        with self.core.store.cursor() as cursor:
            row = model_store.latest(cursor)
            stale = row is None or row.data_version != dataset_store.data_version(cursor)
        if row is None or stale:
            return self.refit(progress)
        if self._current is not None and self._current.version == row.version:
            return self._current
        try:
            arrays = model_store.load_arrays(self.core.settings.model_dir / row.file)
            model = Model.from_arrays(arrays)
        except (OSError, ValueError, KeyError) as error:
            log.warning("model %d cannot be read (%s): fitting again", row.version, error)
            return self.refit(progress)
        with self.core.store.cursor() as cursor:
            catalogue = _catalogue(cursor)
        self._current = _fitted(model, catalogue, row)
        return self._current

    def forget(self) -> None:
        """Hand out nothing until the next refresh: the data under the model are gone."""
        self._current = None

    def _read(self, progress: Report) -> tuple[int, History, Catalogue]:
        progress(0.0, "Reading orders")
        with self.core.store.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            data_version = dataset_store.data_version(cursor)
            history = _history(cursor)
            catalogue = _catalogue(cursor)
            cursor.execute("COMMIT")
        progress(1.0, "Orders read")
        return data_version, history, catalogue

    def _keep(self, model: Model, data_version: int, seconds: float) -> ModelRow:
        with self.core.store.cursor() as cursor:
            version = model_store.next_version(cursor)
        row = ModelRow(
            version, data_version, f"model-{version:06d}.npz", self.core.now(), seconds,
            model.summary(),
        )  # fmt: skip
        folder = self.core.settings.model_dir
        model_store.save_arrays(folder / row.file, model.to_arrays())
        self.core.store.write(lambda cursor: model_store.add(cursor, row))
        model_store.remove_old(folder, version)
        return row


def _fitted(model: Model, catalogue: Catalogue, row: ModelRow) -> Fitted:
    return Fitted(
        model, catalogue, row.version, row.data_version, row.fitted_at, row.seconds,
        dict(row.summary),
    )  # fmt: skip


def _catalogue(cursor: Cursor) -> Catalogue:
    info = dataset_store.read(cursor)
    if info is None:
        raise NotReadyError("lists need data", "none", "import orders or make the demo data")
    return Catalogue(info, catalogue_store.products(cursor), catalogue_store.retailers(cursor))


def _history(cursor: Cursor) -> History:
    as_of = history_store.as_of(cursor)
    if as_of is None:
        raise NotEnoughDataError(
            "a model needs orders", "none in the store", "import orders or make the demo data"
        )
    return History(
        history_store.retailers(cursor),
        history_store.products(cursor),
        history_store.purchases(cursor),
        as_of,
    )
