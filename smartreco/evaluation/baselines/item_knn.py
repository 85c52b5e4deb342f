"""Products that sell to the same shops as what this one bought.

Deshpande & Karypis, "Item-based top-N recommendation algorithms", ACM TOIS 22(1),
2004 (https://doi.org/10.1145/963770.963776), with their cosine: two products are as
alike as ``buyers of both / sqrt(buyers of one · buyers of the other)``, each product
keeps its k most alike, and a score is the sum over what the shop bought.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.evaluation.baselines.choosing import choose
from smartreco.evaluation.baselines.matrices import bought
from smartreco.evaluation.baselines.ranker import IntArray, Ranker
from smartreco.recommend.history import History
from smartreco.recommend.ranking import Scores, best

NEIGHBOURS: Final = (20, 10, 50, 100)
"""k: most alike products that are kept of each bought one; the paper's choice, then its grid."""

PRODUCTS_AT_ONCE = 1024  # rows of similarities held in full: bounds memory


def fit(history: History) -> Ranker:
    """Choose k on an inner cut, then fit on everything."""
    return fit_with(history, choose(history, NEIGHBOURS, fit_with))


def fit_with(history: History, neighbours: int) -> Ranker:
    """Find the most alike products of each product."""
    ever = bought(history)
    alike = _most_alike(ever, neighbours)

    def rank(shops: IntArray) -> Scores:
        return np.asarray((ever[shops] @ alike).toarray())

    return rank


def _most_alike(ever: sp.csr_array, neighbours: int) -> sp.csr_array:
    """Products x products: cosine of each row's k most alike, its own left out."""
    products = ever.shape[1]
    buyers = np.maximum(np.bincount(ever.indices, minlength=products), 1)
    unit = sp.csr_array(ever @ sp.diags_array(1.0 / np.sqrt(buyers)))
    by_product = sp.csr_array(unit.T)
    blocks = [
        _rows(
            by_product, unit, np.arange(start, min(start + PRODUCTS_AT_ONCE, products)), neighbours
        )
        for start in range(0, products, PRODUCTS_AT_ONCE)
    ]
    return sp.csr_array(sp.vstack(blocks)) if blocks else sp.csr_array((0, 0))


def _rows(
    by_product: sp.csr_array, unit: sp.csr_array, at: npt.NDArray[np.int64], neighbours: int
) -> sp.csr_array:
    cosine = (by_product[at] @ unit).toarray()
    cosine[np.arange(len(at)), at] = 0.0
    near = best(cosine, min(neighbours, cosine.shape[1]))
    values = np.take_along_axis(cosine, near, axis=1)
    start = np.arange(len(at) + 1) * near.shape[1]
    return sp.csr_array((values.ravel(), near.ravel(), start), shape=cosine.shape)
