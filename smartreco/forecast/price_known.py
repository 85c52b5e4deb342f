"""Prices as a forecast may know them: the past as it was, the future as it is planned."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from smartreco.forecast.arrays import Floats, Ints


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of the panel's products, in the panel's order.

    Attributes
    ----------
    regular
        Log of the price for a piece without promotions: products x (weeks and more).
    depth
        Share that promotions take off, planned ones ahead of the panel too; same shape.
    planned
        Weeks ahead that promotions are known to be planned; beyond, and where this is 0,
        none is foreseen.
    """

    regular: Floats
    depth: Floats
    planned: int = 0

    def until(self, week: int, ahead: int) -> Prices:
        """What is known before a week: regular prices stay as they are, promotions are planned."""
        last = np.repeat(self.regular[:, [week - 1]], ahead, axis=1)
        regular = np.concatenate([self.regular[:, :week], last], axis=1)
        depth = np.zeros_like(regular)
        told = self.depth[:, : week + min(ahead, self.planned)]
        depth[:, : told.shape[1]] = told
        return Prices(regular, depth, self.planned)

    def take(self, products: Ints) -> Prices:
        """Prices of some products."""
        return replace(self, regular=self.regular[products], depth=self.depth[products])
