"""When stock runs out, and how likely that is before an order of today could arrive.

Both figures walk the same days: what arrives on a day is there in its morning, the day's
use goes off, and a shelf is empty where more may be used than has been there. So one rule
says which products run out before a delivery could arrive (`likely`), and the day and the
chance never contradict each other.
"""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np

from smartreco.stock.arrays import Floats, Ints
from smartreco.stock.outcomes import Outcomes

WEEK: Final = 7.0
LIKELY: Final = 0.5  # chance from which on it is as likely as not


class Demand(Protocol):
    """What may be asked for ahead, as `smartreco.stock.policy.Ahead`."""

    @property
    def by_week(self) -> Floats:
        """Sums by the end of each week: products x weeks x equally likely amounts."""
        ...

    def over(self, days: float | Floats) -> Outcomes:
        """What may be asked for within so many days."""
        ...


def likely(chance: float) -> bool:
    """Whether a product runs out before a delivery could arrive: it is as likely as not."""
    return chance >= LIKELY


def chance_before(on_hand: Floats, coming: Floats, ahead: Demand, lead: Floats) -> Floats:
    """Chance that a shelf is empty at some time before an order of today could arrive.

    Parameters
    ----------
    coming
        Pieces that arrive: products x days, the first of them tomorrow.
    lead
        Days from an order to its delivery; the order is there on the day that ends them.

    Notes
    -----
    Stock is lowest just before something arrives, so only those days are looked at; as
    amounts grow from day to day along one outcome, the worst day's chance is the chance.
    """
    last = _whole_days(lead, ahead)
    chance = _short_on(last, on_hand, coming, ahead)
    for arrives in (np.flatnonzero(coming.any(axis=0)) + 1).tolist():
        day = np.clip(arrives - 1, 1, last)
        chance = np.maximum(chance, _short_on(day, on_hand, coming, ahead))
    return np.where(on_hand <= 0, 1.0, chance)


def days_until(on_hand: Floats, coming: Floats, ahead: Demand, share: float = LIKELY) -> Floats:
    """Days until it is as likely as not that none is left; NaN: not within the weeks ahead.

    Parameters
    ----------
    share
        Of outcomes that stock is still to last for: at 0.9 the days that it lasts with 90 %.
    """
    n, _, draws = ahead.by_week.shape
    used = _by_day(ahead.by_week[:, :, min(int(share * draws), draws - 1)])
    days = used.shape[1] - 1
    there = on_hand[:, None] + np.pad(_arrived(coming, days), ((0, 0), (1, 0)))
    gone = used > there
    gone[:, 0] = on_hand <= 0
    at = gone.argmax(axis=1)
    row, before = np.arange(n), np.maximum(at - 1, 0)
    rise = np.maximum(used[row, at] - used[row, before], 1e-9)
    part = np.clip((there[row, at] - used[row, before]) / rise, 0.0, 1.0)
    return np.where(gone.any(axis=1), np.where(at == 0, 0.0, before + part), np.nan)


def _short_on(day: Ints, on_hand: Floats, coming: Floats, ahead: Demand) -> Floats:
    """Chance that more is used by the end of a day than has been there."""
    row = np.arange(len(on_hand))
    arrived = np.pad(_arrived(coming, int(day.max(initial=1))), ((0, 0), (1, 0)))
    return ahead.over(day.astype(float)).chance_above(on_hand + arrived[row, day])


def _arrived(coming: Floats, days: int) -> Floats:
    """Pieces that have arrived by the end of each day."""
    known = coming[:, :days]
    wide = np.pad(known, ((0, 0), (0, days - known.shape[1])))
    return np.asarray(wide.cumsum(axis=1))


def _by_day(by_week: Floats) -> Floats:
    """Of sums by the end of each week, those by the end of each day, from day 0 on.

    The same arithmetic as `Ahead.over`, so that both agree to the last digit.
    """
    weeks = by_week.shape[1]
    day = np.arange(weeks * int(WEEK) + 1)
    low = np.minimum(day // int(WEEK), weeks - 1)
    before = np.where(low > 0, by_week[:, np.maximum(low - 1, 0)], 0.0)
    part = day / WEEK - low
    return np.asarray(before + part * (by_week[:, low] - before))


def _whole_days(lead: Floats, ahead: Demand) -> Ints:
    whole = np.ceil(lead).astype(np.int64)
    return np.clip(whole, 1, ahead.by_week.shape[1] * int(WEEK))
