"""Shops count their shelves: what was counted is entered, taken back, read out of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import Principal, Role
from smartreco.store import audit
from smartreco.store import shelf_counts as counts_store
from smartreco.store.connection import Cursor
from smartreco.store.shelf_counts import Entered
from smartreco.workspace.core import Core, permits
from smartreco.workspace.models import Models
from smartreco.workspace.shelf.counting import check_counts, preview
from smartreco.workspace.shelf.shelves import Shelves
from smartreco.workspace.shelf.stock_views import CountsPreview


class CountedShelves:
    """Use cases on counts."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models
        self._shelves = Shelves(core)

    @permits(Role.RETAILER)
    def set_counts(
        self, principal: Principal, retailer_id: str, counts: Mapping[str, int],
        on_day: date | None = None,
    ) -> Entered:  # fmt: skip
        """Enter what was counted on a day (None: today); returns what `uncount` takes back.

        See `smartreco.stock.counting` for what is made of a count on later days.

        Raises
        ------
        InputError
            A count below zero, a day that is not past or too long ago, or nothing counted.
        NotFoundError
            No such product or shop.
        """
        require_retailer(principal, retailer_id)
        catalogue = self._models.current.catalogue
        catalogue.retailer(retailer_id)
        for one in counts:
            catalogue.product(one)

        def work(cursor: Cursor) -> Entered:
            today, now = self._shelves.today(cursor), self.core.now()
            day = check_counts(counts, on_day or today, today)
            entered = counts_store.put(cursor, retailer_id, counts, day, principal.username, now)
            self._record(
                cursor, principal, "shelf.counted", retailer_id, products=len(counts), day=day
            )
            return entered

        return self.core.store.write(work)

    @permits(Role.RETAILER)
    def uncount(self, principal: Principal, retailer_id: str, entered: Entered) -> int:
        """Take back what one act of `set_counts` entered; returns how many products.

        Earlier counts stay, and one of the same day that was overwritten is there again.
        What was counted once more since then stays too.
        """
        require_retailer(principal, retailer_id)

        def work(cursor: Cursor) -> int:
            gone = counts_store.take_back(cursor, retailer_id, entered)
            if gone:
                self._record(cursor, principal, "shelf.uncounted", retailer_id, products=gone)
            return gone

        return self.core.store.write(work)

    @permits(Role.RETAILER)
    def read_counts(
        self, principal: Principal, retailer_id: str, content: str | bytes, name: str = ""
    ) -> CountsPreview:
        """Read codes and pieces that were typed, pasted or uploaded; nothing is changed.

        Raises
        ------
        InputError
            A file that cannot be read.
        """
        require_retailer(principal, retailer_id)
        return preview(self._models.current.catalogue, content, name)

    def _record(
        self, cursor: Cursor, principal: Principal, action: str, retailer_id: str, **detail: object
    ) -> None:
        entry = audit.Entry(self.core.now(), principal.username, action, retailer_id, detail)
        audit.record(cursor, entry)
