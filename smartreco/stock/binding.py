"""What holds an order back, and what one more unit of it would bring.

Dual values of the programme with vendors settled and cases divisible (Dantzig 1957) say
what binds. What a little more of it brings is found by solving again: a budget moves what
is kept for discovery as well, which its own dual does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats, Mask
from smartreco.stock.limits import DISCOVERY, KEPT, MONEY, VENDOR, VENDOR_LEFT_OUT, Limit
from smartreco.stock.programme import Programme
from smartreco.stock.solving import divisible

TELLS: Final = 1e-7  # dual value, from which on a limit binds
SOLVED_AGAIN: Final = 4  # limits of the largest dual values; the others keep theirs
LITTLE: Final = 1e-3  # of a limit, that it is moved by

#: The programme with one limit moved by so much money.
Moved = Callable[[Limit, float], Programme]


def binding(programme: Programme, taken: Floats, chosen: Mask, moved: Moved) -> tuple[Limit, ...]:
    """Limits that bind where cases are divisible and vendors are as chosen."""
    found: list[Limit] = []
    relaxed = divisible(programme, chosen)
    if relaxed.status == 0 and len(programme.bounds):
        tight = relaxed.ineqlin.residual <= TELLS * np.maximum(np.abs(programme.bounds), 1.0)
        found = _dual_limits(programme, taken, -relaxed.ineqlin.marginals, tight)
        found.sort(key=lambda one: (one.name not in MONEY, -one.worth))
        most = -float(relaxed.fun)
        again = [_solved_again(one, programme, chosen, most, moved) for one in found[:SOLVED_AGAIN]]
        found = [one for one in (*again, *found[SOLVED_AGAIN:]) if one.worth > TELLS]
    found += _left_out(programme, chosen)
    return tuple(sorted(found, key=lambda one: -one.worth))


def _solved_again(
    limit: Limit, programme: Programme, chosen: Mask, most: float, moved: Moved
) -> Limit:
    """A limit with what a little more of it brings, for one unit of money."""
    step = LITTLE * limit.bound
    if limit.name in (DISCOVERY, KEPT) or step <= 0:
        return limit
    other = moved(limit, step)
    if len(other.vendors) != len(programme.vendors):
        return limit
    relaxed = divisible(other, chosen)
    if relaxed.status != 0:
        return limit
    return replace(limit, worth=max(-float(relaxed.fun) - most, 0.0) / step)


def _dual_limits(programme: Programme, taken: Floats, dual: Floats, tight: Mask) -> list[Limit]:
    """Rows with a dual value; money that is spent also where the share for new bears the dual."""
    steps = len(programme.product)
    spent = programme.by_vendor(programme.step_value * taken[:steps])
    used = programme.rows @ taken
    made = []
    for row, (name, vendor) in enumerate(programme.names):
        binds = dual[row] > TELLS or (name in MONEY and tight[row])
        if not name or not binds:
            continue
        bound, now = float(programme.bounds[row]), float(used[row])
        if name == VENDOR and vendor is not None:
            at = int(np.searchsorted(programme.vendors, vendor))
            bound, now = float(programme.minimum[at]), float(spent[at])
        made.append(Limit(name, bound, now, float(dual[row]), vendor))
    return made


def _left_out(programme: Programme, chosen: Mask) -> list[Limit]:
    """Vendors of whom something is worth ordering, but less than they deliver."""
    steps = len(programme.product)
    useful = np.where(programme.gain[:steps] > 0, programme.upper[:steps], 0.0)
    wanted = programme.by_vendor(programme.step_value * useful)
    out = ~chosen & (wanted > 0) & (wanted < programme.minimum)
    return [
        Limit(VENDOR_LEFT_OUT, float(programme.minimum[at]), float(wanted[at]), 0.0, vendor)
        for at, vendor in enumerate(programme.vendors.tolist())
        if out[at]
    ]
