"""From keys to lists where rules look at a list as a whole: variety and vendors' places.

Such rules work through a list by windows of so many places. Each window is filled
from the products that are left, so a longer list begins as a shorter one does.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from smartreco.recommend.ranking import best
from smartreco.recommend.rules.facts import Floats, Ints
from smartreco.recommend.rules.placing import placed
from smartreco.recommend.rules.plan import Plan
from smartreco.recommend.rules.rule import Mask
from smartreco.recommend.rules.varying import varied

POOL = 5  # candidates a place that variety chooses from
DEEPER = 4  # times as many candidates are looked at where caps leave places empty


def arranged(
    keys: Floats, k: int, window: int, plan: Plan, pinned: Ints, ahead: Mask | None = None
) -> Ints:
    """Lists of a block of shops: shops x k positions, -1 beyond the end.

    A list ends with the first window that could not be filled.
    """
    found: list[npt.NDArray[np.int64]] = []
    for start in range(0, k, window):
        chosen = _window(keys, window, plan, pinned, ahead)
        found.append(chosen)
        if start + window < k:
            keys = keys.copy()
            row, place = np.nonzero(chosen >= 0)
            keys[row, chosen[row, place]] = -np.inf
            keys[chosen[:, -1] < 0] = -np.inf
            if not np.isfinite(keys).any():
                break
    lists = np.hstack(found)[:, :k]
    return np.pad(lists, ((0, 0), (0, k - lists.shape[1])), constant_values=-1)


def _window(keys: Floats, places: int, plan: Plan, pinned: Ints, ahead: Mask | None) -> Ints:
    products, pool = keys.shape[1], POOL * places
    limits = plan.limits(places)
    depth = min(products, pool)
    while True:
        order = best(keys, depth)
        if plan.strength > 0 and plan.facts is not None:
            order[:, :pool] = varied(
                keys, order[:, :pool], places, plan.strength, plan.facts.features, pinned,
                ahead,
            )  # fmt: skip
        if limits is None or plan.facts is None:
            return _wide(order[:, :places], places)
        chosen = placed(keys, order, places, limits, plan.facts.vendor, pinned)
        starved = (chosen[:, -1] < 0) & (order[:, -1] >= 0) if depth else np.zeros(0, dtype=bool)
        if depth == products or not starved.any():
            return chosen
        depth = min(products, DEEPER * depth)


def _wide(order: Ints, places: int) -> Ints:
    return np.pad(order, ((0, 0), (0, places - order.shape[1])), constant_values=-1)
