"""EASE on the side of the shops: exact as well, and B is never written down.

With ``A = aF / √λ``, ``M = (I + AᵀA)⁻¹`` and ``N⁻¹ = I - AMAᵀ``, Woodbury's
identity gives for ``K = λI + XN⁻¹Xᵀ`` (shops x shops) and ``V = K⁻¹XN⁻¹``

    λP = N⁻¹ - N⁻¹XᵀV = I - XᵀV - A(MAᵀ - M(XA)ᵀV)   and, for the shops fitted on,   XP = V.

Every product is of sparse matrices or of something as small as the shops, but
for V = K⁻¹(XN⁻¹) itself, which is one dense product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from smartreco.recommend.ease.solving import Dense, IntArray, blocks, gram_of, inverse_of


@dataclass(frozen=True)
class ShopEase:
    """What B follows from, on the side of the shops.

    Attributes
    ----------
    ridge
        λ.
    attributes_
        Products x attributes: A.
    buyers_
        Products x shops: X transposed.
    solved_
        Shops x products: V.
    carried_
        Attributes x products: ``MAᵀ - M(XA)ᵀV``.
    diagonal_
        Diagonal of P.
    """

    ridge: float
    attributes_: sp.csr_array
    buyers_: sp.csr_array
    solved_: Dense
    carried_: Dense
    diagonal_: Dense

    @classmethod
    def fit(cls, purchases: sp.csr_array, attributes: sp.csr_array, ridge: float) -> ShopEase:
        """Time of shops² x products; memory of 8 bytes a cell of shops x products, twice."""
        bought = purchases.astype(np.float64)
        buyers = sp.csr_array(bought.T.tocsr())
        scaled = sp.csr_array(attributes / np.sqrt(ridge))
        mixing = inverse_of(np.eye(scaled.shape[1]) + (scaled.T @ scaled).toarray())
        carried = (bought @ scaled).toarray()
        mixed = carried @ mixing
        kernel = gram_of(buyers, np.float64)
        kernel -= mixed @ carried.T
        kernel[np.diag_indices_from(kernel)] += ridge
        inverse = inverse_of(kernel)
        solved = inverse @ bought.toarray()
        spread = np.ascontiguousarray((inverse @ mixed).T)
        for some in blocks(solved.shape[1]):
            solved[:, some] -= (scaled[some] @ spread).T
        by_attribute = mixed.T @ solved
        for some in blocks(solved.shape[1]):
            by_attribute[:, some] = (scaled[some] @ mixing).T - by_attribute[:, some]
        own = _diagonal(buyers, solved) + _diagonal(scaled, by_attribute)
        diagonal = (1.0 - own) / ridge
        return cls(ridge, scaled, buyers, solved, by_attribute, diagonal)

    def between(self, given: IntArray, asked: IntArray) -> Dense:
        """B of some given products (rows) for some asked ones (columns)."""
        by_shop = self.buyers_[given] @ self.solved_[:, asked]
        by_attribute = self.attributes_[given] @ self.carried_[:, asked]
        weights = (by_shop + by_attribute) / (self.ridge * self.diagonal_[asked])
        weights[given[:, None] == asked] = 0.0
        return np.asarray(weights)

    def score(self, purchases: sp.csr_array) -> Dense:
        """``XB = X - XP / diag(P)`` for any purchases, shops x products."""
        like = (purchases @ self.buyers_).toarray()
        carried = (purchases @ self.attributes_).toarray()
        dense = purchases.toarray()
        rest = dense - like @ self.solved_
        rest -= carried @ self.carried_
        rest /= self.ridge * self.diagonal_
        return np.asarray(dense - rest)

    def score_fitted(self, at: IntArray, purchases: Dense) -> Dense:
        """``XB`` of shops fitted on: read off without a product of matrices."""
        return np.asarray(purchases - self.solved_[at] / self.diagonal_)


def _diagonal(rows: sp.csr_array, columns: Dense) -> Dense:
    """Diagonal of ``rows @ columns``, from the filled cells of the rows alone."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    values = rows.data * columns[rows.indices, row]
    return np.asarray(np.bincount(row, values, minlength=rows.shape[0]), dtype=np.float64)
