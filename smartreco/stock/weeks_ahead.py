"""What may be asked for over the coming weeks together, where demand is known week by week."""

from __future__ import annotations

import numpy as np

from smartreco.stock.arrays import Floats
from smartreco.stock.conformal import Errors, mean_of_last, outcomes
from smartreco.stock.outcomes import DRAWS
from smartreco.stock.outlook import ORIGINS, WINDOWS
from smartreco.stock.policy import Ahead

FEWEST_PAST = 4  # weeks after the first, from which on there is something to foresee by


def means_of_windows(past: Floats, ahead: int) -> Floats:
    """Foresee the average of the means of the last `WINDOWS` weeks."""
    mean = sum(mean_of_last(weeks)(past, ahead) for weeks in WINDOWS)
    return np.asarray(mean / len(WINDOWS))


def ahead_of_weeks(demand: Floats, expected: Floats) -> Ahead:
    """Spread around expected sums as `means_of_windows` erred over as many weeks.

    Parameters
    ----------
    demand
        Pieces asked for, products x past weeks; NaN before a product was first sold.
    expected
        Pieces expected by the end of each week ahead: products x weeks, growing.
    """
    n, weeks = expected.shape
    if not n or not weeks:
        return Ahead(np.zeros((n, weeks, DRAWS)))
    made = []
    for many in range(1, weeks + 1):
        told = _errors(demand, many)
        made.append(outcomes(expected[:, many - 1], told).draws)
    return Ahead(np.maximum.accumulate(np.stack(made, axis=1), axis=1))


def _errors(demand: Floats, many: int) -> Errors:
    """Sums of so many weeks, foreseen and asked for, at the latest origins."""
    total = demand.shape[1]
    origins = list(range(total - many, FEWEST_PAST - 1, -1))[:ORIGINS][::-1]
    if not origins:
        nothing = np.full((len(demand), 1), np.nan)
        return Errors(nothing, nothing)
    known = np.isfinite(demand)
    sums = np.pad(np.where(known, demand, 0.0).cumsum(axis=1), ((0, 0), (1, 0)))
    count = np.pad(known.cumsum(axis=1), ((0, 0), (1, 0)))
    at = np.array(origins)
    asked = sums[:, at + many] - sums[:, at]
    whole = (count[:, at] >= FEWEST_PAST) & (count[:, at + many] - count[:, at] == many)
    means = [
        (sums[:, at] - sums[:, np.maximum(at - back, 0)])
        / np.maximum(count[:, at] - count[:, np.maximum(at - back, 0)], 1)
        for back in WINDOWS
    ]
    foreseen = many * sum(means) / len(WINDOWS)
    return Errors(np.where(whole, foreseen, np.nan), np.where(whole, asked, np.nan))
