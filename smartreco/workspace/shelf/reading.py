"""A shop's shelf read from the store: what it uses, what it counted, what is on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import LEAD_TIME_DAYS, ON_ORDER, PRODUCT_ID, QUANTITY, VENDOR_ID
from smartreco.stock.arrays import Floats, Ints, Mask, Texts
from smartreco.stock.counting import STALE, Counted, Now, Ordered, carried
from smartreco.stock.outcomes import DRAWS
from smartreco.stock.outlook import rate
from smartreco.stock.policy import Ahead, ahead_of_use
from smartreco.stock.running_out import WEEK
from smartreco.stock.usage import ORDERED_ON, Use, use_of
from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor
from smartreco.workspace.shelf.stock_views import LONGEST_REVIEW

USUAL_LEAD: Final = 7.0  # days, where no vendor says
WEEKS_AHEAD: Final = 8
REGULAR_DAYS: Final = 270  # since the last order, after which a product is no longer regular


@dataclass(frozen=True)
class Shelf:
    """A shop's products, one position each.

    Attributes
    ----------
    today
        Day of the figures.
    product_ids
        Regular ones and those that were counted, ascending.
    lead, lead_known
        Days from order to delivery; whether the vendor says so.
    use, used
        What orders tell of use, and the row of each product in it; -1: too few orders.
    daily
        Pieces a day that are expected to be used; 0 where the pace is not known.
    ahead
        What may be used by the end of each week ahead.
    counted
        Last counts.
    now
        Pieces on the shelf and on the way.
    """

    today: date
    product_ids: Texts
    lead: Floats
    lead_known: Mask
    use: Use
    used: Ints
    daily: Floats
    ahead: Ahead
    counted: Counted
    now: Now

    def __len__(self) -> int:
        return len(self.product_ids)

    @property
    def paced(self) -> Mask:
        """Products whose pace is known."""
        return np.asarray(self.used >= 0)

    @property
    def position(self) -> Floats:
        """Pieces there and on the way; NaN where not known."""
        return self.now.on_hand + self.now.on_order

    def rows_of(self, product_ids: list[str]) -> Ints:
        """Row of each product, -1 where it is not here."""
        here = pd.Index(self.product_ids, dtype="object")
        return np.asarray(here.get_indexer(pd.Index(product_ids, dtype="object")), dtype=np.int64)


def read_shelf(cursor: Cursor, retailer_id: str, today: date) -> Shelf:
    lines = shelf_store.lines(cursor, retailer_id)
    held = shelf_store.held(cursor, retailer_id, today)
    now = days_since(today)
    use = use_of(lines)
    use = use.take(use.last >= now - REGULAR_DAYS) if len(use) else use
    ids = np.union1d(use.product_ids, held[PRODUCT_ID].to_numpy(dtype=str))
    lead, lead_known = _leads(cursor, ids)
    used = np.asarray(pd.Index(use.product_ids).get_indexer(pd.Index(ids)), dtype=np.int64)
    weeks = max(WEEKS_AHEAD, int(np.ceil((lead.max(initial=0.0) + LONGEST_REVIEW) / WEEK)))
    by_week = np.zeros((len(ids), weeks, DRAWS))
    daily = np.zeros(len(ids))
    if len(use):
        paced = used >= 0
        by_week[paced] = ahead_of_use(use, now + 1, weeks).by_week[used[paced]]
        every = np.full((len(use), 1), now + 1, dtype=np.int64)
        daily[paced] = rate(use, every)[used[paced], 0]
    counted = _counted(held, ids, lead)
    ordered = _ordered(cursor, retailer_id, ids, today)
    return Shelf(
        today, ids, lead, lead_known, use, used, daily, Ahead(by_week), counted,
        carried(counted, ordered, daily, now),
    )  # fmt: skip


def _leads(cursor: Cursor, ids: Texts) -> tuple[Floats, Mask]:
    terms = shelf_store.terms(cursor).set_index(VENDOR_ID)[LEAD_TIME_DAYS].astype(float)
    told = terms.reindex(shelf_store.vendor_of(cursor, ids.tolist())).to_numpy(dtype=float)
    known = np.isfinite(told) & (told > 0)
    return np.where(known, told, USUAL_LEAD), known


def _counted(held: pd.DataFrame, ids: Texts, lead: Floats) -> Counted:
    known = held.set_index(PRODUCT_ID).reindex(ids)
    day = np.full(len(ids), -1, dtype=np.int64)
    told = known["counted_on"].notna().to_numpy()
    day[told] = days_of(known["counted_on"][told])
    pieces = known["pieces"].to_numpy(dtype=float, na_value=np.nan)
    on_order = known[ON_ORDER].to_numpy(dtype=float, na_value=np.nan)
    entered = np.nan_to_num(seconds_of(known["entered_at"]), nan=-np.inf)
    return Counted(pieces, on_order, day, lead, entered)


def _ordered(cursor: Cursor, retailer_id: str, ids: Texts, today: date) -> Ordered:
    frame = shelf_store.coming(cursor, retailer_id, today - timedelta(days=2 * STALE))
    row = np.asarray(pd.Index(ids).get_indexer(pd.Index(frame[PRODUCT_ID])), dtype=np.int64)
    frame, row = frame[row >= 0], row[row >= 0]
    dated = np.full(len(frame), -1, dtype=np.int64)
    told = frame["delivered_on"].notna().to_numpy()
    dated[told] = days_of(frame["delivered_on"][told])
    return Ordered(
        row, days_of(frame[ORDERED_ON]), dated, frame["delivered"].to_numpy(dtype=bool),
        frame[QUANTITY].to_numpy(dtype=float), seconds_of(frame["settled_at"]),
    )  # fmt: skip


def seconds_of(times: pd.Series) -> Floats:
    """Seconds since 1970-01-01, NaN where there is no time."""
    stamps = pd.to_datetime(times).to_numpy().astype("datetime64[us]")
    seconds = stamps.astype(np.int64) / 1e6
    return np.asarray(np.where(np.isnat(stamps), np.nan, seconds))


def days_since(day: date) -> int:
    """Days since 1970-01-01."""
    return int(np.datetime64(day, "D").astype(np.int64))


def days_of(column: pd.Series) -> npt.NDArray[np.int64]:
    """Dates as days since 1970-01-01."""
    return np.asarray(column.to_numpy().astype("datetime64[D]").astype(np.int64))
