"""Vendors' shelves week by week, where a lead time is moved: what of the demand is served.

Today and the scenario start from the same shelf and see the same demand. Every week the
vendor orders up to what covers demand until the delivery; what is not there is lost.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.scenario.market import Market

COVERED: Final = 0.95  # chance that demand is covered until the delivery
LEAST_LEAD: Final = 0


def served_share(
    market: Market, rows: Ints, usual: Floats, after: Floats, added: Floats, planned: Mask
) -> tuple[Floats, Floats]:
    """Share of what is asked that is served, today and in the scenario: products x weeks x draws.

    Parameters
    ----------
    usual, after
        Pieces asked for, today and in the scenario.
    added
        Weeks added to the lead time of each.
    planned
        Whether its vendor orders with the new lead time in mind.
    """
    if market.shelves is None:
        return np.ones_like(usual), np.ones_like(after)
    known = np.nan_to_num(market.shelves.lead[rows], nan=1.0)
    lead = np.maximum(np.ceil(known), LEAST_LEAD).astype(np.int64)
    then = np.maximum(lead + added.astype(np.int64), LEAST_LEAD)
    level = _level(usual, lead)
    later = np.where(planned[:, None], _level(usual, then), level)
    opening = np.where(
        np.isnan(market.shelves.on_hand[rows]), level[:, 0], market.shelves.on_hand[rows]
    )
    coming = np.nan_to_num(market.shelves.coming[rows])
    return (
        _played(usual, opening, coming, level, lead),
        _played(after, opening, coming, later, then),
    )


def _level(usual: Floats, lead: Ints) -> Floats:
    """Pieces to order up to, one a product: products x 1."""
    weeks = usual.shape[1]
    total = np.cumsum(usual, axis=1)
    at = np.minimum(lead, weeks - 1)
    over = total[np.arange(len(usual)), at] * ((lead + 1) / (at + 1))[:, None]
    return np.quantile(over, COVERED, axis=1)[:, None] if len(usual) else np.zeros((0, 1))


def _played(wanted: Floats, opening: Floats, coming: Floats, level: Floats, lead: Ints) -> Floats:
    n, weeks, draws = wanted.shape
    row = np.arange(n)
    there = np.repeat(opening[:, None], draws, axis=1)
    on_way = np.zeros((n, weeks + int(lead.max(initial=0)) + 1, draws))
    on_way[:, min(1, weeks - 1)] += coming[:, None]
    share = np.ones_like(wanted)
    for week in range(weeks):
        waiting = on_way[:, week:].sum(axis=1)
        on_way[row, week + lead] += np.maximum(level - there - waiting, 0.0)
        there = there + on_way[:, week]
        served = np.minimum(there, wanted[:, week])
        share[:, week] = np.divide(
            served, wanted[:, week], out=np.ones_like(served), where=wanted[:, week] > 0
        )
        there = there - served
        on_way[:, week] = 0.0
    return share
