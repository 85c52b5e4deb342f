"""What a scenario rests on, in numbers a reader knows: its range, its source, where it is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.language import Percent, Sentence
from smartreco.scenario.assumptions import HIGH, LOW, Assumptions
from smartreco.scenario.draws import believed, held_mean, spread_of_mean
from smartreco.scenario.effects import Effects, Flag, FlagKind

MIDDLE: Final = 0.5


class In(StrEnum):
    """How the value of an assumption is written."""

    ELASTICITY = "elasticity"
    SHARE = "share"
    CHANGE = "change"
    PIECES = "pieces"


@dataclass(frozen=True, slots=True)
class Assumed:
    """One thing that a scenario rests on.

    Attributes
    ----------
    name
        Of `Assumptions`.
    low, middle, high
        Its value at the low end, in the middle, and at the high end of what was learned.
    place, value
        Where a reader holds it, and its value there; None, and the middle: as learned.
    source
        What it was learned from.
    """

    name: str
    written: In
    low: float
    middle: float
    high: float
    place: float | None
    value: float
    source: Sentence


class _Kind(NamedTuple):
    """``there`` : whether levers lean on it. ``at`` : its value at a standard normal one."""

    written: In
    there: Callable[[Effects, Ints], bool]
    at: Callable[[Effects, Ints, float], float]
    source: Callable[[Effects, Ints], Sentence]


def names_of(effects: Effects, rows: Ints) -> tuple[str, ...]:
    """Assumptions that some levers lean on.

    Parameters
    ----------
    rows
        Products that are touched.
    """
    return tuple(name for name, kind in _KINDS.items() if kind.there(effects, rows))


def of(effects: Effects, rows: Ints, assumptions: Assumptions) -> tuple[Assumed, ...]:
    """All of these in numbers."""
    return tuple(_one(name, effects, rows, assumptions) for name in names_of(effects, rows))


def flags(assumed: tuple[Assumed, ...]) -> tuple[Flag, ...]:
    """A mark for each that a reader moved."""
    return tuple(
        Flag(FlagKind.MOVED, Sentence(f"moved.{one.name}", _ends(one)))
        for one in assumed
        if one.place is not None
    )


def shown(one: Assumed, value: float) -> object:
    """A value of it for a sentence."""
    return Percent(value) if one.written in (In.SHARE, In.CHANGE) else round(value, 1)


def _ends(one: Assumed) -> dict[str, object]:
    values = {"at": one.value, "low": one.low, "high": one.high}
    return {name: shown(one, value) for name, value in values.items()}


def _one(name: str, effects: Effects, rows: Ints, assumptions: Assumptions) -> Assumed:
    kind, place = _KINDS[name], getattr(assumptions, name)
    low, middle, high, value = (
        kind.at(effects, rows, float(ndtri(one)))
        for one in (LOW, MIDDLE, HIGH, MIDDLE if place is None else place)
    )
    source = kind.source(effects, rows)
    return Assumed(name, kind.written, low, middle, high, place, value, source)


def _demand(effects: Effects, rows: Ints, at: float) -> float:
    market = effects.market
    spread = spread_of_mean(market.together, len(rows), market.weeks)
    usual = market.mean[rows].sum()
    return float(held_mean(market, rows, at * spread).sum() / usual - 1) if usual > 0 else 0.0


def _response(effects: Effects, rows: Ints, at: float) -> float:
    slopes = believed(effects.market.response.at(-at, 0.0)[:, :, None])
    return _weighted(effects, slopes[:, 0, 0], effects.priced())


def _promotion(effects: Effects, rows: Ints, at: float) -> float:
    slopes = believed(effects.market.response.at(0.0, at)[:, :, None])
    return _weighted(effects, np.expm1(slopes[:, 1, 0]), _promoted(effects))


def _substitution(effects: Effects, rows: Ints, at: float) -> float:
    return float(effects.market.substitution.at(np.array([at]))[0])


def _festival(effects: Effects, rows: Ints, at: float) -> float:
    doubt = max((one.doubt for one in effects.swings), default=0.0)
    return max(1 + doubt * at, 0.0)


def _launch(effects: Effects, rows: Ints, at: float) -> float:
    found = 0.0
    for one in effects.launches:
        courses = np.sort(one.curves.sum(axis=2), axis=1)
        place = min(int(ndtr(at) * courses.shape[1]), courses.shape[1] - 1)
        found += float(courses[:, place].sum())
    return found


def _weighted(effects: Effects, values: Floats, of: Mask) -> float:
    """Mean over products by what they sell."""
    weight = effects.market.mean.sum(axis=1) * of
    return float((values * weight).sum() / weight.sum()) if weight.sum() > 0 else 0.0


def _promoted(effects: Effects) -> Mask:
    """Products with a promotion where none was planned."""
    return np.asarray(((effects.depth > 0) & (effects.market.depth == 0)).any(axis=1))


def _of_response(effects: Effects, rows: Ints) -> Sentence:
    moved = effects.priced()
    own = int(effects.market.response.own[moved].sum())
    return Sentence("source.response", {"count": own, "all": int(moved.sum())})


def _of_substitution(effects: Effects, rows: Ints) -> Sentence:
    told = effects.market.substitution
    if told.learned:
        return Sentence("source.substitution_learned", {"weeks": told.weeks})
    return Sentence("source.substitution_assumed")


def _of_launch(effects: Effects, rows: Ints) -> Sentence:
    return Sentence(
        "source.launch", {"count": sum(one.curves.shape[1] for one in effects.launches)}
    )


def _of_demand(effects: Effects, rows: Ints) -> Sentence:
    return Sentence("source.demand", {"count": len(rows)})


_KINDS: Final[Mapping[str, _Kind]] = {
    "demand": _Kind(In.CHANGE, lambda effects, rows: len(rows) > 0, _demand, _of_demand),
    "response": _Kind(
        In.ELASTICITY, lambda effects, rows: bool(effects.priced().any()), _response, _of_response
    ),
    "promotion": _Kind(
        In.CHANGE,
        lambda effects, rows: effects.market.response.promoted and bool(_promoted(effects).any()),
        _promotion, lambda effects, rows: Sentence("source.promotion"),
    ),
    "substitution": _Kind(
        In.SHARE, lambda effects, rows: bool(effects.own().any() or effects.launches),
        _substitution, _of_substitution,
    ),
    "festival": _Kind(
        In.SHARE, lambda effects, rows: any(one.doubt > 0 for one in effects.swings),
        _festival, lambda effects, rows: Sentence("source.festival"),
    ),
    "launch": _Kind(
        In.PIECES, lambda effects, rows: bool(effects.launches), _launch, _of_launch
    ),
}  # fmt: skip
