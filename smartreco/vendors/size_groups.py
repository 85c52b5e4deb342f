"""How much shops buy, told so that no shop's purchases can be worked out.

What a shop buys from others is not a vendor's to know, yet weighted distribution needs each
shop's weight. So the shops of a cell are put into groups of `partition.FEWEST` or more by
size once, and every shop counts with the mean of its group. All figures are then sums over
whole groups, and no two of them differ by what one shop buys.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from smartreco.vendors.partition import FEWEST

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def size_groups(cell: Ints, size: Floats) -> Ints:
    """Group of each shop: inside its cell, shops of like size, `FEWEST` or more of them.

    Parameters
    ----------
    cell
        Of each shop, numbered from 0.
    size
        What each shop buys of everything, currency.

    >>> size_groups(np.zeros(10, dtype=int), np.array([9, 1, 8, 2, 7, 3, 6, 4, 5, 0.0]))
    array([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    """
    order = np.lexsort((-size, cell))
    shops = np.bincount(cell)
    groups = np.maximum(shops // FEWEST, 1)
    start = np.cumsum(shops) - shops
    sorted_cell = cell[order]
    rank = np.arange(len(cell)) - start[sorted_cell]
    within = rank * groups[sorted_cell] // shops[sorted_cell]
    found = np.empty(len(cell), dtype=np.int64)
    found[order] = (np.cumsum(groups) - groups)[sorted_cell] + within
    return found


def weights(group: Ints, value: Floats) -> Floats:
    """What each shop counts with: the mean of its group.

    Parameters
    ----------
    group
        Of each shop.
    value
        Groups x anything: what the shops of each group bought, currency.

    Returns
    -------
    Shops x the same.
    """
    shops = np.bincount(group, minlength=len(value))
    each = value / np.maximum(shops, 1).reshape(-1, *(1,) * (value.ndim - 1))
    return np.asarray(each[group])
