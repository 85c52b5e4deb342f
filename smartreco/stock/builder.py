"""One whole order: the cases that bring most within what can be spent.

A mixed-integer programme (solved by HiGHS through SciPy), in two steps: first which
vendors to order from, since below his minimum a vendor delivers nothing, with cases
divisible; then whole cases from those. The first step bounds what any order could bring,
so that what the second may have missed is known.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from smartreco.errors import InputError
from smartreco.stock.binding import binding
from smartreco.stock.choosing import best
from smartreco.stock.limits import BUDGET, MONEY, Candidates, Limit, Limits, Order, SolverSettings
from smartreco.stock.programme import Programme, make_programme


def build(candidates: Candidates, limits: Limits, settings: SolverSettings | None = None) -> Order:
    """The order that brings most within its limits.

    Raises
    ------
    InputError
        A case without a price.
    """
    if not (candidates.case_value > 0).all():
        raise InputError("a candidate has a price", "none or zero", "leave it out")
    settings = settings or SolverSettings()
    nothing = np.zeros(len(candidates.product_ids), dtype=np.int64)
    programme = make_programme(candidates, limits)
    if not len(programme.product):
        return Order(nothing, 0.0, 0.0, _too_little(candidates, limits, settings), 0.0)
    steps = len(programme.product)
    taken, most = best(programme, settings)
    chosen = taken[steps:] > 0.5
    cases = np.bincount(programme.product, taken[:steps], len(nothing)).astype(np.int64)
    worth = float(programme.gain @ taken)
    found = binding(programme, taken, chosen, partial(_moved, candidates, limits))
    if not cases.any() and not any(one.name in MONEY for one in found):
        found = (*_too_little(candidates, limits, settings), *found)
    return Order(
        cases=cases,
        value=float(cases @ candidates.case_value),
        worth=worth,
        limits=found,
        gap=max(0.0, most / worth - 1.0) if worth > 0 else 0.0,
    )


def _too_little(
    candidates: Candidates, limits: Limits, settings: SolverSettings
) -> tuple[Limit, ...]:
    """The money, where an order of nothing would be one of something without a limit on it."""
    if limits.money is None or limits.scarcer is None:
        return ()
    free = make_programme(candidates, replace(limits, budget=None, credit=None))
    if not len(free.product) or not best(free, settings)[0][: len(free.product)].any():
        return ()
    return (Limit(limits.scarcer, limits.money, 0.0, 0.0),)


def _moved(candidates: Candidates, limits: Limits, limit: Limit, by: float) -> Programme:
    """The programme with more money, or with a lower minimum of one vendor."""
    if limit.vendor is not None:
        least = {**limits.vendor_minimum, limit.vendor: limit.bound - by}
        return make_programme(candidates, replace(limits, vendor_minimum=least))
    if limit.name == BUDGET:
        return make_programme(candidates, replace(limits, budget=limit.bound + by))
    return make_programme(candidates, replace(limits, credit=limit.bound + by))
