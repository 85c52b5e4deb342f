"""The fitted model: made once per state of the data, kept on disk, swapped in whole.

Readers hold one immutable `Fitted`; a fit makes another beside it and replaces
the reference, so that no reader ever sees half of each.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import numpy as np

from smartreco.entities import Principal, Role
from smartreco.errors import NotReadyError
from smartreco.recommend.engine import Model
from smartreco.recommend.history import History
from smartreco.recommend.refitting import Basis, learn_model, refit_model, why_learn
from smartreco.store import catalogue as catalogue_store
from smartreco.store import dataset as dataset_store
from smartreco.store import models as model_store
from smartreco.store import placing, running_promotions
from smartreco.store.connection import Cursor
from smartreco.store.models import ModelRow
from smartreco.workspace import clock
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.later import Later
from smartreco.workspace.past import read_history
from smartreco.workspace.promoted_prices import with_promotions
from smartreco.workspace.status import Report, portion, silent

LEARNING = "learned_because"  # of the summary: why settings were learned anew; None: kept
SEED = 20260  # of the fit's own draws of shops and orders, so that a fit can be repeated


@dataclass(frozen=True)
class Fitted:
    """A model with the products and shops it speaks of.

    ``reading`` counts how often the catalogue was read again beside the same model.
    """

    model: Model
    catalogue: Catalogue
    version: int
    data_version: int
    fitted_at: datetime
    seconds: float
    summary: dict[str, object] = field(default_factory=dict)
    reading: int = 0

    @property
    def state(self) -> tuple[int, int]:
        """What a list or a card rests on: version of the model, reading of the catalogue."""
        return self.version, self.reading

    @property
    def learning(self) -> str:
        """In words: where the settings of this version come from."""
        basis, why = Basis.of_model(self.model), self.summary.get(LEARNING)
        if basis is None or why is not None:
            return f"learned anew: {why}" if why else "as given"
        return f"settings of version {basis.version} kept, learned from orders before {basis.as_of}"


class Models:
    """Fits, keeps and hands out the model of a process."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._current: Fitted | None = None
        self._fitting = threading.Lock()
        self._swapping = threading.Lock()
        self._read_on = date.min  # real day on which the catalogue was read
        self._later = Later(self._catch_up)

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
        if self._read_on != self.core.now().date():
            return self.reread()
        return fitted

    def reread(self) -> Fitted:
        """Read products, prices and stock again beside the same model.

        Promotions begin and end with the day; so it is done on each new one, and has to be
        done where prices, stock or promotions were changed by hand.
        """
        with self._swapping:
            fitted, today = self._current, self.core.now().date()
            if fitted is None:
                raise NotReadyError(
                    "lists need a fitted model", "none yet", "wait for the first fit to end"
                )
            with self.core.store.cursor() as cursor:
                catalogue = _catalogue(cursor, self.core.now())
            self._read_on = today
            self._current = replace(fitted, catalogue=catalogue, reading=fitted.reading + 1)
            return self._current

    @property
    def ready(self) -> bool:
        """Whether a model answers."""
        return self._current is not None

    @permits(Role.ADMIN, Role.ANALYST)
    def fit(self, principal: Principal, progress: Report = silent, *, full: bool = False) -> Fitted:
        """Fit a new version on all orders and put it in place; ``full`` learns all anew."""
        return self.refit(progress, full=full)

    def refit(self, progress: Report = silent, *, full: bool = False) -> Fitted:
        """Fit a new version; one at a time, readers keep the old one meanwhile.

        Settings and weights of the last version are kept while `refitting.why_learn`
        finds no reason against it, unless ``full``.
        """
        with self._fitting:
            started = time.perf_counter()
            data_version, history, catalogue = self._read(portion(progress, 0.0, 0.2))
            model = self._fit(history, full, portion(progress, 0.2, 0.9))
            progress(0.92, "Keeping the model")
            row = self._keep(model, data_version, time.perf_counter() - started)
            self._put(_fitted(model, catalogue, row))
            progress(1.0, "Ready")
            log.info("model %d fitted in %.1f s", row.version, row.seconds)
            return self.current

    def refresh(self, progress: Report = silent) -> Fitted:
        """Take the kept model if it knows the present data, else fit."""
        row, stale = self._latest()
        if row is None or stale:
            return self.refit(progress)
        return self._take(row) or self.refit(progress)

    def start(self, progress: Report = silent) -> Fitted:
        """The same for a start that should not wait.

        A kept model that does not know the latest orders placed here answers at once, since
        lists leave those out by themselves; the fit that knows them follows.
        """
        row, _ = self._latest()
        with self.core.store.cursor() as cursor:
            enough = row is not None and placing.only_orders_since(
                cursor, row.data_version, row.fitted_at
            )
        if row is not None and enough and (taken := self._take(row)) is not None:
            self.refresh_soon()
            return taken
        return self.refresh(progress)

    def _latest(self) -> tuple[ModelRow | None, bool]:
        """The newest version, and whether it does not know the present data."""
        with self.core.store.cursor() as cursor:
            row = model_store.latest(cursor)
            return row, row is None or row.data_version != dataset_store.data_version(cursor)

    def _take(self, row: ModelRow) -> Fitted | None:
        """Put a kept version in place; None where it cannot be read."""
        if self._current is not None and self._current.version == row.version:
            return self._current
        model = self._kept(row)
        if model is None:
            return None
        with self.core.store.cursor() as cursor:
            catalogue = _catalogue(cursor, self.core.now())
        return self._put(_fitted(model, catalogue, row))

    def _put(self, fitted: Fitted) -> Fitted:
        """Hand this one out from now on."""
        with self._swapping:
            self._current, self._read_on = fitted, self.core.now().date()
        return fitted

    def refresh_soon(self) -> None:
        """Fit in the background what has changed; several changes in a row make one fit.

        It waits as the settings say, and four times as long as the last fit took, so that a
        busy day is not spent fitting.
        """
        after = self.core.settings.refit_after
        if after is not None and self._current is not None:
            self._later.ask(max(after, 4 * self._current.seconds))

    def close(self) -> None:
        """Let a fit in the background end, and start no other."""
        self._later.close()

    def _catch_up(self) -> None:
        try:
            self.refresh()
        except Exception:  # the lists in place go on answering
            log.exception("the fit after an order failed")

    def forget(self) -> None:
        """The data under the models are gone: hand out nothing, and learn nothing from them."""
        self._current = None
        with self.core.store.cursor() as cursor:
            newest = model_store.next_version(cursor) - 1
        model_store.remove_old(self.core.settings.model_dir, newest + model_store.KEPT)

    def _fit(self, history: History, full: bool, progress: Report) -> Model:
        """Learn anew or keep what the last version learned, and say which."""
        rng = np.random.default_rng(SEED)
        with self.core.store.cursor() as cursor:
            row, version = model_store.latest(cursor), model_store.next_version(cursor)
        earlier = None if full or row is None else self._last(row)
        why = "asked for" if full else why_learn(earlier, history)
        if earlier is None or why is not None:
            model = learn_model(history, rng=rng, version=version, progress=progress)
        else:
            model = refit_model(history, earlier, rng=rng, progress=progress)
        return replace(model, facts={**model.facts, LEARNING: why})

    def _last(self, row: ModelRow) -> Model | None:
        """The newest version, also where it does not know the present data."""
        if self._current is not None and self._current.version == row.version:
            return self._current.model
        return self._kept(row) if (self.core.settings.model_dir / row.file).exists() else None

    def _kept(self, row: ModelRow) -> Model | None:
        """A version from its arrays; None where they cannot be read, whatever the reason."""
        try:
            return Model.from_arrays(
                model_store.load_arrays(self.core.settings.model_dir / row.file)
            )
        except Exception as error:  # damaged, of another release, gone: a fit mends them all
            log.warning("model %d cannot be read (%s): fitting again", row.version, error)
            return None

    def _read(self, progress: Report) -> tuple[int, History, Catalogue]:
        progress(0.0, "Reading orders")
        with self.core.store.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            data_version = dataset_store.data_version(cursor)
            history = read_history(cursor)
            catalogue = _catalogue(cursor, self.core.now())
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


def _catalogue(cursor: Cursor, now: datetime) -> Catalogue:
    info = dataset_store.read(cursor)
    if info is None:
        raise NotReadyError("lists need data", "none", "import orders or make the demo data")
    running = running_promotions.running(cursor, clock.today(cursor, now))
    products = with_promotions(catalogue_store.products(cursor), running)
    return Catalogue(info, products, catalogue_store.retailers(cursor))
