"""Exponential smoothing at many rates at once: from the mean of all weeks to the last week alone.

Which rate suits a series is never known well from its own short past, and the error
is flat between neighbours. So all rates run, and `smartreco.forecast.level` weighs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints

RATES: Final = np.array([0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7, 1.0])
WARM_UP: Final = 6  # weeks after the first sale before an error counts
REFERENCE: Final = 3  # place of the rate whose level says what is far off
TRUSTED: Final = 3  # weeks after the first sale from which on a week can be far off


@dataclass(frozen=True, slots=True)
class Smoothed:
    """What every rate says, and how well it looked ahead.

    Attributes
    ----------
    level
        After each week: weeks x rates x series.
    heard
        What the smoothers were told: demand with far-off weeks held in: series x weeks.
    error
        Mean squared error over 1..horizon weeks ahead: series x rates.
    counts
        Origins that the error is a mean of, a series.
    """

    level: Floats
    heard: Floats
    error: Floats
    counts: Ints


def smooth(
    demand: Floats, begins: Ints, horizon: int, origins: int, furthest: Floats | None = None
) -> Smoothed:
    """Run all rates over all series, and judge them on the latest origins.

    Parameters
    ----------
    demand
        Series x weeks.
    begins
        Week of each first sale. That sale is why the series is here at all, so it is no
        fair draw: the level starts from it, scaled to what followed elsewhere, and the
        week after replaces it. A series that sold in week 0 has no such week.
    horizon
        Weeks ahead, all of which count alike.
    origins
        Most origins to judge on.
    furthest
        How far from the level a week may lie, a series: one order of a hundred cases does
        not say that a hundred will be ordered again. The third such week in a row is
        believed. None: any distance. Errors are those of the demand itself.

    Notes
    -----
    A rate is never below one over the number of weeks seen, so that a young level is
    their mean.
    """
    n, T = demand.shape
    seen = np.arange(T)[:, None] - begins[None, :] + (begins == 0)[None, :]
    youngest = 1 / np.maximum(seen, 1)
    by_week = np.ascontiguousarray(demand.T)
    heard = by_week.copy()
    levels = np.empty((T, len(RATES), n))
    start = demand[np.arange(n), begins] * _first_share(demand, begins)
    level = np.repeat(start[None, :], len(RATES), axis=0)
    work, rate = np.empty_like(level), np.empty_like(level)
    for week in range(T):
        if furthest is not None and week >= 2:
            reach = np.where(seen[week] > TRUSTED, furthest, np.inf)
            heard[week] = _held_in(by_week[: week + 1], level[REFERENCE], reach)
        np.maximum(RATES[:, None], youngest[week], out=rate)
        rate *= seen[week] > 0
        np.subtract(heard[week], level, out=work)
        work *= rate
        level += work
        levels[week] = level
    error, counts = _errors(levels, by_week, begins, horizon, origins)
    return Smoothed(levels, heard.T, error, counts)


def _held_in(by_week: Floats, level: Floats, reach: Floats) -> Floats:
    """The last week, within reach of the level or of both weeks before it."""
    before, two_before = by_week[-2], by_week[-3]
    low = np.minimum(level, np.maximum(before, two_before)) - reach
    high = np.maximum(level, np.minimum(before, two_before)) + reach
    return np.asarray(np.clip(by_week[-1], low, high))


def _errors(
    levels: Floats, by_week: Floats, begins: Ints, horizon: int, origins: int
) -> tuple[Floats, Ints]:
    """Mean squared error of each rate, series x rates, and how many origins it is of.

    The loss of a level l before the next H weeks z is sum (z - l)^2 =
    sum z^2 - 2 l sum z + H l^2, so that H steps cost as much as one.
    """
    T, n = by_week.shape
    last = max(T - horizon, 0)
    first = np.maximum(np.minimum(begins + WARM_UP, max(last - 3, 0)), last - origins)
    counts = (np.arange(last)[:, None] >= first[None, :]).astype(float)
    totals, squares = _coming(by_week, horizon) * counts, _coming(by_week**2, horizon) * counts
    counts *= horizon
    error = np.empty((n, len(RATES)))
    known = squares.sum(axis=0)
    for rate in range(len(RATES)):
        level = levels[:last, rate]
        error[:, rate] = known - 2 * np.einsum("tn,tn->n", level, totals)
        error[:, rate] += np.einsum("tn,tn,tn->n", level, level, counts)
    judged = counts.sum(axis=0) / horizon
    return np.maximum(error, 0.0) / (horizon * np.maximum(judged, 1))[:, None], judged.astype(int)


def _coming(values: Floats, horizon: int) -> Floats:
    """Sum over the next `horizon` weeks, from each week that has them: weeks x series."""
    totals = np.cumsum(values, axis=0)
    return np.asarray(totals[horizon:] - totals[:-horizon])


def _first_share(demand: Floats, begins: Ints) -> Floats:
    """Sales of the week after a first sale beside it, over the pool; 1 for a start not seen."""
    rows = np.flatnonzero((begins > 0) & (begins + 1 < demand.shape[1]))
    first, after = demand[rows, begins[rows]].sum(), demand[rows, begins[rows] + 1].sum()
    share = max(after, 0.0) / first if first > after else 1.0
    return np.where(begins > 0, share, 1.0)


def moving_mean(demand: Floats, weeks: int) -> Floats:
    """Mean of the last weeks at each week; of all so far where there are fewer.

    >>> moving_mean(np.array([[2.0, 4.0, 6.0]]), 2)
    array([[2., 3., 5.]])
    """
    T = demand.shape[1]
    totals = np.concatenate([np.zeros((len(demand), 1)), np.cumsum(demand, axis=1)], axis=1)
    since = np.maximum(np.arange(1, T + 1) - weeks, 0)
    return np.asarray((totals[:, 1:] - totals[:, since]) / (np.arange(1, T + 1) - since))
