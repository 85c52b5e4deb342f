"""What grew and what fell, and the main reason of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smartreco.vendors.change import CHANGE, PARTS, VALUE, VALUE_BEFORE


@dataclass(frozen=True, slots=True)
class Move:
    """How one thing changed, in currency.

    ``parts`` : `smartreco.vendors.change.PARTS`, which sum to ``change``; ``reason`` : the
    part that moved it most in the direction in which it went, None where it stood still.
    """

    id: str
    value: float
    value_before: float
    change: float
    parts: Mapping[str, float]
    reason: str | None

    @property
    def share(self) -> float | None:
        """The change as a share of what was; None where nothing was."""
        return self.change / self.value_before if self.value_before > 0 else None


def moves(changes: pd.DataFrame) -> tuple[Move, ...]:
    """Rows of `smartreco.vendors.change.decompose` as moves, in their order."""
    columns = changes[[VALUE, VALUE_BEFORE, CHANGE, *PARTS]].to_numpy().tolist()
    return tuple(_move(str(name), row) for name, row in zip(changes.index, columns, strict=True))


def top(changes: pd.DataFrame, most: int) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """The `most` that grew and the `most` that fell by most, in currency; largest first."""
    up = changes[changes[CHANGE] > 0].sort_values(CHANGE, ascending=False, kind="stable")
    down = changes[changes[CHANGE] < 0].sort_values(CHANGE, kind="stable")
    return moves(up.head(most)), moves(down.head(most))


def _move(name: str, row: list[float]) -> Move:
    value, before, change, *parts = row
    named = dict(zip(PARTS, parts, strict=True))
    sign = 1.0 if change > 0 else -1.0
    reason = max(PARTS, key=lambda part: sign * named[part]) if change else None
    return Move(name, value, before, change, named, reason)
