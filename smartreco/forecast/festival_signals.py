"""What festivals are learned from: how often orders came, and how much each order held.

Total demand swings with the rhythm of a few large shops far more than with a festival.
Two signals do not: how much an order held beside what it usually holds, a mean over many
series in which steady ones weigh more, and how many of them ordered at all. Demand is their
product. What sets a group apart is measured beside all series of its level, so that
what moves all of them cancels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.forecast.panel import Panel
from smartreco.forecast.summing import summed

STEADIEST: Final = 0.05  # squared relative spread of orders, below which none is trusted more
SEEN_BEFORE: Final = 3.0  # orders' worth of a usual spread
FEWEST: Final = 0.1  # of the most series that ever ordered, below which a week says nothing
FLOOR: Final = 0.02  # keeps the log of a week without orders finite


@dataclass(frozen=True)
class Signals:
    """Logs of how much and of how often, beside the usual.

    Attributes
    ----------
    whole
        2 x levels x weeks: much, often.
    apart
        2 x groups x weeks: the same of groups, less that of their level.
    level
        Of each group: the level its most numerous series are of.
    member
        Group of each series.
    """

    whole: Floats
    apart: Floats
    level: Ints
    member: Ints


def signals(panel: Panel) -> Signals:
    """Signals of all levels and groups."""
    demand = panel.demand
    ordered: Mask = np.asarray(demand > 0)
    begun = np.arange(panel.weeks)[None, :] >= panel.begins[:, None]
    seen: Mask = np.asarray(begun & np.asarray(ordered.any(axis=1))[:, None])
    orders = np.maximum(ordered.sum(axis=1), 1)
    usual = np.maximum(demand.sum(axis=1) / orders, 1e-9)
    weight = seen.any(axis=1) / (_spread(demand, orders, usual) + STEADIEST)
    often = ordered.sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    held = demand * (weight / usual)[:, None]
    came, due = ordered * weight[:, None], seen * (weight * often)[:, None]

    def of(code: Ints) -> Floats:
        pieces, buyers, expected = summed(held, code), summed(came, code), summed(due, code)
        much = np.log((pieces + FLOOR * expected + 1e-12) / (buyers + FLOOR * expected + 1e-12))
        many = np.log((buyers + FLOOR * expected + 1e-12) / (expected + 1e-12))
        return np.stack([_steadied(much, buyers), _steadied(many, expected)])

    level = np.asarray(np.unique(panel.levels, return_inverse=True)[1])
    group = np.asarray(np.unique(panel.groups, return_inverse=True)[1])
    pairs, code, size = np.unique(
        level * (group.max() + 1) + group, return_inverse=True, return_counts=True
    )
    at, of_group = pairs // (group.max() + 1), pairs % (group.max() + 1)
    order = np.lexsort((size, of_group))
    most = order[np.append(np.diff(of_group[order]) > 0, True)]
    whole = of(level)
    return Signals(whole, of(code)[:, most] - whole[:, at[most]], at[most], group)


def _spread(demand: Floats, orders: Ints, usual: Floats) -> Floats:
    """Squared relative spread of what an order holds; few orders say little of it."""
    found = np.maximum((demand * demand).sum(axis=1) / orders / usual**2 - 1, 0.0)
    return np.asarray((orders * found + SEEN_BEFORE) / (orders + SEEN_BEFORE))


def _steadied(signal: Floats, series: Floats) -> Floats:
    """Weeks of too few series say what the first weeks of enough said."""
    few = series < FEWEST * series.max(axis=1, keepdims=True)
    for row in np.flatnonzero(few.any(axis=1) & ~few.all(axis=1)):
        signal[row, few[row]] = signal[row, ~few[row]][:8].mean()
    return signal
