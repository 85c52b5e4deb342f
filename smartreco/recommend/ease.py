"""EASE: how much each product says about each other one, in closed form.

Steck 2019 (https://arxiv.org/abs/1905.03375): the products x products weights
``B`` with a zero diagonal that best rebuild the purchases ``X`` from themselves,
``min |X - XB|² + λ|B|²``, are ``B = I - P / diag(P)`` with ``P = (XᵀX + λI)⁻¹``.
Attributes ``F`` (products x attributes) join as pseudo-shops that ordered all
products carrying them: ``P = (XᵀX + a²FFᵀ + λI)⁻¹``.

The same B comes from either side of X. `ProductEase` inverts the products x
products matrix. With fewer shops than products it is cheaper to solve on the
side of the shops and never to write B down (`ShopEase`). With ``N = I + (a²/λ)FFᵀ``,
whose inverse is cheap since F is sparse, ``W = XN⁻¹`` and ``V = (λI + WXᵀ)⁻¹W``,
Woodbury's identity gives

    P = (N⁻¹ - WᵀV) / λ   and, for the shops fitted on,   XP = V.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.sparse as sp

IntArray = npt.NDArray[np.integer]
Dense = npt.NDArray[np.float64]
Number = TypeVar("Number", np.float32, np.float64)
BLOCK = 256  # rows and columns mirrored at once: fits a cache
FILLED = 0.05  # share of non-zero cells from which a dense product is faster
COLUMNS_AT_ONCE = 1024  # of B taken to double precision in one go: bounds memory


@dataclass(frozen=True)
class ProductEase:
    """B itself, in single precision: exact sums are taken from it in double."""

    weights_: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, purchases: sp.csr_array, attributes: sp.csr_array, ridge: float) -> ProductEase:
        """Invert on the side of the products: time of products³, memory of products²."""
        single = purchases.astype(np.float32)
        if filled(purchases):
            dense = single.toarray()
            gram = np.asarray((dense.T @ dense), order="F")
        else:
            gram = np.asarray((single.T @ single).toarray(order="F"))
        pseudo = attributes.astype(np.float32).toarray()
        gram += pseudo @ pseudo.T
        gram[np.diag_indices_from(gram)] += ridge
        weights = _inverse(gram)
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
        products = purchases.shape[1]
        rows = purchases.toarray() if filled(purchases) else purchases
        blocks = [
            rows @ self.weights_[:, start : start + COLUMNS_AT_ONCE].astype(np.float64)
            for start in range(0, products, COLUMNS_AT_ONCE)
        ]
        return np.hstack(blocks) if blocks else np.zeros(purchases.shape)


@dataclass(frozen=True)
class ShopEase:
    """What B follows from, on the side of the shops.

    Attributes
    ----------
    ridge
        λ.
    attributes_
        Products x attributes: aF / √λ.
    mixing_
        Attributes x attributes: ``N⁻¹ = I - attributes_ @ mixing_ @ attributes_ᵀ``.
    spread_
        Products x shops: W transposed.
    solved_
        Shops x products: V.
    diagonal_
        Diagonal of P.
    """

    ridge: float
    attributes_: sp.csr_array
    mixing_: Dense
    spread_: Dense
    solved_: Dense
    diagonal_: Dense

    @classmethod
    def fit(cls, purchases: sp.csr_array, attributes: sp.csr_array, ridge: float) -> ShopEase:
        """Solve on the side of the shops: time of shops² x products, memory of shops x products."""
        scaled = sp.csr_array(attributes / np.sqrt(ridge))
        mixing = _inverse(np.eye(scaled.shape[1]) + (scaled.T @ scaled).toarray())
        dense = purchases.toarray().astype(np.float64)
        spread = _times_inverse(dense, scaled, mixing)
        kernel = spread @ dense.T
        kernel[np.diag_indices_from(kernel)] += ridge
        factor = scipy.linalg.cho_factor(kernel, lower=True, check_finite=False)
        solved = np.ascontiguousarray(scipy.linalg.cho_solve(factor, spread, check_finite=False))
        own = 1.0 - np.asarray(scaled.multiply(scaled @ mixing).sum(axis=1))
        diagonal = (own - np.einsum("sp,sp->p", spread, solved)) / ridge
        return cls(ridge, scaled, mixing, np.ascontiguousarray(spread.T), solved, diagonal)

    def between(self, given: IntArray, asked: IntArray) -> Dense:
        """B of some given products (rows) for some asked ones (columns)."""
        by_attribute = (self.attributes_ @ (self.attributes_[asked] @ self.mixing_).T)[given]
        by_shop = self.spread_[given] @ self.solved_[:, asked]
        weights = (by_attribute + by_shop) / (self.ridge * self.diagonal_[asked])
        weights[given[:, None] == asked] = 0.0
        return np.asarray(weights)

    def score(self, purchases: sp.csr_array) -> Dense:
        """``XB = X - XP / diag(P)`` for any purchases, shops x products."""
        dense = purchases.toarray()
        plain = _times_inverse(dense, self.attributes_, self.mixing_)
        inverse = (plain - (purchases @ self.spread_) @ self.solved_) / self.ridge
        return np.asarray(dense - inverse / self.diagonal_)

    def score_fitted(self, at: IntArray, purchases: Dense) -> Dense:
        """``XB`` of shops fitted on: read off without a product of matrices."""
        return np.asarray(purchases - self.solved_[at] / self.diagonal_)


Ease = ProductEase | ShopEase


def fit_ease(purchases: sp.csr_array, attributes: sp.csr_array, ridge: float) -> Ease:
    """Fit in the cheaper of the two exact forms.

    Parameters
    ----------
    purchases
        Shops x products.
    attributes
        Products x attributes, times their weight a; no columns leaves them out.
    ridge
        λ, above 0.
    """
    shops, products = purchases.shape
    if shops_are_cheaper(shops, products, attributes.shape[1]):
        return ShopEase.fit(purchases, attributes, ridge)
    return ProductEase.fit(purchases, attributes, ridge)


def shops_are_cheaper(shops: int, products: int, attributes: int) -> bool:
    """Compare the multiplications of both forms.

    A kernel, its factor, two solves and the attributes' inverse against a products
    x products inverse in single precision, which runs twice as fast.
    """
    on_shops = 4.0 * shops**2 * products + shops**3 / 3 + attributes**3
    return on_shops < products**3 / 2


def filled(matrix: sp.csr_array) -> bool:
    """Whether so many cells are filled that dense products are the faster ones."""
    return bool(matrix.nnz > FILLED * np.prod(matrix.shape))


def _times_inverse(rows: Dense, attributes: sp.csr_array, mixing: Dense) -> Dense:
    """``rows @ N⁻¹`` without N."""
    if not attributes.shape[1]:
        return rows
    return np.asarray(rows - (attributes @ ((attributes.T @ rows.T).T @ mixing).T).T)


def _inverse(positive: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Inverse of a symmetric positive definite matrix, which it may overwrite."""
    if not len(positive):
        return positive
    potrf, potri = scipy.linalg.get_lapack_funcs(("potrf", "potri"), (positive,))
    factor, trouble = potrf(positive, lower=True, overwrite_a=True)
    if not trouble:
        factor, trouble = potri(factor, lower=True, overwrite_c=True)
    if trouble:
        raise np.linalg.LinAlgError("the matrix is not positive definite")
    for start in range(0, len(factor), BLOCK):  # LAPACK fills one triangle only
        stop = start + BLOCK
        own = factor[start:stop, start:stop]
        own += np.tril(own, -1).T - np.triu(own, 1)
        factor[start:stop, stop:] = factor[stop:, start:stop].T
    return np.ascontiguousarray(factor.T)  # symmetric: its own transpose, in C order
