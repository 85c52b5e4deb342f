"""What a shop uses up, week by week, from what it orders.

A shop's sales are not known, its orders are. What is ordered on one day is used up by the
next order of the same product, evenly: that is the demand that its shelf must last for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import PRODUCT_ID, QUANTITY
from smartreco.stock.arrays import Floats, Ints, Texts

ORDERED_ON = "ordered_on"
FEWEST_ORDERS: Final = 3  # of a product, for its pace to be known


@dataclass(frozen=True, slots=True)
class Usage:
    """Pieces used a week, products x weeks, the last week ending on the day of the question."""

    product_ids: Texts
    pieces: Floats


def used_by_week(lines: pd.DataFrame, until: date, weeks: int) -> Usage:
    """Spread orders over the time until the next one.

    The last order is used up at the pace of all the others together, from the first to it.

    Parameters
    ----------
    lines
        Columns product_id, ordered_on, quantity; sorted by both, one row a product and day.
    until
        First day that is not known.
    weeks
        How many weeks back.
    """
    ids, row, count = np.unique(
        lines[PRODUCT_ID].to_numpy(dtype=str), return_inverse=True, return_counts=True
    )
    day = lines[ORDERED_ON].to_numpy().astype("datetime64[D]").astype(np.int64)
    pieces = lines[QUANTITY].to_numpy(dtype=float)
    same = np.append(row[1:] == row[:-1], False)
    following = np.where(same, np.append(day[1:], 0), day)
    pace = _pace(row, day, pieces, same, len(ids))
    ends = np.where(same, following, day + np.ceil(pieces / np.maximum(pace[row], 1e-9)))
    rate = np.where(same, pieces / np.maximum(following - day, 1), pace[row])
    first = (np.datetime64(until, "D").astype(np.int64) - 7 * weeks) + 7 * np.arange(weeks)
    spent = np.minimum(ends[:, None], first + 7) - np.maximum(day[:, None], first)
    made = np.zeros((len(ids), weeks))
    np.add.at(made, row, rate[:, None] * np.clip(spent, 0, 7))
    known = count >= FEWEST_ORDERS
    return Usage(ids[known], made[known])


def _pace(row: Ints, day: Ints, pieces: Floats, same: Floats, n: int) -> Floats:
    """Pieces a day between first and last order; 0 where there was only one."""
    begins = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(begins, row, day)
    ends = np.zeros(n, dtype=np.int64)
    np.maximum.at(ends, row, day)
    before_last = np.bincount(row, pieces * same, n)
    return np.asarray(before_last / np.maximum(ends - begins, 1))
