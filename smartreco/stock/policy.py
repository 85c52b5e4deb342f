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
from smartreco.stock.conformal import outcomes
from smartreco.stock.outcomes import DRAWS, Outcomes, check_service
from smartreco.stock.outlook import errors, rate
from smartreco.stock.running_out import WEEK, chance_before, days_until
from smartreco.stock.usage import Use

LEVEL, NEEDED, DAYS_OF_COVER = "level", "needed", "days_of_cover"
RUNS_OUT_DAY, RUNS_OUT_CHANCE = "runs_out_day", "runs_out_chance"
EXCESS, TIED_UP = "excess", "tied_up"
COLUMNS = (LEVEL, NEEDED, DAYS_OF_COVER, RUNS_OUT_DAY, RUNS_OUT_CHANCE, EXCESS, TIED_UP)


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces on hand, pieces in a case, and currency paid for one piece.

    ``coming`` : pieces on the way by the day that they arrive, products x days, the first
    of them tomorrow.
    """

    on_hand: Floats
    coming: Floats
    case_size: Ints
    unit_cost: Floats

    @property
    def on_order(self) -> Floats:
        """Pieces on the way."""
        return np.asarray(self.coming.sum(axis=1))

    @property
    def position(self) -> Floats:
        """Pieces there or on the way."""
        return self.on_hand + self.on_order


@dataclass(frozen=True, slots=True)
class Ahead:
    """What may be asked for by the end of each week ahead.

    ``by_week`` : products x weeks x equally likely amounts, ascending, and growing from week
    to week.
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
        low, row = np.minimum(span // WEEK, weeks - 1).astype(np.int64), np.arange(n)
        before = np.where((low > 0)[:, None], self.by_week[row, np.maximum(low - 1, 0)], 0.0)
        part = (span / WEEK - low)[:, None]
        return Outcomes(before + part * (self.by_week[row, low] - before))


def ahead_of_use(use: Use, today: int, weeks: int) -> Ahead:
    """What a shop may use, each sum of weeks with the errors of such sums.

    Parameters
    ----------
    today
        First day ahead, in days since 1970-01-01.
    """
    if not len(use):
        return Ahead(np.zeros((0, weeks, DRAWS)))
    daily = rate(use, np.full((len(use), 1), today, dtype=np.int64))[:, 0]
    made = [
        outcomes(WEEK * many * daily, told).draws
        for many, told in enumerate(errors(use, today, weeks), start=1)
    ]
    return Ahead(np.maximum.accumulate(np.stack(made, axis=1), axis=1))


def advise(
    held: Held, ahead: Ahead, lead_days: float | Floats, review_days: float, service: float
) -> pd.DataFrame:
    """Stock figures of every product.

    Parameters
    ----------
    lead_days, review_days
        From an order to its delivery (one number, or one a product), and to the next order.
    service
        Chance that stock lasts until the next order arrives, or the share from
        `smartreco.stock.attaining.share_for`.

    Returns
    -------
    pandas.DataFrame
        Columns level (pieces to order up to), needed (pieces to order, before rounding to
        cases), days_of_cover (of expected demand; infinite where none is expected),
        runs_out_day (days from now until it is as likely as not that none is left; missing
        beyond the weeks ahead), runs_out_chance (before an order of today could arrive),
        both as `smartreco.stock.running_out` says, excess (pieces above the level by a case
        or more), tied_up (currency in them).

    Raises
    ------
    InputError
        An impossible service level, or more days than are known ahead.
    """
    check_service(service)
    lead = np.broadcast_to(np.asarray(lead_days, dtype=float), len(held.on_hand))
    level = ahead.over(lead + review_days).at(service)
    mean = ahead.by_week[:, -1].mean(axis=1) / (ahead.by_week.shape[1] * WEEK)
    cover = np.divide(held.on_hand, mean, out=np.full(len(mean), np.inf), where=mean > 0)
    spare = held.position - level
    excess = np.where(spare >= held.case_size, spare, 0.0)
    return pd.DataFrame(
        {
            LEVEL: level,
            NEEDED: np.maximum(-spare, 0.0),
            DAYS_OF_COVER: cover,
            RUNS_OUT_DAY: days_until(held.on_hand, held.coming, ahead),
            RUNS_OUT_CHANCE: chance_before(held.on_hand, held.coming, ahead, lead),
            EXCESS: excess,
            TIED_UP: excess * held.unit_cost,
        }
    )
