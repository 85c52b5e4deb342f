"""The white book of the data as they are: made in the background, shared by all vendors."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Final

import numpy as np

from smartreco.columns import PRODUCT_ID, RETAILER_ID
from smartreco.errors import NotEnoughDataError, NotReadyError
from smartreco.recommend.history import History
from smartreco.recommend.model import Model
from smartreco.store import dataset as dataset_store
from smartreco.store import history as history_store
from smartreco.store import vendor_reach as reach_store
from smartreco.workspace.core import Core, log
from smartreco.workspace.later import Later
from smartreco.workspace.models import Models
from smartreco.workspace.past import read_history
from smartreco.workspace.vendor.reach_reading import read_universe
from smartreco.workspace.vendor.white_book import WhiteBook, make_book

SEED: Final = 20261
FRESH: Final = timedelta(days=7)  # a book serves so long while orders are placed here
SOON: Final = 5.0  # seconds until a newer one is begun
PATIENCE: Final = 1.0  # seconds that a page waits for the first


class WhiteBooks:
    """Hands out one book; makes it where none is, and a newer one behind the scenes.

    An order placed here changes a model, and hardly a book: what a vendor's shops bought since
    is taken off when it is read. So a book stays for `FRESH` of new orders, and goes at once
    only with an import.
    """

    def __init__(self, core: Core, models: Models) -> None:
        self._core = core
        self._models = models
        self._held: dict[int, WhiteBook | None] = {}  # by what was imported; one at most
        self._making = threading.Lock()
        self._changed = threading.Condition()
        self._later = Later(self._renew)

    def book(self) -> WhiteBook | None:
        """The book of the present data; None where they are too short to learn from.

        Raises
        ------
        NotReadyError
            It is still being made, or no model has been fitted yet.
        """
        imported, held = self._present()
        if imported not in held:
            _ = self._models.current  # without a model nothing would come of waiting
            self._later.ask(0.0)
            with self._changed:
                self._changed.wait_for(lambda: imported in self._held, PATIENCE)
            held = self._held
        if imported not in held:
            raise NotReadyError(
                "the list of shops to win is worked out once for all", "not yet",
                "come back in a minute",
            )  # fmt: skip
        book = held[imported]
        if book is not None and self._as_of_moved(book):
            self._later.ask(SOON)
        return book

    def warm(self) -> None:
        """Make it now, where it is not there."""
        imported, held = self._present()
        if imported not in held:
            self._renew_now(imported)

    def close(self) -> None:
        """Let work in the background end, and start none."""
        self._later.close()

    def _present(self) -> tuple[int, dict[int, WhiteBook | None]]:
        with self._core.store.cursor() as cursor:
            return dataset_store.imported_version(cursor), self._held

    def _as_of_moved(self, book: WhiteBook) -> bool:
        with self._core.store.cursor() as cursor:
            as_of = history_store.as_of(cursor)
        return as_of is not None and as_of - book.as_of >= FRESH

    def _renew(self) -> None:
        try:
            self._renew_now(self._present()[0])
        except NotReadyError as error:  # a fit that knows the new data comes first
            log.info("no white book yet: %s", error)
        except Exception:  # the book in place goes on answering
            log.exception("the white book could not be made")

    def _renew_now(self, imported: int) -> None:
        with self._making:
            book = self._held.get(imported)
            if imported in self._held and (book is None or not self._as_of_moved(book)):
                return  # made while this one waited
            made = self._make()
            with self._changed:
                self._held = {imported: made}
                self._changed.notify_all()

    def _make(self) -> WhiteBook | None:
        model = self._models.current.learned  # outlives publications, as its chances do
        with self._core.store.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            try:
                history = read_history(cursor)
            except NotEnoughDataError:
                return None
            finally:
                universe, prices = read_universe(cursor), reach_store.prices(cursor)
                cursor.execute("COMMIT")
        _require_same(model, history)
        size = universe.size_of(history.retailers[RETAILER_ID])
        price = prices.set_index(PRODUCT_ID)["price"].reindex(history.products[PRODUCT_ID])
        rng = np.random.default_rng(SEED)
        return make_book(model, history, size, price.to_numpy(dtype=float), rng)


def _require_same(model: Model, history: History) -> None:
    """A model of other shops or products cannot score these.

    Raises
    ------
    NotReadyError
        It is of other data.
    """
    market = model.market
    same = np.array_equal(
        market.retailer_ids, history.retailers[RETAILER_ID].to_numpy(dtype=str)
    ) and np.array_equal(market.product_ids, history.products[PRODUCT_ID].to_numpy(dtype=str))
    if not same:
        raise NotReadyError(
            "the list of shops to win needs a model of the present data", "an older one",
            "wait for the next fit to end",
        )  # fmt: skip
