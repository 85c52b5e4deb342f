"""The history as matrices that most baselines start from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.recommend.history import History


def order_counts(history: History) -> sp.csr_array:
    """Days on which each shop ordered each product: shops x products."""
    shop, product, _ = history.arrays()
    counts = sp.csr_array((np.ones(len(shop)), (shop, product)), shape=history.shape)
    counts.sum_duplicates()
    return counts


def bought(history: History) -> sp.csr_array:
    """1 where a shop ever ordered a product: shops x products."""
    ever = order_counts(history)
    ever.data[:] = 1.0
    return ever


def buyers(history: History) -> npt.NDArray[np.float64]:
    """How many shops ever ordered each product."""
    many = np.bincount(bought(history).indices, minlength=history.shape[1])
    return many.astype(np.float64)
