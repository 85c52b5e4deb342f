"""A forecast as a sum of parts in pieces: level + trend + season + festival + price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask

PARTS: Final = ("level", "trend", "season", "festival", "price")

MOST_GROWTH: Final = 10.0  # of a forecast, beyond which its old parts explain nothing


@dataclass(frozen=True, slots=True)
class Parts:
    """What each part adds, pieces: series x horizon each. They sum to the forecast."""

    level: Floats
    trend: Floats
    season: Floats
    festival: Floats
    price: Floats

    def total(self) -> Floats:
        """The forecast."""
        return self.level + self.trend + self.season + self.festival + self.price

    def take(self, rows: Ints | Mask) -> Parts:
        """Parts of some series."""
        return Parts(*(getattr(self, name)[rows] for name in PARTS))

    def joined(self, more: Parts) -> Parts:
        """These series, then those."""
        return Parts(
            *(np.concatenate([getattr(self, name), getattr(more, name)]) for name in PARTS)
        )

    def floored(self) -> Parts:
        """Parts of a forecast that is not negative; one of nothing has no parts."""
        moved = self.total() - self.level
        level = np.maximum(self.level, 0.0)
        wanted = np.maximum(self.level + moved, 0.0) - level
        kept = np.divide(wanted, moved, out=np.zeros_like(moved), where=moved != 0)
        made = Parts(level, *(getattr(self, name) * kept for name in PARTS[1:]))
        some = made.total() > 0
        return Parts(*(np.where(some, getattr(made, name), 0.0) for name in PARTS))

    def moved_to(self, forecast: Floats) -> Parts:
        """Parts that sum to another forecast: each in proportion, the level closing the sum.

        Where the forecast is many times the old one, all of it is level.
        """
        total = self.total()
        near = forecast <= MOST_GROWTH * total
        ratio = np.divide(forecast, total, out=np.zeros_like(total), where=near & (total > 0))
        rest = [getattr(self, name) * ratio for name in PARTS[1:]]
        return Parts(forecast - sum(rest), *rest)
