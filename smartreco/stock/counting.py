"""From a count of some day to what is on the shelf and on the way today.

The rule, product by product and day by day after the count:

- what arrives on a day is added in the morning;
- a day's expected use is taken off, never below zero;
- an order arrives on the day that its delivery is dated; without such a date, when the
  vendor's lead time has passed, and no later than today if it is said to be delivered;
- what has not arrived by today is on the way;
- orders that had arrived by the day of the count are part of the count, but those of that
  very day whose delivery was told here after the count was entered: a count that came with
  the data knows of none of them;
- where the data say that more was on the way at the count than orders account for, that
  much arrives after the lead time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats, Ints, Mask

STALE: Final = 120  # days, after which a count tells nothing any more
FARTHEST: Final = 366  # days ahead; what is dated later counts as of the last of them


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of products.

    ``pieces``, ``on_order`` : as counted, NaN where never; ``day`` : of the count, in days
    since 1970-01-01; ``lead`` : days from an order to its delivery; ``entered`` : seconds since
    then when it was typed, below any other where it came with the data.
    """

    pieces: Floats
    on_order: Floats
    day: Ints
    lead: Floats
    entered: Floats


@dataclass(frozen=True, slots=True)
class Ordered:
    """Orders of a shop, a row a product and day.

    ``product`` : row in `Counted`; ``day`` : ordered on; ``dated`` : day of the delivery,
    -1 where not known; ``delivered`` : whether it is said to be; ``pieces``; ``told`` : seconds
    since 1970-01-01 when the delivery was told here, NaN where it was not.
    """

    product: Ints
    day: Ints
    dated: Ints
    delivered: Mask
    pieces: Floats
    told: Floats

    def arrives(self, lead: Floats, today: int) -> Ints:
        """Day of arrival of each."""
        usual = self.day + np.ceil(lead[self.product]).astype(np.int64)
        usual = np.where(self.delivered, np.minimum(usual, today), usual)
        return np.asarray(np.where(self.dated >= 0, self.dated, usual))


@dataclass(frozen=True, slots=True)
class Now:
    """Pieces on the shelf and on the way; NaN where no count tells.

    ``coming`` : what is on the way by the day that it arrives, products x days, the first of
    them tomorrow; zeros where no count tells.
    """

    on_hand: Floats
    on_order: Floats
    coming: Floats


def carried(counted: Counted, ordered: Ordered, daily: Floats, today: int) -> Now:
    """Carry counts to today by the rule of this module.

    Parameters
    ----------
    daily
        Pieces a day that are expected to be used.
    """
    n = len(counted.pieces)
    told = np.isfinite(counted.pieces) & (today - counted.day <= STALE) & (counted.day <= today)
    arrives = ordered.arrives(counted.lead, today)
    count_day = counted.day[ordered.product]
    same_day = (arrives == count_day) & (ordered.told > counted.entered[ordered.product])
    after = (arrives > count_day) | same_day
    early = after & (ordered.day <= count_day)
    accounted = np.bincount(ordered.product[early], ordered.pieces[early], n)
    extra = np.maximum(np.nan_to_num(counted.on_order) - accounted, 0.0)
    extra_day = counted.day + np.ceil(counted.lead).astype(np.int64)
    product = np.append(ordered.product[after], np.arange(n))
    day = np.append(arrives[after], extra_day)
    pieces = np.append(ordered.pieces[after], extra)
    late = day > today
    coming = _by_day(product[late], np.minimum(day[late] - today, FARTHEST), pieces[late], n)
    passed = int((today - counted.day[told]).max(initial=0))
    came = np.zeros((n, passed + 1))
    there = ~late & told[product]
    np.add.at(came, (product[there], (today - day)[there]), pieces[there])
    on_hand = np.where(told, counted.pieces, 0.0)
    on_hand += np.bincount(ordered.product[same_day], ordered.pieces[same_day], n)
    for ago in range(passed - 1, -1, -1):
        used = np.maximum(on_hand + came[:, ago] - daily, 0.0)
        on_hand = np.where(today - counted.day > ago, used, on_hand)
    on_order = np.where(told, coming.sum(axis=1), np.nan)
    return Now(np.where(told, on_hand, np.nan), on_order, np.where(told[:, None], coming, 0.0))


def _by_day(product: Ints, wait: Ints, pieces: Floats, n: int) -> Floats:
    """Pieces by product and days of waiting, from one day on."""
    made = np.zeros((n, int(wait[pieces > 0].max(initial=1))))
    some = pieces > 0
    np.add.at(made, (product[some], wait[some] - 1), pieces[some])
    return made
