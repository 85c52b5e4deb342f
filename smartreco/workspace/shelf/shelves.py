"""What is known of a shop's shelf, product by product: worked out once per state of the data.

The forecaster is the mean of what was used in the last 1, 8 and 52 weeks (see
`smartreco.stock.outlook`): on single products of single shops it errs less than the
panel forecaster, whose season and drift need more orders than one shop places.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from smartreco.recommend.recent import Recent
from smartreco.stock.attaining import UNTRIED, Attained, attained
from smartreco.stock.outlook import outlook_of_use, settled_span
from smartreco.stock.replay import ReplaySettings
from smartreco.stock.running_out import WEEK
from smartreco.stock.usage import Use, use_of
from smartreco.store import dataset as dataset_store
from smartreco.store import shelf as shelf_store
from smartreco.store import shelf_counts as counts_store
from smartreco.store.connection import Cursor
from smartreco.workspace import clock
from smartreco.workspace.core import Core
from smartreco.workspace.made_once import MadeOnce
from smartreco.workspace.shelf.reading import Shelf, days_since, read_shelf

HELD: Final = 12  # shops whose shelves stay in memory: some megabytes each
SAMPLE: Final = 160  # pairs of shop and product on which service levels are tried
SAMPLE_WEEKS: Final = 65
SAMPLE_ORDERS: Final = 8  # of a pair, from which on it can be played


class Shelves:
    """Shelves of shops, kept while neither data nor counts change."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._shelves: Recent[tuple[object, ...], Shelf] = Recent(HELD)
        self._samples: MadeOnce[tuple[object, ...], Use] = MadeOnce(1)
        self._attained: MadeOnce[tuple[object, ...], Attained] = MadeOnce(HELD)

    def state(self, cursor: Cursor, retailer_id: str) -> tuple[object, ...]:
        """Differs whenever a shelf does."""
        return (
            dataset_store.imported_version(cursor), retailer_id, self.today(cursor),
            shelf_store.state(cursor, retailer_id), counts_store.state(cursor, retailer_id),
        )  # fmt: skip

    def today(self, cursor: Cursor) -> date:
        """The day of the data set."""
        return clock.today(cursor, self._core.now())

    def of(self, cursor: Cursor, retailer_id: str) -> Shelf:
        """A shop's shelf; nothing on it where the shop never ordered or counted."""
        return self._shelves.get(
            self.state(cursor, retailer_id),
            lambda: read_shelf(cursor, retailer_id, self.today(cursor)),
        )

    def attained(self, cursor: Cursor, lead_days: float, review_days: float) -> Attained:
        """Which shares keep which service, tried on a sample of all shops."""
        lead, review = (max(1, round(days / WEEK)) for days in (lead_days, review_days))
        version, today = dataset_store.imported_version(cursor), self.today(cursor)

        def sample() -> Use:
            return use_of(shelf_store.sample(cursor, SAMPLE, SAMPLE_ORDERS))

        def work() -> Attained:
            # one reading of all orders serves every lead time and every review
            return _tried(self._samples.get((version, today), sample), today, lead, review)

        return self._attained.get((version, today, lead, review), work)


def _tried(use: Use, today: date, lead: int, review: int) -> Attained:
    settings = ReplaySettings(lead=lead, review=review, origins=26)
    if not len(use):
        return UNTRIED
    until, weeks = settled_span(int(use.first.min()), days_since(today) + 1)
    outlook = outlook_of_use(use, until, max(1, min(SAMPLE_WEEKS, weeks)), settings.span)
    return attained(outlook, settings)
