"""Following what another process did to the same store.

Most of it needs no following: orders, drafts, rules and accounts are read from the store
with every use. What a process holds in memory, its model and the catalogue beside it, is
brought up to date here. A file has one process, and nothing is watched.
"""

from __future__ import annotations

import threading
from typing import Final

from smartreco.errors import SmartRecoError, StoreAwayError
from smartreco.store import placing, signals
from smartreco.store.signals import Signals
from smartreco.workspace.core import Core, log
from smartreco.workspace.draft_steps import DraftSteps
from smartreco.workspace.models import Models

PAUSE: Final = 1.0  # seconds between two looks


class Watch:
    """Looks at the store's numbers every second, in a thread of its own."""

    def __init__(self, core: Core, models: Models, steps: DraftSteps) -> None:
        self._core = core
        self._models = models
        self._steps = steps
        self._seen: Signals | None = None
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look, where others may write."""
        if self._core.store.home.kind == "postgres" and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Look no more; wait for what a look began."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> None:
        """Bring up to date what another process changed since the last look.

        What the database broke off is looked at again; what was refused is not, before the
        next change.
        """
        with self._core.store.cursor() as cursor:
            now = signals.read(cursor)
        before, self._seen = self._seen, now
        if now == before:
            return
        try:
            self._follow(before, now)
        except StoreAwayError:
            self._seen = before
            raise

    def _follow(self, before: Signals | None, now: Signals) -> None:
        models = self._models
        if before is not None and now.data_set != before.data_set:
            self._steps.forget_all()
            models.let_go(now.data_version)
        if not models.ready:
            if before is not None and now.data_version:  # the first look is before the start's own
                models.refresh()
            return
        if now.model_version > models.current.version:
            models.take_newer()
        if now.publication != models.current.publication:
            models.follow()
        if now.data_version > models.current.data_version:
            self._follow_data(before)

    def _follow_data(self, before: Signals | None) -> None:
        """Prices, stock and promotions as they are now; a model that knows them comes later."""
        models = self._models
        held = models.current
        since = held.data_version if before is None else before.data_version
        with self._core.store.cursor() as cursor:
            only_orders = placing.only_orders_since(
                cursor, max(since, held.data_version), held.fitted_at
            )
        if not only_orders:
            models.reread()
        models.refresh_soon()

    def _run(self) -> None:
        away = False
        while not self._closing.is_set():
            try:
                self.look()
                if away:
                    log.info("watching the store: its database answers again")
                away = False
            except StoreAwayError:  # lists in place go on answering
                if not away:
                    log.warning("watching the store: its database gives no answer")
                away = True
            except SmartRecoError as error:  # being made, say: the next change is looked at again
                log.info("watching the store: %s", error)
            except Exception as error:
                log.warning("watching the store: %s", type(error).__name__, exc_info=error)
                self._seen = None
            self._closing.wait(PAUSE)
