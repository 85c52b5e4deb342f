"""The question a scorer answers: which shops, with which purchases, with what in the order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt

from smartreco.recommend.habits import Habits

IntArray = npt.NDArray[np.integer]
Found = TypeVar("Found")


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
    found
        What was worked out for a single shop already (`once`).
    """

    at: IntArray
    habits: Habits
    baskets: tuple[IntArray, ...] = ()
    changed: bool = False
    found: dict[str, tuple[tuple[object, ...], object]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __len__(self) -> int:
        return len(self.at)

    def one(self, row: int) -> Shops:
        """One shop of the batch."""
        if len(self) == 1:
            return self
        only = np.array([row])
        return Shops(self.at[only], self.habits.of(only), self.baskets[row : row + 1], self.changed)

    def without(self, products: IntArray) -> Shops:
        """The same shops as if they had never ordered these products."""
        return replace(self, habits=self.habits.without(products), changed=True, found={})

    def with_basket(self, products: IntArray) -> Shops:
        """The same shops, each with these products in its current order."""
        return replace(self, baskets=(products,) * len(self) if len(products) else ())

    def once(self, what: str, work: Callable[[], Found], *of: object) -> Found:
        """Work something out once for a single shop: its score and its reasons both ask for it.

        Nobody may change it. A batch of shops keeps nothing: it would hold much, and
        nobody asks again.

        Parameters
        ----------
        of
            The very objects that it depends on beside the habits (a scorer, a basket):
            what was found for others is not taken.
        """
        if len(self) != 1:
            return work()
        held = self.found.get(what)
        if held is None or any(one is not other for one, other in zip(held[0], of, strict=True)):
            held = self.found[what] = (of, work())
        return cast(Found, held[1])
