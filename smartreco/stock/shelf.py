"""Stock of many products while time is played, and what is counted of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartreco.stock.arrays import Floats, Mask

NOTHING = 1e-9  # pieces, below which nothing was missing


@dataclass(slots=True)
class Shelf:
    """What is there, what is coming (products x weeks until it comes), and the counts."""

    on_hand: Floats
    coming: Floats
    failed: Mask | None = None
    unknown: Mask | None = None
    asked: float = 0.0
    served: float = 0.0
    stock: float = 0.0
    cycles: int = 0
    kept: int = 0

    @classmethod
    def opened(cls, on_hand: Floats, lead: int) -> Shelf:
        """A shelf with stock and nothing on the way."""
        return cls(on_hand.copy(), np.zeros((len(on_hand), lead)))

    @property
    def position(self) -> Floats:
        """Pieces on hand and on the way."""
        return np.asarray(self.on_hand + self.coming.sum(axis=1))

    def receive(self) -> None:
        """A week begins: its delivery comes in."""
        self.on_hand = self.on_hand + self.coming[:, 0]
        self.coming = np.roll(self.coming, -1, axis=1)
        self.coming[:, -1] = 0.0

    def order(self, pieces: Floats) -> None:
        """Order; a cycle ends and another begins."""
        self.coming[:, -1] = pieces
        self._close_cycle()

    def serve(self, asked: Floats, counted: bool) -> None:
        """A week's demand; what is not there is lost. Where it is not known, nothing is judged."""
        unknown, asked = np.isnan(asked), np.nan_to_num(asked)
        served = np.minimum(self.on_hand, asked)
        self.on_hand = self.on_hand - served
        if not counted:
            return
        short = asked - served > NOTHING
        self.failed = short if self.failed is None else self.failed | short
        self.unknown = unknown if self.unknown is None else self.unknown | unknown
        self.asked += float(asked.sum())
        self.served += float(served.sum())
        self.stock += float(self.on_hand[~unknown].sum())

    def figures(self) -> tuple[float, float, float]:
        """Fill rate, cycle service and weeks of stock."""
        self._close_cycle()
        asked = max(self.asked, NOTHING)
        return self.served / asked, self.kept / max(self.cycles, 1), self.stock / asked

    def _close_cycle(self) -> None:
        if self.failed is not None and self.unknown is not None:
            self.cycles += int((~self.unknown).sum())
            self.kept += int((~self.failed & ~self.unknown).sum())
            self.failed = self.unknown = None
