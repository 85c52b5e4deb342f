"""What is known of a shop's shelf, product by product, read once for an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import (
    LEAD_TIME_DAYS,
    MIN_ORDER_VALUE,
    ON_HAND,
    ON_ORDER,
    PRODUCT_ID,
    VENDOR_ID,
)
from smartreco.stock.arrays import Floats
from smartreco.stock.conformal import mean_of_last
from smartreco.stock.outcomes import DRAWS
from smartreco.stock.policy import WEEK, ahead_of
from smartreco.stock.usage import used_by_week
from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor

LOOK_BACK: Final = 52  # weeks of usage that a pace is learned from
FORESEEN_BY: Final = 8  # weeks whose mean foresees the next
USUAL_LEAD: Final = 7.0  # days, where no vendor says


@dataclass(frozen=True, slots=True)
class ShelfFacts:
    """Of each product asked for, in that order.

    ``position`` : pieces on hand and on the way, NaN where not known; ``span`` : what may
    be used until the next order arrives (products x draws), NaN where the pace is not
    known; ``minimum`` : least order value of each vendor.
    """

    position: Floats
    span: Floats
    minimum: Mapping[str, float]


def shelf_facts(
    cursor: Cursor, retailer_id: str, product_ids: Sequence[str], review_days: int
) -> ShelfFacts:
    """Read and foresee what an order needs."""
    wanted = pd.Index(list(product_ids), dtype="object")
    terms = shelf_store.terms(cursor)
    due = terms[terms[MIN_ORDER_VALUE] > 0]
    return ShelfFacts(
        position=_position(cursor, retailer_id, wanted),
        span=_span(cursor, retailer_id, wanted, terms, review_days),
        minimum=dict(zip(due[VENDOR_ID], due[MIN_ORDER_VALUE].astype(float), strict=True)),
    )


def _position(cursor: Cursor, retailer_id: str, wanted: pd.Index) -> Floats:
    held = shelf_store.held(cursor, retailer_id).set_index(PRODUCT_ID)
    both = held[ON_HAND].astype(float) + held[ON_ORDER].astype(float)
    return np.asarray(both.reindex(wanted).to_numpy(dtype=float))


def _span(
    cursor: Cursor, retailer_id: str, wanted: pd.Index, terms: pd.DataFrame, review_days: int
) -> Floats:
    made = np.full((len(wanted), DRAWS), np.nan)
    lines, last = shelf_store.lines(cursor, retailer_id), shelf_store.known_until(cursor)
    if lines.empty or last is None:
        return made
    usage = used_by_week(lines, last + timedelta(days=1), LOOK_BACK)
    row = wanted.get_indexer(pd.Index(usage.product_ids, dtype="object"))
    if not (row >= 0).any():
        return made
    vendor = shelf_store.vendor_of(cursor, usage.product_ids[row >= 0].tolist())
    lead = terms.set_index(VENDOR_ID)[LEAD_TIME_DAYS].astype(float).reindex(vendor)
    days = lead.fillna(USUAL_LEAD).to_numpy().astype(np.float64) + review_days
    weeks = int(np.ceil(days.max() / WEEK))
    ahead = ahead_of(usage.pieces[row >= 0], mean_of_last(FORESEEN_BY), weeks)
    made[row[row >= 0]] = ahead.over(days).draws
    return made
