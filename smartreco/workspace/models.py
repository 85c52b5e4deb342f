"""The fitted model: made once per state of the data, kept on disk, swapped in whole.

Readers hold one immutable `Fitted`: a model with the recipe in force. A fit or a
publication makes another beside it and replaces the reference, so that no reader ever
sees half of each.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date
from typing import Final

from smartreco.entities import Principal, Role
from smartreco.errors import NotReadyError
from smartreco.recommend.engine import Model
from smartreco.recommend.recipe import Recipe
from smartreco.store import blends as blend_store
from smartreco.store import dataset as dataset_store
from smartreco.store import placing
from smartreco.store.connection import Cursor
from smartreco.store.models import ModelRow
from smartreco.workspace.blend.book import Book, read_book, recipe_in_force
from smartreco.workspace.blend.serving import Serving
from smartreco.workspace.blend.settling import (
    learned_recipe,
    needs_settling,
    report_troubles,
    settle,
)
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.fits import fit, read_all
from smartreco.workspace.fitted import Decision, Fitted, fitted, read_catalogue
from smartreco.workspace.later import Later
from smartreco.workspace.model_files import ModelFiles
from smartreco.workspace.status import Report, portion, silent

__all__ = ["Fitted", "Models"]

EARLIER: Final = "learned by an earlier fit"


class Models:
    """Fits, keeps and hands out the model of a process."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._files = ModelFiles(core)
        self._serving = Serving(self._files)
        self._current: Fitted | None = None
        self._fitting = threading.Lock()
        self._swapping = threading.RLock()  # nothing is written to the store while it is held
        self._following = threading.Lock()
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
        held = self._present()
        if self._read_on != self.core.now().date():
            return self.reread()
        return held

    def latest(self, cursor: Cursor) -> Fitted:
        """The same, after a look at whether another process has published meanwhile.

        One caller does the work that this may take; others get the model in place until then.

        Raises
        ------
        NotReadyError
            No model has been fitted yet.
        """
        held = self.current
        if blend_store.newest_publication(cursor) == held.publication:
            return held
        if not self._following.acquire(blocking=False):
            return held
        try:
            return self.follow()
        finally:
            self._following.release()

    def follow(self) -> Fitted:
        """Answer by the recipe that the store says is in force.

        Inside `Store.write`'s ``then`` this swaps before anybody else can publish.
        """
        with self._swapping:
            held = self._present()
            with self.core.store.cursor() as cursor:
                book = read_book(cursor)
            if book.newest != held.publication:
                decision = _decision(book, held.learned)
                model = self._serving.served(held.version, held.learned, decision.recipe)
                self._current = replace(
                    held, model=model, recipe=decision.recipe,
                    blend_version=decision.version, publication=decision.publication,
                )  # fmt: skip
            found = self._present()
        report_troubles(self.core, book)
        return found

    def make_ready(self, recipe: Recipe, progress: Report = silent) -> None:
        """Do the work that a recipe takes, so that publishing it is but a swap."""
        held = self.current
        self._serving.served(held.version, held.learned, recipe, progress)

    def reread(self) -> Fitted:
        """Read products, prices and stock again beside the same model.

        Promotions begin and end with the day; so it is done on each new one, and has to be
        done where prices, stock or promotions were changed by hand.
        """
        with self._swapping:
            held, today = self._present(), self.core.now().date()
            with self.core.store.cursor() as cursor:
                catalogue = read_catalogue(cursor, self.core.now())
            self._read_on = today
            self._current = held.read_again(catalogue)
            return self._current

    @property
    def ready(self) -> bool:
        """Whether a model answers."""
        return self._current is not None

    @permits(Role.ADMIN, Role.ANALYST)
    def fit(self, principal: Principal, progress: Report = silent, *, full: bool = False) -> Fitted:
        """Fit a new version on all orders and put it in place; ``full`` learns all anew."""
        return self.refit(progress, full=full)

    def refit(
        self, progress: Report = silent, *, full: bool = False, needed: bool = True
    ) -> Fitted:
        """Fit a new version; one at a time, readers keep the old one meanwhile.

        Where it is not ``needed`` for its own sake, what another fit has kept will do.

        Settings and weights of the last version are kept while `refitting.why_learn`
        finds no reason against it, unless ``full``. An analyst's recipe stays in force.
        """
        with self._fitting, self.core.store.alone("fit"):
            if not needed and (kept := self._up_to_date()) is not None:
                return kept
            started = time.perf_counter()
            data_version, history, catalogue = read_all(self.core, portion(progress, 0.0, 0.2))
            held, part = self._current, portion(progress, 0.2, 0.9)
            model, why = fit(self._files, held, history, full, part)
            progress(0.92, "Keeping the model")
            row = self._files.save(model, data_version, time.perf_counter() - started)
            said = EARLIER if why is None else f"learned anew: {why}"
            self._install(model, catalogue, row, said, new=True)
            self._files.remove_old(row.version)
            progress(1.0, "Ready")
            log.info("model %d fitted in %.1f s", row.version, row.seconds)
            return self.current

    def refresh(self, progress: Report = silent) -> Fitted:
        """Take the kept model if it knows the present data, else fit."""
        return self._up_to_date() or self.refit(progress, needed=False)

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

    def take_newer(self) -> None:
        """Answer by the version that another process has kept, where its arrays are at hand."""
        row = self._files.latest()
        if row is not None and self._files.there(row):
            self._take(row)

    def let_go(self, data_version: int) -> None:
        """Another process put other data in place: hand out nothing that was made before."""
        with self._swapping:
            held = self._current
            if held is not None and held.data_version < data_version:
                self._current = None

    def forget(self) -> None:
        """The data under the models are gone: hand out nothing, and learn nothing from them."""
        self._current = None
        self._files.remove_all()

    def _present(self) -> Fitted:
        held = self._current
        if held is None:
            raise NotReadyError(
                "lists need a fitted model", "none yet", "wait for the first fit to end"
            )
        return held

    def _latest(self) -> tuple[ModelRow | None, bool]:
        """The newest version, and whether it does not know the present data."""
        row = self._files.latest()
        with self.core.store.cursor() as cursor:
            return row, row is None or row.data_version != dataset_store.data_version(cursor)

    def _up_to_date(self) -> Fitted | None:
        """The kept version that knows the present data, put in place; None: there is none."""
        row, stale = self._latest()
        return None if row is None or stale else self._take(row)

    def _take(self, row: ModelRow) -> Fitted | None:
        """Put a kept version in place; None where it cannot be read."""
        if self._current is not None and self._current.version == row.version:
            return self._current
        model = self._files.load(row)
        if model is None:
            return None
        with self.core.store.cursor() as cursor:
            catalogue = read_catalogue(cursor, self.core.now())
        return self._install(model, catalogue, row, EARLIER, new=False)

    def _install(
        self, learned: Model, catalogue: Catalogue, row: ModelRow, why: str, *, new: bool
    ) -> Fitted:
        """Settle what a model learned and hand it out, with the recipe in force, from now on."""
        with self.core.store.cursor() as cursor:
            book, unsettled = read_book(cursor), new or needs_settling(cursor)
        self._serving.served(row.version, learned, _decision(book, learned).recipe)

        def work(cursor: Cursor) -> None:
            if new:
                self._files.register(cursor, row)
            settle(cursor, learned, row, why, self.core.now())

        if unsettled or book.in_force is None:
            self.core.store.write(work, lambda _: self._put(learned, catalogue, row))
        else:
            self._put(learned, catalogue, row)
        report_troubles(self.core, book)
        return self.current

    def _put(self, learned: Model, catalogue: Catalogue, row: ModelRow) -> None:
        """Hand this one out, with the recipe that the store says is in force."""
        with self._swapping:
            with self.core.store.cursor() as cursor:
                decision = _decision(read_book(cursor), learned)
            model = self._serving.served(row.version, learned, decision.recipe)
            self._current = fitted(learned, model, catalogue, row, decision)
            self._read_on = self.core.now().date()

    def _catch_up(self) -> None:
        try:
            self.refresh()
        except Exception:  # the lists in place go on answering
            log.exception("the fit after an order failed")


def _decision(book: Book, learned: Model) -> Decision:
    version, recipe = recipe_in_force(book, learned_recipe(learned))
    return Decision(recipe, version, book.newest)
