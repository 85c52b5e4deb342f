"""Baskets in order of time: what a shop ordered on one day is one basket.

The next-basket methods count in baskets, not in days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from smartreco.recommend.history import History

IntArray = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Baskets:
    """One entry a purchase, as in `History.purchases`.

    Attributes
    ----------
    shop, product
        Positions.
    basket
        Number of the shop's basket it lay in, from 0 (oldest).
    size
        Number of baskets of each shop; one entry a shop.
    """

    shop: IntArray
    product: IntArray
    basket: IntArray
    size: IntArray

    @classmethod
    def of_history(cls, history: History) -> Baskets:
        """Number the ordering days of each shop."""
        shop, product, day = history.arrays()
        order = np.lexsort((day, shop))
        new_shop = np.diff(shop[order], prepend=-1) != 0
        new_basket = new_shop | (np.diff(day[order], prepend=-1) != 0)
        size = np.bincount(shop[order][new_basket], minlength=history.shape[0])
        before = np.cumsum(size) - size  # baskets of earlier shops
        number = np.empty(len(shop), dtype=np.int64)
        number[order] = np.cumsum(new_basket) - 1 - before[shop[order]]
        return cls(shop, product, number, size)
