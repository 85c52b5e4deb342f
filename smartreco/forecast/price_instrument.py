"""Price changes that follow the purchase cost and not the expected demand.

Who raises a price when he expects to sell well makes the price look harmless. The part of
the price that the cost does not explain is put beside it as a regressor of its own, which
takes the blame (control function; Wooldridge 2015, "Control Function Methods").
"""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats

RIDGE: Final = 1e-6
LEAST_SPREAD: Final = 0.01  # standard deviation of the log cost that moves enough to serve


def cost_moves(cost: Floats, counts: Floats) -> float:
    """Share of products whose cost moves enough to tell its part of the price."""
    many = np.maximum(counts.sum(axis=1), 1)
    mean = (cost * counts).sum(axis=1) / many
    spread = np.sqrt((counts * (cost - mean[:, None]) ** 2).sum(axis=1) / many)
    return float((spread > LEAST_SPREAD).mean()) if len(cost) else 0.0


def unexplained(price: Floats, instruments: Floats, counts: Floats) -> Floats:
    """Log price less what the instruments and other regressors tell of it: products x weeks.

    Parameters
    ----------
    instruments
        Products x weeks x k, centred: the cost and all regressors but the price.
    """
    x = np.concatenate([instruments, np.ones((*price.shape, 1))], axis=2)
    weighted = x * counts[:, :, None]
    square = np.matmul(weighted.transpose(0, 2, 1), x) + RIDGE * np.eye(x.shape[2])
    right = np.einsum("ntk,nt->nk", weighted, price)
    slope = np.linalg.solve(square, right[:, :, None])[:, :, 0]
    return np.asarray((price - np.einsum("ntk,nk->nt", x, slope)) * counts)
