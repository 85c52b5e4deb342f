"""Two what-ifs side by side. Both were played on the same draws, so they differ draw by draw.

Two bands that overlap do not say that two scenarios cannot be told apart: what moves both of
them alike (how much is asked for anyway) is in either band and in neither's favour. Paired
draw by draw it falls out of the difference.
"""

from __future__ import annotations

import numpy as np

from smartreco.entities import ListName
from smartreco.scenario.outcome import UNITS, Compared, Measure, Measured, Outcome
from smartreco.scenario.parts import BAND
from smartreco.workspace.scenario.views import ComparedList, ComparedMeasure, Comparison


def comparison(left: Outcome, right: Outcome) -> Comparison:
    """The measures that both of them tell."""
    found, others = ({one.measure: one for one in each.measures} for each in (left, right))
    pairable = _same_draws(left, right)
    rows = tuple(
        ComparedMeasure(
            measure, UNITS[measure], found[measure].compared, others[measure].compared,
            between(found[measure], others[measure]) if pairable else None,
        )
        for measure in Measure
        if measure in found and measure in others
    )  # fmt: skip
    same_weeks = left.scenario.horizon == right.scenario.horizon
    return Comparison(left, right, rows, _lists(left, right), same_weeks)


def between(left: Measured, right: Measured) -> Compared:
    """What ``right`` adds to the difference from today that ``left`` makes.

    Where one has fewer draws, all of it is of the draws which both have: means of others
    would bring back the luck that pairing takes out.
    """
    count = min(len(left.draws), len(right.draws))
    before, after = left.draws[:count], right.draws[:count]
    low, high = np.quantile(after - before, BAND)
    was, now = float(before.mean()), float(after.mean())
    return Compared(was, now, now - was, float(low), float(high))


def _lists(left: Outcome, right: Outcome) -> tuple[ComparedList, ...]:
    found, others = ({one.list: one.preview for one in each.lists} for each in (left, right))
    return tuple(
        ComparedList(name, found.get(name), others.get(name))
        for name in ListName
        if name in found or name in others
    )


def _same_draws(left: Outcome, right: Outcome) -> bool:
    one, other = left.scenario, right.scenario
    return (one.seed, one.horizon, left.since) == (other.seed, other.horizon, right.since)
