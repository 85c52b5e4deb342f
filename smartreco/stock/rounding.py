"""From pieces to whole cases: up or down, whichever is expected to cost less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.language import Money
from smartreco.stock.arrays import Floats, Ints
from smartreco.stock.outcomes import Outcomes, check_service
from smartreco.stock.sentences import Sentence

EXACT, UP, DOWN, PIECES = 0, 1, 2, 3
_TEMPLATES: Final = {
    EXACT: "rounding.exact", UP: "rounding.up", DOWN: "rounding.down", PIECES: "rounding.pieces",
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
    """Whole cases.

    Attributes
    ----------
    cases, pieces
        To order.
    way
        `EXACT`, `UP`, `DOWN`, or `PIECES` where a case is one piece.
    cheaper
        Expected currency saved beside rounding the other way.
    """

    cases: Ints
    pieces: Ints
    way: Ints
    cheaper: Floats

    def sentence(self, at: int) -> Sentence:
        """Which way a product was rounded and why."""
        values = {"cases": int(self.cases[at]), "cheaper": Money(float(self.cheaper[at]))}
        return Sentence(_TEMPLATES[int(self.way[at])], values)


def to_cases(
    asked: Floats, position: Floats, case_size: Ints, ahead: Outcomes, costs: Costs
) -> Rounded:
    """Round what is needed to whole cases by expected cost.

    Parameters
    ----------
    asked
        Pieces to order, 0 or more, before rounding.
    position
        Pieces there or on the way.
    ahead
        What may be asked for until the next order arrives.
    """
    down = np.floor(asked / case_size + SAME).astype(np.int64)
    up = np.ceil(asked / case_size - SAME).astype(np.int64)
    saved = costs.of(position + down * case_size, ahead) - costs.of(
        position + up * case_size, ahead
    )
    rises = saved > SAME
    cases = np.where(rises, up, down)
    way = np.select([down == up, rises], [EXACT, UP], DOWN)
    way = np.where((case_size == 1) & (way == EXACT), PIECES, way)
    return Rounded(cases, cases * case_size, way, np.abs(saved))
