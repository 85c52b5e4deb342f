"""EASE on the side of the products: invert the products x products matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.recommend.ease.solving import Dense, IntArray, blocks, filled, gram_of, inverse_of


@dataclass(frozen=True)
class ProductEase:
    """B itself, in single precision: exact sums are taken from it in double."""

    weights_: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, purchases: sp.csr_array, attributes: sp.csr_array, ridge: float) -> ProductEase:
        """Time of products³; memory of 4 bytes a cell of products², once."""
        gram = gram_of(purchases, np.float32)
        across = sp.csr_array(attributes.T.tocsr()).astype(np.float32)
        for some in blocks(gram.shape[1]):
            gram[:, some] += attributes.astype(np.float32) @ across[:, some].toarray()
        gram[np.diag_indices_from(gram)] += ridge
        weights = inverse_of(gram)
        weights /= -np.diagonal(weights).copy()
        np.fill_diagonal(weights, 0.0)
        return cls(weights)

    def between(self, given: IntArray, asked: IntArray) -> Dense:
        """B of some given products (rows) for some asked ones (columns)."""
        return np.asarray(self.weights_[np.ix_(given, asked)], dtype=np.float64)

    def score(self, purchases: sp.csr_array) -> Dense:
        """``XB`` for any purchases, shops x products."""
        if purchases.shape[0] == 1:
            return np.atleast_2d(purchases.data @ self.weights_[purchases.indices].astype(float))
        rows = purchases.toarray() if filled(purchases) else purchases
        scores = np.zeros(purchases.shape)
        for some in blocks(purchases.shape[1]):
            scores[:, some] = rows @ self.weights_[:, some].astype(np.float64)
        return scores
