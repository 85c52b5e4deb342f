"""Interventions on products: price, promotion, stock, exit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from smartreco.dataset.world.forces import Forces
from smartreco.dataset.world.levers.base import OnProducts, positive
from smartreco.errors import InputError


@dataclass(frozen=True, kw_only=True)
class PriceChange(OnProducts):
    """List prices times `factor` from `starts` to `ends` (None: for good)."""

    factor: float
    starts: date
    ends: date | None = None

    def on_forces(self, forces: Forces) -> None:
        """Scale the list prices."""
        positive("a price factor", self.factor)
        forces.list_price[self.cells(forces, self.starts, self.ends)] *= self.factor


@dataclass(frozen=True, kw_only=True)
class Promotion(OnProducts):
    """`depth` of the list price taken off; a deeper promotion already there stays."""

    depth: float
    starts: date
    ends: date

    def on_forces(self, forces: Forces) -> None:
        """Deepen the promotion."""
        if not 0 < self.depth < 1:
            raise InputError(
                "a promotion's depth lies between 0 and 1", str(self.depth),
                "write 0.15 for fifteen per cent",
            )  # fmt: skip
        cells = self.cells(forces, self.starts, self.ends)
        forces.depth[cells] = np.maximum(forces.depth[cells], self.depth)


@dataclass(frozen=True, kw_only=True)
class OutOfStock(OnProducts):
    """The vendor has none from `starts` to `ends`."""

    starts: date
    ends: date

    def on_forces(self, forces: Forces) -> None:
        """Empty the vendor's stock."""
        forces.in_stock[self.cells(forces, self.starts, self.ends)] = False


@dataclass(frozen=True, kw_only=True)
class InStock(OnProducts):
    """The vendor never runs out from `starts` to `ends`."""

    starts: date
    ends: date

    def on_forces(self, forces: Forces) -> None:
        """Fill the vendor's stock."""
        forces.in_stock[self.cells(forces, self.starts, self.ends)] = True


@dataclass(frozen=True, kw_only=True)
class Exit(OnProducts):
    """Products, or all of a vendor, are taken off the market on a day."""

    on: date

    def on_forces(self, forces: Forces) -> None:
        """End the sale."""
        chosen = self.chosen(forces)
        week = max(0, forces.timeline.week_of(self.on))
        leave = forces.products["exit_week"].to_numpy().copy()
        leave[chosen] = np.minimum(leave[chosen], week)
        forces.products = forces.products.assign(exit_week=leave)
        forces.on_sale[chosen, week:] = 0.0
