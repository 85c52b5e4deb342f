"""The question a scorer answers: which shops, with which purchases, with what in the order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from smartreco.recommend.habits import Habits

IntArray = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Shops:
    """A batch of shops to score.

    Attributes
    ----------
    at
        Position of each shop.
    habits
        Their rows of the market's habits, in the same order.
    baskets
        Products in the current order of each shop; empty: no shop has one open.
    changed
        The habits are not those the model was fitted on ("what if ..."), so
        nothing that was worked out for these shops at the fit may be used.
    """

    at: IntArray
    habits: Habits
    baskets: tuple[IntArray, ...] = ()
    changed: bool = False

    def __len__(self) -> int:
        return len(self.at)

    def one(self, row: int) -> Shops:
        """One shop of the batch."""
        only = np.array([row])
        return Shops(self.at[only], self.habits.of(only), self.baskets[row : row + 1], self.changed)

    def without(self, products: IntArray) -> Shops:
        """The same shops as if they had never ordered these products."""
        return replace(self, habits=self.habits.without(products), changed=True)

    def with_basket(self, products: IntArray) -> Shops:
        """The same shops, each with these products in its current order."""
        return replace(self, baskets=(products,) * len(self) if len(products) else ())
