"""What stock is kept for: how much is enough, how long it lasts, what is too much.

Order up to the amount that covers demand until the next order arrives with the chance
that the shop chose; no formula with a normal distribution stands between, since demand of
single products is nothing like it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartreco.errors import InputError
from smartreco.stock.arrays import Floats, Ints
from smartreco.stock.conformal import Foresee, look_back, outcomes
from smartreco.stock.outcomes import Outcomes, check_service

WEEK = 7.0
LEVEL, NEEDED, DAYS_OF_COVER = "level", "needed", "days_of_cover"
RUNS_OUT_DAY, RUNS_OUT_CHANCE = "runs_out_day", "runs_out_chance"
EXCESS, TIED_UP = "excess", "tied_up"
COLUMNS = (LEVEL, NEEDED, DAYS_OF_COVER, RUNS_OUT_DAY, RUNS_OUT_CHANCE, EXCESS, TIED_UP)


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces on hand and on order, pieces in a case, and currency paid for one piece."""

    on_hand: Floats
    on_order: Floats
    case_size: Ints
    unit_cost: Floats

    @property
    def position(self) -> Floats:
        """Pieces there or on the way."""
        return self.on_hand + self.on_order


@dataclass(frozen=True, slots=True)
class Ahead:
    """What may be asked for by the end of each week ahead.

    ``by_week`` : products x weeks x equally likely amounts, growing from week to week.
    """

    by_week: Floats

    def over(self, days: float | Floats) -> Outcomes:
        """What may be asked for within so many days; parts of a week count in proportion.

        Parameters
        ----------
        days
            One number, or one for each product.

        Raises
        ------
        InputError
            More days than weeks ahead are known.
        """
        n, weeks, _ = self.by_week.shape
        span = np.broadcast_to(np.asarray(days, dtype=float), n)
        if n and not (span.min() > 0 and span.max() <= weeks * WEEK):
            raise InputError(
                f"demand is known for {weeks} weeks ahead", f"{span.max():g} days",
                "shorten the time",
            )  # fmt: skip
        grown = np.concatenate([np.zeros_like(self.by_week[:, :1]), self.by_week], axis=1)
        low, row = np.minimum(span // WEEK, weeks - 1).astype(np.int64), np.arange(n)
        part = (span / WEEK - low)[:, None]
        return Outcomes(grown[row, low] + part * (grown[row, low + 1] - grown[row, low]))


def ahead_of(history: Floats, foresee: Foresee, weeks: int, origins: int = 52) -> Ahead:
    """What may be asked for after a history, each sum of weeks with the errors of such sums.

    Parameters
    ----------
    history
        Pieces asked for, products x weeks, weeks without stock filled.
    """
    expected = np.cumsum(foresee(history, weeks), axis=1)
    made = [
        outcomes(expected[:, at], look_back(history, foresee, at + 1, origins)).draws
        for at in range(weeks)
    ]
    return Ahead(np.maximum.accumulate(np.stack(made, axis=1), axis=1))


def advise(
    held: Held, ahead: Ahead, lead_days: float, review_days: float, service: float
) -> pd.DataFrame:
    """Stock figures of every product.

    Parameters
    ----------
    lead_days, review_days
        From an order to its delivery, and to the next order.
    service
        Chance that stock lasts until the next order arrives, or the share from
        `smartreco.stock.attaining.share_for`.

    Returns
    -------
    pandas.DataFrame
        Columns level (pieces to order up to), needed (pieces to order, before rounding to
        cases), days_of_cover (of expected demand; infinite where none is expected),
        runs_out_day (days from now until it is as likely as not that none is left; missing
        beyond the weeks ahead), runs_out_chance (before an order of today arrives and the
        next could), excess (pieces above the level by a case or more), tied_up (currency
        in them).

    Raises
    ------
    InputError
        An impossible service level, or more days than are known ahead.
    """
    check_service(service)
    span = ahead.over(lead_days + review_days)
    level = span.at(service)
    mean = ahead.by_week[:, -1].mean(axis=1) / (ahead.by_week.shape[1] * WEEK)
    cover = np.divide(held.on_hand, mean, out=np.full(len(mean), np.inf), where=mean > 0)
    spare = held.position - level
    excess = np.where(spare >= held.case_size, spare, 0.0)
    return pd.DataFrame(
        {
            LEVEL: level,
            NEEDED: np.maximum(-spare, 0.0),
            DAYS_OF_COVER: cover,
            RUNS_OUT_DAY: _empty_on(held, ahead, lead_days),
            RUNS_OUT_CHANCE: span.chance_above(held.position),
            EXCESS: excess,
            TIED_UP: excess * held.unit_cost,
        }
    )


def _empty_on(held: Held, ahead: Ahead, lead_days: float) -> Floats:
    """Days until the median demand has used up what is there; NaN: not within the weeks ahead.

    What is on order counts from the delivery on.
    """
    weeks = ahead.by_week.shape[1]
    day = WEEK * np.arange(weeks + 1)
    used = np.concatenate([np.zeros((len(held.on_hand), 1)), np.median(ahead.by_week, axis=2)], 1)
    there = held.on_hand[:, None] + held.on_order[:, None] * (day >= lead_days)
    gone = used > there
    gone[:, 0] = held.on_hand <= 0
    at = gone.argmax(axis=1)
    row, before = np.arange(len(at)), np.maximum(at - 1, 0)
    rise = np.maximum(used[row, at] - used[row, before], 1e-9)
    part = np.clip((there[row, at] - used[row, before]) / rise, 0.0, 1.0)
    found = np.where(at == 0, 0.0, day[before] + part * WEEK)
    return np.where(gone.any(axis=1), found, np.nan)
