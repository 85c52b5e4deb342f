"""The best order that can be found in the time a page has, and a bound on what any could bring."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats, Mask
from smartreco.stock.limits import VENDOR, SolverSettings
from smartreco.stock.programme import Programme
from smartreco.stock.solving import divisible, solve, whole_cases
from smartreco.stock.vendor_choice import choose_vendors

SMALL: Final = 150  # steps, up to which all is settled at once
CLOSE: Final = 0.01  # of what divisible cases bring, that whole ones may bring less


def best(programme: Programme, settings: SolverSettings) -> tuple[Floats, float]:
    """The best columns found, and a bound on what any could bring."""
    if len(programme.product) <= SMALL:
        everything = np.ones(len(programme.upper))
        taken, most = solve(programme, everything, programme.free, settings)
        if taken is not None:
            return np.round(taken), most
    if not len(programme.vendors):
        return _without_vendors(programme, settings)
    found, most = choose_vendors(programme, settings)
    if found is None:
        found = _worth_their_minimum(programme)
    taken = whole_cases(programme, found, settings)
    brought = float(programme.gain @ taken)
    if brought < most * (1 - CLOSE):
        # whole cases rarely end on a minimum; with a case to spare, other vendors may be better
        loose, _ = choose_vendors(_with_a_case_to_spare(programme), settings)
        if loose is not None and (loose != found).any():
            other = whole_cases(programme, loose, settings)
            if programme.gain @ other > brought:
                taken = other
    return taken, most


def _without_vendors(programme: Programme, settings: SolverSettings) -> tuple[Floats, float]:
    """Where money alone limits, all cases can be settled at once."""
    nobody = np.zeros(0, dtype=bool)
    taken = whole_cases(programme, nobody, settings)
    most = -float(divisible(programme, nobody).fun)
    if programme.gain @ taken >= most * (1 - CLOSE):
        return taken, most
    found, bound = solve(programme, np.ones(len(programme.upper)), programme.free, settings)
    if found is not None and programme.gain @ np.round(found) > programme.gain @ taken:
        taken = np.round(found)
    return taken, min(most, bound)


def _worth_their_minimum(programme: Programme) -> Mask:
    """Vendors of whom at least their minimum would be ordered if there were no minimum."""
    steps = len(programme.product)
    rows = np.array([name not in (VENDOR, "") for name, _ in programme.names], dtype=bool)
    open_to_all = replace(
        programme, rows=programme.rows[rows], bounds=programme.bounds[rows],
        names=tuple(one for one, kept in zip(programme.names, rows, strict=True) if kept),
    )  # fmt: skip
    free = divisible(open_to_all, np.ones(len(programme.vendors), dtype=bool))
    spent = programme.by_vendor(programme.step_value * free.x[:steps])
    return np.asarray(spent >= programme.minimum)


def _with_a_case_to_spare(programme: Programme) -> Programme:
    """The same with minimums above their own by half a usual case of the vendor."""
    several = programme.by_vendor(np.ones(len(programme.product)))
    usual = programme.by_vendor(programme.step_value) / np.maximum(several, 1.0)
    return replace(programme, minimum=programme.minimum + usual / 2)
