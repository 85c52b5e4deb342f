"""Weeks split into days by the weekdays a series is ordered on.

A day is too thin to be forecast on its own: shops order on fixed weekdays. Each
series' shares of the seven days, pulled to the pool's, split the week; a day's band
is as wide beside the week's as days were beside weeks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Days, Floats
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.parts import PARTS, Parts
from smartreco.forecast.quantiles import PROBABILITIES

DAYS_A_WEEK: Final = 7
POOL_ORDERS: Final = 4.0  # weeks' worth of pool that a series' own weekdays must outweigh


def weekday_shares(daily: Floats, pull: float = POOL_ORDERS) -> Floats:
    """Share of each weekday in a series' weeks: series x 7, rows sum to 1.

    Parameters
    ----------
    daily
        Series x days, whole weeks, the first day a Monday.
    pull
        Weeks of the pool's shares that are mixed in.
    """
    n = len(daily)
    by_week = daily.reshape(n, -1, DAYS_A_WEEK)
    own = by_week.sum(axis=1)
    total = own.sum(axis=1, keepdims=True)
    all_days = own.sum(axis=0)
    pool = all_days / all_days.sum() if all_days.sum() > 0 else np.full(7, 1 / 7)
    weeks = (by_week.sum(axis=2) > 0).sum(axis=1, keepdims=True)
    shares = np.divide(own, total, out=np.repeat(pool[None, :], n, axis=0), where=total > 0)
    return np.asarray((weeks * shares + pull * pool) / (weeks + pull))


def split(weekly: Forecast, daily: Floats, first_day: np.datetime64, days: int) -> Forecast:
    """Forecast of `days` days from `first_day`.

    Parameters
    ----------
    weekly
        Weeks that begin on Mondays and cover the days.
    daily
        Past pieces a day: series x days, whole weeks up to the forecast's first week.

    Returns
    -------
    Forecast
        Days of a whole week sum to the week; parts split as the mean does.
    """
    shares = weekday_shares(daily)
    grid: Days = weekly.starts[0] + np.arange(weekly.horizon * DAYS_A_WEEK)
    keep = np.flatnonzero(grid >= first_day)[:days]
    week, weekday = keep // DAYS_A_WEEK, keep % DAYS_A_WEEK
    share = shares[:, weekday]
    mean = weekly.mean[:, week] * share
    bands = mean[:, :, None] * _spread(daily, shares)[:, weekday, :]
    parts = Parts(*(getattr(weekly.parts, name)[:, week] * share for name in PARTS))
    return replace(
        weekly, starts=grid[keep], mean=mean, quantiles=np.maximum(bands, 0.0), parts=parts
    )


def _spread(daily: Floats, shares: Floats, weeks: int = 52) -> Floats:
    """Quantiles of a weekday over what its share of the eight weeks before foretold: n x 7 x 5."""
    n = len(daily)
    by_week = daily.reshape(n, -1, DAYS_A_WEEK)[:, -weeks - 8 :]
    totals = np.concatenate([np.zeros((n, 1)), np.cumsum(by_week.sum(axis=2), axis=1)], axis=1)
    if by_week.shape[1] <= 8:
        return np.ones((n, DAYS_A_WEEK, len(PROBABILITIES)))
    usual = (totals[:, 8:-1] - totals[:, :-9]) / 8
    expected = usual[:, :, None] * shares[:, None, :]
    mean = expected.mean(axis=1, keepdims=True)
    ratio = (by_week[:, 8:] + 0.1 * mean) / np.maximum(expected + 0.1 * mean, 1e-9)
    ratio = np.where(mean > 0, ratio, 1.0)
    return np.moveaxis(np.quantile(ratio, PROBABILITIES, axis=1), 0, 2)
