"""How good a ranked list is: one number a shop for each measure.

Every function takes ``hits`` (shops x k): whether the product at rank 1..k was
relevant, False beyond the end of a short list; and where it needs it ``relevant``:
how many products were relevant to each shop, on the list or not. A shop with
nothing relevant has no measure: it gets NaN, so that a mean must say what it
leaves out (`numpy.nanmean`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Hits = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.integer]
Measured = npt.NDArray[np.float64]


def hits_of(ranked: npt.NDArray[np.integer], relevant: sp.csr_array) -> Hits:
    """Whether each ranked product is relevant to its shop.

    Parameters
    ----------
    ranked
        Shops x k product positions, best first; -1 where the list is shorter.
    relevant
        Shops x products, non-zero where relevant.

    >>> import scipy.sparse as sp
    >>> truth = sp.csr_array([[0, 1, 0], [1, 0, 1]])
    >>> hits_of(np.array([[1, 0], [0, -1]]), truth)
    array([[ True, False],
           [ True, False]])
    """
    shops = np.arange(len(ranked))[:, None]
    dense = relevant.astype(bool).toarray()
    return np.asarray(dense[shops, np.maximum(ranked, 0)] & (ranked >= 0))


def precision(hits: Hits, relevant: Counts) -> Measured:
    """Share of the k places that hold a relevant product.

    >>> precision(np.array([[True, False, True, False]]), np.array([5]))
    array([0.5])
    """
    return _known(hits.mean(axis=1), relevant)


def recall(hits: Hits, relevant: Counts) -> Measured:
    """Share of the relevant products that the k places hold.

    >>> recall(np.array([[True, False, True, False]]), np.array([5]))
    array([0.4])
    """
    return _known(hits.sum(axis=1) / np.maximum(relevant, 1), relevant)


def hit_rate(hits: Hits, relevant: Counts) -> Measured:
    """1 where any of the k places holds a relevant product, else 0.

    >>> hit_rate(np.array([[False, True], [False, False]]), np.array([1, 1]))
    array([1., 0.])
    """
    return _known(hits.any(axis=1), relevant)


def ndcg(hits: Hits, relevant: Counts) -> Measured:
    """Discounted gain over that of the best list possible (Järvelin & Kekäläinen 2002).

    A hit at rank r is worth 1 / log2(r + 1). Here 1/log2(3) = 0.631 of the best 1:

    >>> ndcg(np.array([[False, True]]), np.array([1])).round(3)
    array([0.631])
    """
    discount = 1.0 / np.log2(np.arange(2, hits.shape[1] + 2))
    best = np.concatenate(([1.0], np.cumsum(discount)))
    places = np.minimum(relevant, hits.shape[1])
    return _known(hits @ discount / best[places], relevant)


def average_precision(hits: Hits, relevant: Counts) -> Measured:
    """Mean of the precision at each hit, over the hits possible in k places.

    Hits at ranks 1 and 3 of 2 relevant products: (1/1 + 2/3) / 2.

    >>> average_precision(np.array([[True, False, True]]), np.array([2])).round(3)
    array([0.833])
    """
    at_rank = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
    possible = np.maximum(np.minimum(relevant, hits.shape[1]), 1)
    return _known((at_rank * hits).sum(axis=1) / possible, relevant)


def coverage(ranked: npt.NDArray[np.integer], products: int) -> float:
    """Share of the catalogue that is on at least one list.

    >>> coverage(np.array([[0, 1], [1, -1]]), products=4)
    0.5
    """
    return float(len(np.unique(ranked[ranked >= 0])) / products) if products else 0.0


def _known(values: npt.ArrayLike, relevant: Counts) -> Measured:
    return np.where(relevant > 0, np.asarray(values, dtype=np.float64), np.nan)
