"""How much money is enough for an order of anything at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from smartreco.stock.builder import build
from smartreco.stock.limits import Candidates, Limits

TRIES: Final = 6
DEARER: Final = 1.25  # the next budget that is tried
DIGITS: Final = 2  # of a budget that is easily said


def enough_for_something(candidates: Candidates, limits: Limits) -> float | None:
    """A budget, in round figures, with which something worth ordering can be had.

    It begins with what the cheapest worthwhile product costs, or the least its vendor
    delivers, and goes up while nothing fits; each answer was tried.

    Returns
    -------
    float | None
        None where no budget that the free credit allows brings anything.
    """
    useful = (candidates.lots.cases[:, 0] > 0) & (candidates.lots.worth[:, 0] > 0)
    if not useful.any():
        return None
    minimum = np.array([limits.vendor_minimum.get(str(one), 0.0) for one in candidates.vendors])
    budget = float(np.maximum(candidates.case_value, minimum)[useful].min())
    for _ in range(TRIES):
        said = _round_up(budget)
        if limits.credit is not None and said > limits.credit:
            return None
        if build(candidates, replace(limits, budget=said)).cases.any():
            return said
        budget *= DEARER
    return None


def _round_up(amount: float) -> float:
    """With two digits that count, never below.

    >>> _round_up(4140.0), _round_up(0.5)
    (4200.0, 1.0)
    """
    step = 10.0 ** max(np.floor(np.log10(max(amount, 1.0))) - DIGITS + 1, 0)
    return float(np.ceil(amount / step) * step)
