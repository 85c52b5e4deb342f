"""Which lever or assumption matters most: one at a time, on the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Ints
from smartreco.scenario.assuming import names_of
from smartreco.scenario.assumptions import Held
from smartreco.scenario.draws import Draws
from smartreco.scenario.effects import Effects
from smartreco.scenario.levers.base import Lever
from smartreco.scenario.market import Market
from smartreco.scenario.outcome import Contribution
from smartreco.scenario.words import Sentence
from smartreco.scenario.world import Worlds, play

EDGE: Final = 1.2816  # of a normal, that a tenth lies beyond
MOST_DRAWS: Final = 100
CELLS: Final = 150_000  # products x weeks x draws of one bar, at most, but for
FEWEST: Final = 12  # draws


@dataclass(frozen=True, slots=True)
class _Difference:
    units: float
    revenue: float


def tornado(
    market: Market, levers: Sequence[Lever], effects: Effects, draws: Draws, rows: Ints, held: Held
) -> tuple[Contribution, ...]:
    """Levers alone, then the whole scenario with each assumption held low and high.

    Parameters
    ----------
    levers
        Of the scenario, those on demand only.
    effects
        Of all of them together.
    rows
        Products that are touched.
    held
        Assumptions that a reader moved; a bar moves one of all, these too, on its own.
    """
    if not levers:
        return ()
    size = max(len(rows) * market.weeks, 1)
    few = Draws(draws.seed, int(np.clip(CELLS // size, FEWEST, min(MOST_DRAWS, draws.count))))
    whole = _difference(play(effects, few, rows, held))
    assumptions = _assumptions(effects, few, rows, held)
    if len(levers) == 1:
        return (_bar(levers[0].describe(), 0, whole, whole), *assumptions)
    bars = _levers(market, levers, few, held)
    rest = _Difference(
        whole.units - sum(one.units_low for one in bars),
        whole.revenue - sum(one.revenue_low for one in bars),
    )
    bars.append(_bar((Sentence("cause.interplay"),), None, rest, rest))
    return (*bars, *assumptions)


def _levers(
    market: Market, levers: Sequence[Lever], draws: Draws, held: Held
) -> list[Contribution]:
    found = []
    for at, lever in enumerate(levers):
        alone = Effects(market)
        lever.apply(alone)
        rows = np.flatnonzero(alone.touched())
        does = _difference(play(alone, draws, rows, held))
        found.append(_bar(lever.describe(), at, does, does))
    return sorted(found, key=lambda one: -abs(one.revenue_low or one.units_low))


def _assumptions(effects: Effects, draws: Draws, rows: Ints, held: Held) -> list[Contribution]:
    found = []
    for name in names_of(effects, rows):
        ends = [
            _difference(play(effects, draws, rows, replace(held, **{name: at})))
            for at in (-EDGE, EDGE)
        ]
        found.append(_bar((Sentence(f"cause.{name}"),), None, *ends))
    return sorted(found, key=lambda one: -abs(one.revenue_high - one.revenue_low))


def _difference(worlds: Worlds) -> _Difference:
    today, then = worlds.today, worlds.scenario
    units = float((then.sold.sum() - today.sold.sum()) / max(then.sold.shape[2], 1))
    worth = [np.einsum("pwd,pw->", one.sold, np.nan_to_num(one.price)) for one in (today, then)]
    return _Difference(units, float((worth[1] - worth[0]) / max(then.sold.shape[2], 1)))


def _bar(
    cause: tuple[Sentence, ...], lever: int | None, low: _Difference, high: _Difference
) -> Contribution:
    return Contribution(cause, lever, low.units, high.units, low.revenue, high.revenue)
