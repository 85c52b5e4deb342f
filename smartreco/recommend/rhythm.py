"""The weekday on which a shop usually orders: what is due before its next visit is due now.

Wholesale routes run by weekday, and so do the orders of most shops. A product
whose interval ends two days after the usual order day has to go into that order,
so dueness is counted to the next visit and not to today.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.integer]

WEEK: Final = 7
LATEST_DAYS = 26 * WEEK  # habits change: older order days do not decide
FEWEST = 6  # order days before a rhythm is claimed
REGULAR = 0.5  # share of a shop's order days that its weekday must have
NONE = -1
MONDAY = 4  # the day number, modulo a week, of Mondays: 1970-01-05 was one


def usual_weekday(
    shop: IntArray, day: IntArray, shops: int, as_of_day: int
) -> npt.NDArray[np.int8]:
    """Weekday of most order days of each shop, Monday 0; -1 where no weekday has half of them.

    Parameters
    ----------
    shop, day
        Of each purchase, in any order; several on a day count once.
    shops
        Number of shops.
    as_of_day
        First day that is not known.

    >>> days = np.arange(4, 60, 7)  # Mondays
    >>> usual_weekday(np.zeros(len(days), dtype=int), days, 2, 60)
    array([ 0, -1], dtype=int8)
    """
    age = as_of_day - 1 - day
    lately = np.flatnonzero(age < LATEST_DAYS)
    ordered = np.zeros((shops, LATEST_DAYS), dtype=bool)
    ordered[shop[lately], age[lately]] = True
    weekday = (as_of_day - 1 - np.arange(LATEST_DAYS) - MONDAY) % WEEK
    count = ordered @ (weekday[:, None] == np.arange(WEEK)).astype(np.float32)
    days = count.sum(axis=1)
    regular = (days >= FEWEST) & (count.max(axis=1) >= REGULAR * days)
    return np.where(regular, np.argmax(count, axis=1), NONE).astype(np.int8)


def next_visit(weekday: npt.NDArray[np.int8], as_of_day: int) -> npt.NDArray[np.int64]:
    """Day number of each shop's next usual order day; `as_of_day` where it has none.

    >>> next_visit(np.array([0, -1], dtype=np.int8), 5)  # a Tuesday: the next Monday is day 11
    array([11,  5])
    """
    ahead = (weekday.astype(np.int64) + MONDAY - as_of_day) % WEEK
    return as_of_day + np.where(weekday == NONE, 0, ahead)
