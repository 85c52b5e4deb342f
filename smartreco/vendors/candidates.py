"""Which shops of a vendor's white space are named, and how those count that are not.

A shop that does not let itself be named must not be told by taking the named ones off a sum:
it counts as the average named shop of its cell, whatever it buys itself.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def averaged(figures: Floats, named: Mask, open_: Mask, cell: Ints) -> Floats:
    """Figures of shops x products in which no unnamed shop is itself.

    Parameters
    ----------
    figures
        Shops x products; those of unnamed shops are not looked at.
    named
        Of each shop.
    open_
        Shops x products: pairs that are not bought.
    cell
        Of each shop.

    Returns
    -------
    Shops x products: a named shop's own figure; of the others the mean of the named ones in
    their cell with the same product open, else of all named ones; 0 where not open.

    >>> averaged(np.array([[0.2], [0.4], [0.9]]), np.array([True, True, False]),
    ...          np.ones((3, 1), dtype=bool), np.zeros(3, dtype=int)).round(2).ravel().tolist()
    [0.2, 0.4, 0.3]
    """
    counts = open_ & named[:, None]
    own = np.where(counts, figures, 0.0)
    cells = int(cell.max(initial=-1)) + 1
    member = np.zeros((cells, len(cell)))
    member[cell, np.arange(len(cell))] = 1.0
    many, total = member @ counts, member @ own
    overall = own.sum(axis=0) / np.maximum(counts.sum(axis=0), 1)
    mean = np.where(many > 0, total / np.maximum(many, 1), overall)
    return np.where(open_, np.where(named[:, None], own, mean[cell]), 0.0)
