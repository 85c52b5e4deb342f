"""What a shop uses up, day by day, from what it orders.

A shop's sales are not known, its orders are. What is ordered on one day is used up by the
next order of the same product, evenly: that is the demand that its shelf must last for.
Until the next order comes, nobody knows that day; so what was known on an earlier day
is told apart from what turned out, and forecasts are judged on the former.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import PRODUCT_ID, QUANTITY
from smartreco.stock.arrays import Floats, Ints, Mask, Texts

ORDERED_ON = "ordered_on"
FEWEST_ORDERS: Final = 3  # of a product, for its pace to be known
YOUNGEST: Final = 28  # days since the first order, below which a pace is not taken for larger
NEVER: Final = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class Use:
    """Cumulative use of products: straight lines between orders.

    Attributes
    ----------
    product_ids
        Ascending.
    begins
        First row of each product in `day`, and behind the last the number of rows.
    day
        Days of orders since 1970-01-01; ascending within a product.
    before
        Pieces ordered before each of them: used up by that day.
    pieces
        Ordered on it.
    """

    product_ids: Texts
    begins: Ints
    day: Ints
    before: Floats
    pieces: Floats

    def __len__(self) -> int:
        return len(self.product_ids)

    @property
    def first(self) -> Ints:
        """Day of each product's first order."""
        return np.asarray(self.day[self.begins[:-1]])

    @property
    def last(self) -> Ints:
        """Day of each product's last order: what is used after it is a guess."""
        return np.asarray(self.day[self.begins[1:] - 1])

    def last_before(self, day: Ints) -> Ints:
        """Day of each product's last order before a day; of its first where there was none."""
        row = self._row_before(day[:, None])[:, 0]
        return np.asarray(self.day[np.maximum(row, self.begins[:-1])])

    def take(self, rows: Ints | Mask) -> Use:
        """Some of the products, in ascending order."""
        rows = np.sort(np.arange(len(self))[rows])
        size = np.diff(self.begins)[rows]
        starts = np.cumsum(size) - size
        at = np.repeat(self.begins[rows] - starts, size) + np.arange(int(size.sum()))
        return Use(
            self.product_ids[rows], np.append(starts, size.sum()), self.day[at],
            self.before[at], self.pieces[at],
        )  # fmt: skip

    def until(self, day: Ints, known_on: Ints) -> Floats:
        """Pieces used before some days, as it was known on other days.

        Parameters
        ----------
        day, known_on
            Products x any, in days since 1970-01-01; ``day`` is at most ``known_on``.
            `NEVER` knows all orders.

        Notes
        -----
        The last order that is known is used up at the pace of all before it, and no
        further than it goes.
        """
        latest = self._row_before(known_on)
        there = latest >= self.begins[:-1, None]
        latest = np.maximum(latest, self.begins[:-1, None])
        at = np.clip(self._row_before(day), self.begins[:-1, None], latest)
        follows = np.minimum(at + 1, len(self.day) - 1)
        gap = np.where(at < latest, self.day[follows] - self.day[at], 1)
        pace = self.before[latest] / np.maximum(self.day[latest] - self.first[:, None], 1)
        rate = np.where(at < latest, self.pieces[at] / np.maximum(gap, 1), pace)
        passed = np.maximum(day - self.day[at], 0)
        used = self.before[at] + np.minimum(rate * passed, self.pieces[at])
        return np.asarray(np.where(there, used, 0.0))

    def mean(self, known_on: Ints, weeks: int) -> Floats:
        """Pieces a day over the last weeks before a day, as known on it: products x days.

        A product younger than that is averaged over its own age.
        """
        back = np.clip(known_on - self.first[:, None], YOUNGEST, 7 * weeks)
        used = self.until(known_on, known_on) - self.until(known_on - back, known_on)
        return np.asarray(used / back)

    def used(self, first: Ints, days: int) -> Floats:
        """Pieces used in the days from each first one, NaN where it is not over by `last`."""
        known = np.full_like(first, NEVER)
        found = self.until(first + days, known) - self.until(first, known)
        return np.asarray(np.where(first + days <= self.last[:, None], found, np.nan))

    def known(self, on: Ints) -> Mask:
        """Whether a product had `FEWEST_ORDERS` before a day: products x days."""
        return np.asarray(self._row_before(on) - self.begins[:-1, None] >= FEWEST_ORDERS - 1)

    def _row_before(self, day: Ints) -> Ints:
        """Row of the last order before each day; the row before the product's own where none."""
        step = np.int64(4_000_000)  # days of one product lie in a stretch of its own
        product = np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.begins))
        keys = product * step + self.day
        wanted = np.arange(len(self), dtype=np.int64)[:, None] * step + np.clip(day, 0, step - 1)
        return np.asarray(np.searchsorted(keys, wanted, side="left") - 1)


def use_of(lines: pd.DataFrame, before: int = NEVER) -> Use:
    """What orders say of use, for products with `FEWEST_ORDERS` days of orders.

    Parameters
    ----------
    lines
        Columns product_id, ordered_on, quantity; sorted by both, one row a product and day.
    before
        Orders from this day on, in days since 1970-01-01, are not known.
    """
    day = lines[ORDERED_ON].to_numpy().astype("datetime64[D]").astype(np.int64)
    lines, day = lines[day < before], day[day < before]
    code, ids = pd.factorize(lines[PRODUCT_ID])
    count = np.bincount(code, minlength=len(ids))
    keep = (count >= FEWEST_ORDERS)[code]
    day, pieces = day[keep], lines[QUANTITY].to_numpy(dtype=float)[keep]
    size = count[count >= FEWEST_ORDERS]
    begins = np.append(0, np.cumsum(size)).astype(np.int64)
    total = np.cumsum(pieces) - pieces
    before_each = total - np.repeat(total[begins[:-1]], size) if len(size) else total
    names = np.asarray(ids[count >= FEWEST_ORDERS].astype(str), dtype=str)
    return Use(names, begins, day, before_each, pieces)
