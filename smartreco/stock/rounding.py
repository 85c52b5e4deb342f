"""From pieces to what can be ordered: up or down, whichever is expected to cost less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.language import Money, Sentence
from smartreco.stock.arrays import Floats, Ints, Mask
from smartreco.stock.outcomes import Outcomes, check_service

EXACT, UP, DOWN, PIECES = 0, 1, 2, 3
_TEMPLATES: Final = {
    EXACT: "rounding.exact", UP: "rounding.up", DOWN: "rounding.down", PIECES: "rounding.pieces",
}  # fmt: skip
_OF_PARTS: Final = {
    EXACT: "rounding.exact_part", UP: "rounding.up_part", DOWN: "rounding.down_part",
    PIECES: "rounding.pieces",
}  # fmt: skip
SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Costs:
    """Currency for one piece that was asked for in vain, and for one that is left over."""

    short: Floats
    left: Floats

    @classmethod
    def at_service(cls, unit_value: Floats, service: float) -> Costs:
        """Costs under which the quantile at `service` is the cheapest stock.

        A missed piece costs its value; one left over costs so much that the two balance
        there (newsvendor: Arrow, Harris and Marschak 1951).
        """
        check_service(service)
        return cls(unit_value, unit_value * (1 - service) / service)

    @property
    def balance(self) -> Floats:
        """The chance at which the two costs balance: short / (short + left)."""
        total = self.short + self.left
        even = np.full(len(total), 0.5)
        return np.asarray(np.divide(self.short, total, out=even, where=total > 0))

    def of(self, stock: Floats, ahead: Outcomes) -> Floats:
        """Expected cost of having so many pieces."""
        return np.asarray(self.short * ahead.short(stock) + self.left * ahead.left(stock))


@dataclass(frozen=True, slots=True)
class Rounded:
    """Whole cases, or whole steps where a shop orders parts of a case.

    Attributes
    ----------
    cases, pieces
        To order: so many steps, and the pieces of them.
    step, parts
        Pieces of a step, and whether it is less than a case.
    way
        `EXACT`, `UP`, `DOWN`, or `PIECES` where a step is one piece.
    cheaper
        Expected currency saved beside rounding the other way.
    """

    cases: Ints
    pieces: Ints
    step: Ints
    parts: Mask
    way: Ints
    cheaper: Floats

    def sentence(self, at: int) -> Sentence:
        """Which way a product was rounded and why."""
        values: dict[str, object] = {"cheaper": Money(float(self.cheaper[at]))}
        if self.parts[at]:
            values |= {"pieces": int(self.pieces[at]), "step": int(self.step[at])}
            return Sentence(_OF_PARTS[int(self.way[at])], values)
        return Sentence(_TEMPLATES[int(self.way[at])], values | {"cases": int(self.cases[at])})


def to_cases(
    asked: Floats,
    position: Floats,
    case_size: Ints,
    ahead: Outcomes,
    costs: Costs,
    step: Ints | None = None,
) -> Rounded:
    """Round what is needed to whole cases, or to steps of a case, by expected cost.

    Parameters
    ----------
    asked
        Pieces to order, 0 or more, before rounding.
    position
        Pieces there or on the way.
    ahead
        What may be asked for until the next order arrives.
    step
        Pieces that a shop orders at a time (`smartreco.stock.packing`); None: cases.
    """
    step = case_size if step is None else step
    down = np.floor(asked / step + SAME).astype(np.int64)
    up = np.ceil(asked / step - SAME).astype(np.int64)
    saved = costs.of(position + down * step, ahead) - costs.of(position + up * step, ahead)
    rises = saved > SAME
    cases = np.where(rises, up, down)
    way = np.select([down == up, rises], [EXACT, UP], DOWN)
    way = np.where((step == 1) & (way == EXACT), PIECES, way)
    return Rounded(cases, cases * step, step, step < case_size, way, np.abs(saved))
