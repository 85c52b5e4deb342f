"""What may be asked for over some time, as equally likely amounts.

Quantiles, chances and expected shortages are all read off the same amounts, so that no
two figures on a page contradict each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.errors import InputError
from smartreco.stock.arrays import Floats

DRAWS: Final = 200  # equally likely amounts: the outermost lies at 0.25 %


def shares(draws: int = DRAWS) -> Floats:
    """The share of outcomes below each of `draws` equally likely ones."""
    return (np.arange(draws) + 0.5) / draws


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Pieces asked for: products x equally likely amounts, ascending, 0 or more."""

    draws: Floats

    def at(self, share: float | Floats) -> Floats:
        """The amount that covers demand with this chance, one for each product.

        >>> Outcomes(np.array([[1.0, 2.0, 3.0, 4.0]])).at(0.5)
        array([2.5])
        """
        many = self.draws.shape[1]
        place = np.clip(np.broadcast_to(share, len(self.draws)) * many - 0.5, 0, many - 1)
        low = np.floor(place).astype(np.int64)
        high, row = np.minimum(low + 1, many - 1), np.arange(len(self.draws))
        below, above = self.draws[row, low], self.draws[row, high]
        return np.asarray(below + (place - low) * (above - below))

    def chance_above(self, pieces: Floats) -> Floats:
        """Chance that more is asked for."""
        return np.asarray((self.draws > pieces[:, None]).mean(axis=1))

    def sold(self, pieces: Floats) -> Floats:
        """Expected pieces sold of so many."""
        return np.asarray(np.minimum(self.draws, pieces[:, None]).mean(axis=1))

    def short(self, pieces: Floats) -> Floats:
        """Expected pieces asked for beyond so many."""
        return np.asarray(np.maximum(self.draws - pieces[:, None], 0.0).mean(axis=1))

    def left(self, pieces: Floats) -> Floats:
        """Expected pieces that remain of so many."""
        return np.asarray(np.maximum(pieces[:, None] - self.draws, 0.0).mean(axis=1))


def check_service(service: float) -> None:
    """Refuse a service level that no stock could hold.

    Raises
    ------
    InputError
        It is not above 0 and below 1.
    """
    if not 0.0 < service < 1.0:
        raise InputError(
            "a service level is above 0 % and below 100 %", f"{service:.0%}", "choose 0.5 to 0.995"
        )
