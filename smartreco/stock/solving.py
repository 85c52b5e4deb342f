"""Whole cases once it is settled which vendors are ordered from."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.optimize import LinearConstraint, OptimizeResult, linprog, milp

from smartreco.stock.arrays import Floats, Mask
from smartreco.stock.limits import SolverSettings
from smartreco.stock.programme import Programme

OPEN_STEPS: Final = 80  # steps of products that are settled in whole cases together
TRIES: Final = 5
WHOLE: Final = 1e-6


def solve(
    programme: Programme, integral: Floats, bounds: tuple[Floats, Floats],
    settings: SolverSettings,
) -> tuple[Floats | None, float]:  # fmt: skip
    """The best columns found in time, None where there are none, and a bound on the gain."""
    size = max(float(np.abs(programme.gain).max()), 1e-12)
    scale = max(float(programme.step_value.mean()), 1e-9)
    solved: OptimizeResult = milp(
        -programme.gain / size,
        integrality=integral,
        bounds=bounds,
        constraints=LinearConstraint(programme.rows / scale, -np.inf, programme.bounds / scale),
        options={
            "mip_rel_gap": settings.gap,
            "time_limit": settings.seconds,
            "node_limit": settings.nodes,
        },
    )
    bound = np.inf if solved.mip_dual_bound is None else -float(solved.mip_dual_bound) * size
    return (None if solved.x is None else np.asarray(solved.x)), bound


def divisible(programme: Programme, chosen: Mask) -> OptimizeResult:
    """The best columns where cases are divisible and vendors are as chosen, with duals."""
    bounds = np.column_stack(programme.settled(chosen))
    some = len(programme.bounds) > 0
    return linprog(
        -programme.gain, A_ub=programme.rows if some else None,
        b_ub=programme.bounds if some else None, bounds=bounds, method="highs",
    )  # fmt: skip


def whole_cases(programme: Programme, chosen: Mask, settings: SolverSettings) -> Floats:
    """Whole cases from the chosen vendors.

    Divisible cases are whole in all but a few steps; those few, and the steps that it
    matters least to move, are settled anew, in whole cases. Where no whole cases reach
    every minimum within the money, the vendor that brings least is left out.
    """
    chosen, steps = chosen.copy(), len(programme.product)
    for left in reversed(range(TRIES)):
        relaxed = divisible(programme, chosen)
        if relaxed.status == 0:
            taken = _settle_open_steps(programme, relaxed, settings)
            if taken is not None:
                return taken
        if not chosen.any():
            break
        brings = programme.by_vendor(programme.gain[:steps] * programme.upper[:steps])
        weakest = np.flatnonzero(chosen)[brings[chosen].argmin()]
        chosen[weakest if left > 1 else slice(None)] = False
    return np.zeros(len(programme.upper))


def _settle_open_steps(
    programme: Programme, relaxed: OptimizeResult, settings: SolverSettings
) -> Floats | None:
    steps, x = len(programme.product), np.asarray(relaxed.x)
    missed = programme.gain.copy()
    if len(programme.bounds):
        missed += programme.rows.T @ relaxed.ineqlin.marginals
    matters = np.abs(missed[:steps]) / programme.step_value
    matters[np.abs(x[:steps] - np.round(x[:steps])) > WHOLE] = 0.0
    open_steps = np.argsort(matters, kind="stable")[:OPEN_STEPS]
    lower, upper = np.round(x), np.round(x)
    lower[open_steps], upper[open_steps] = 0.0, programme.upper[open_steps]
    taken, _ = solve(programme, np.ones(len(x)), (lower, upper), settings)
    plain = np.floor(x + WHOLE)
    fits = (programme.rows @ plain <= programme.bounds + WHOLE * np.abs(programme.bounds)).all()
    if taken is None:
        return plain if fits else None
    taken = np.round(taken)
    return plain if fits and programme.gain @ plain > programme.gain @ taken else taken
