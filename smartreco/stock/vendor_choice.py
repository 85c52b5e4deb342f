"""Which vendors to order from, settled with few columns and bounds that hold.

With cases divisible, what a vendor's products bring is a concave function of the money
spent on them: its steps, best first. So a vendor needs one switch and, for what is known
to the shop and what is new to it, a spending and a gain below the lines that the function
runs along. Lines and minimum are scaled by the switch (the perspective of the function),
which is the tightest a relaxation can be for one vendor (Günlük and Linderoth 2010): only
that all share the same money is left to branch on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from smartreco.stock.arrays import Floats, Ints, Mask
from smartreco.stock.limits import VENDOR, SolverSettings
from smartreco.stock.programme import Programme

LINES: Final = 30  # of a function; more than that and the steps between are passed over
SWITCH, SPENT, GAIN = 0, 1, 3  # columns of a group: switch, two spendings, two gains
WIDTH: Final = 5


@dataclass(frozen=True, slots=True)
class Curve:
    """What spending on some steps brings: `intercept` + `slope` x money, the lowest counts."""

    most: float
    intercept: Floats
    slope: Floats


def choose_vendors(programme: Programme, settings: SolverSettings) -> tuple[Mask | None, float]:
    """Vendors to order from (None: none found in time), and a bound on what an order brings."""
    money = max(float(programme.step_value.mean()), 1e-9)
    brings = max(float(np.abs(programme.gain).max()), 1e-12)
    curves = _curves(programme, money, brings)
    wide = WIDTH * len(curves)
    places, values, high = _rows(programme, curves, money)
    row = np.repeat(np.arange(len(places)), [len(one) for one in places])
    flat = np.concatenate(places), np.concatenate(values)
    rows = csr_array((flat[1], (row, flat[0])), shape=(len(places), wide))
    kind = np.arange(wide) % WIDTH
    lower = np.where(kind >= GAIN, -np.inf, 0.0)
    upper = np.where(kind == SWITCH, 1.0, np.inf)
    lower[wide - WIDTH] = 1.0  # those without a minimum are always open
    solved: OptimizeResult = milp(
        np.where(kind >= GAIN, -1.0, 0.0),
        integrality=(kind == SWITCH).astype(float),
        bounds=(lower, upper),
        constraints=LinearConstraint(rows, -np.inf, np.array(high)),
        options={
            "mip_rel_gap": settings.gap,
            "time_limit": settings.seconds,
            "node_limit": settings.nodes,
        },
    )
    bound = np.inf if solved.mip_dual_bound is None else -float(solved.mip_dual_bound) * brings
    if solved.x is None:
        return None, bound
    return np.asarray(solved.x[SWITCH::WIDTH][:-1] > 0.5), bound


def _curves(programme: Programme, money: float, brings: float) -> list[tuple[Curve, Curve]]:
    """Of each vendor, and last of all products without a minimum: known to the shop, and new."""
    steps = len(programme.product)
    gain = programme.gain[:steps] * programme.upper[:steps] / brings
    spent = programme.step_value * programme.upper[:steps] / money
    order = np.argsort(-gain / spent, kind="stable")
    place = np.where(programme.vendor < 0, len(programme.vendors), programme.vendor)[order]
    new = programme.new[order]
    return [
        (
            _curve(gain[order[(place == at) & ~new]], spent[order[(place == at) & ~new]]),
            _curve(gain[order[(place == at) & new]], spent[order[(place == at) & new]]),
        )
        for at in range(len(programme.vendors) + 1)
    ]


def _curve(gain: Floats, spent: Floats) -> Curve:
    """Lines along which steps, best first, add up; some of them where there are many.

    Without a line the function lies below the others still: the bound holds.
    """
    slope = gain / spent
    reached = np.cumsum(spent)
    intercept = np.cumsum(gain) - gain - slope * (reached - spent)
    if len(slope) > LINES:
        at = np.searchsorted(reached, np.linspace(0, 1, LINES) ** 1.5 * reached[-1])
        some = np.unique(np.minimum(at, len(slope) - 1))
        slope, intercept = slope[some], intercept[some]
    if not len(slope):
        return Curve(0.0, np.zeros(1), np.zeros(1))
    return Curve(float(reached[-1]), intercept, slope)


def _rows(
    programme: Programme, curves: list[tuple[Curve, Curve]], money: float
) -> tuple[list[Ints], list[Floats], list[float]]:
    """Columns and coefficients of each row, and what it is at most."""
    places: list[Ints] = []
    values: list[Floats] = []
    for at, both in enumerate(curves):
        first = WIDTH * at
        for kind, curve in enumerate(both):
            switch, spent, gain = first, first + SPENT + kind, first + GAIN + kind
            for slope, intercept in zip(curve.slope, curve.intercept, strict=True):
                places.append(np.array([gain, spent, switch]))
                values.append(np.array([1.0, -slope, -intercept]))
            places.append(np.array([spent, switch]))
            values.append(np.array([1.0, -curve.most]))
    for at, least in enumerate(programme.minimum):
        first = WIDTH * at
        places.append(np.array([first, first + SPENT, first + SPENT + 1]))
        values.append(np.array([least / money, -1.0, -1.0]))
    high = [0.0] * len(places)
    spendings = WIDTH * np.arange(len(curves))[:, None] + SPENT + np.arange(2)
    for row in np.flatnonzero([name not in (VENDOR, "") for name, _ in programme.names]):
        each = _per_money(programme, int(row))
        places.append(spendings.ravel())
        values.append(np.tile(each, len(curves)))
        high.append(float(programme.bounds[row]) / money)
    return places, values, high


def _per_money(programme: Programme, row: int) -> Floats:
    """What money on known and on new products counts in a row."""
    steps = len(programme.product)
    counts = programme.rows[[row]].toarray()[0, :steps] / programme.step_value
    new = programme.new
    return np.array([counts[mask][0] if mask.any() else 0.0 for mask in (~new, new)])
