"""Which vendors to order from, where below his minimum a vendor delivers nothing.

The solver may not settle this in the time a page has; so what it finds is held against
vendors chosen by plain rules, and the best of them is taken.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.optimize import linprog

from smartreco.stock.arrays import Floats, Mask
from smartreco.stock.limits import VENDOR, SolverSettings
from smartreco.stock.programme import Programme
from smartreco.stock.solving import divisible, solve, whole_cases

SMALL: Final = 150  # steps, up to which all is settled at once
PARTS: Final = (0.3, 0.5, 0.7, 0.9)  # of the money, that minimums may take


def best(programme: Programme, settings: SolverSettings) -> tuple[Floats, float]:
    """The best columns found, and a bound on what any could bring."""
    everything, steps = np.ones(len(programme.upper)), len(programme.product)
    if steps <= SMALL:
        taken, most = solve(programme, everything, programme.free, settings)
        if taken is not None:
            return np.round(taken), most
    worth_it, free = _worth_their_minimum(programme)
    most = float(programme.gain @ free)
    choices = [worth_it, *_dearest_minimums(programme, float(programme.step_value @ free[:steps]))]
    if len(programme.vendors):
        found, bound = solve(programme, programme.among_vendors, programme.free, settings)
        most = min(most, bound)
        if found is not None:
            choices.append(found[steps:] > 0.5)
    settled = [(divisible(programme, chosen), chosen) for chosen in choices]
    choice = min(settled, key=lambda one: one[0].fun if one[0].status == 0 else np.inf)
    return whole_cases(programme, choice[1], settings), most


def _worth_their_minimum(programme: Programme) -> tuple[Mask, Floats]:
    """Vendors of whom at least their minimum would be ordered if there were no minimum."""
    rows = np.array([name not in (VENDOR, "") for name, _ in programme.names], dtype=bool)
    steps, some = len(programme.product), bool(rows.any())
    free = linprog(
        -programme.gain, A_ub=programme.rows[rows] if some else None,
        b_ub=programme.bounds[rows] if some else None,
        bounds=np.column_stack(programme.free), method="highs",
    )  # fmt: skip
    spent = programme.by_vendor(programme.step_value * free.x[:steps])
    return spent >= programme.minimum, np.asarray(free.x)


def _dearest_minimums(programme: Programme, money: float) -> list[Mask]:
    """Vendors whose minimum brings most for its money, as many as parts of the money allow."""
    if not len(programme.vendors):
        return []
    steps = len(programme.product)
    value = programme.step_value * programme.upper[:steps]
    density = programme.gain[:steps] / programme.step_value
    brings = np.zeros(len(programme.vendors))
    for at in range(len(brings)):
        own = np.flatnonzero(programme.vendor == at)
        own = own[np.argsort(-density[own], kind="stable")]
        before = np.cumsum(value[own]) - value[own]
        spent = np.clip(programme.minimum[at] - before, 0.0, value[own])
        brings[at] = spent @ density[own] if value[own].sum() >= programme.minimum[at] else -1.0
    order = np.argsort(-brings / np.maximum(programme.minimum, 1e-9), kind="stable")
    reached = np.empty(len(order))
    reached[order] = np.cumsum(programme.minimum[order])
    return [(reached <= part * money) & (brings > 0) for part in PARTS]
