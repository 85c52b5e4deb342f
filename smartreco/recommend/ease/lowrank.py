"""EASE of low rank: for where products and shops are both too many for an exact form.

The rows ``Y = [X; aFᵀ]`` (shops and pseudo-shops x products) have the Gram matrix
``G = YᵀY``. Its largest eigenvalues ``s²`` and eigenvectors ``V`` are found by
randomized subspace iteration (Halko, Martinsson and Tropp 2011,
https://arxiv.org/abs/0909.4061) on the sparse rows. What the eigenvectors leave
of the diagonal is known exactly and kept, ``D = diag(G) - diag(V s² Vᵀ)``, so with
``Λ = λI + D`` Woodbury's identity gives

    P = (Λ + V s² Vᵀ)⁻¹ = Λ⁻¹ - ZZᵀ,   Z = Λ⁻¹VL,   LLᵀ = (s⁻² + VᵀΛ⁻¹V)⁻¹

and ``B = I - P / diag(P)`` needs only Z: products x rank. At full rank D is 0 and
B is the exact one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.sparse as sp

from smartreco.recommend.ease.solving import Dense, IntArray

Single = npt.NDArray[np.float32]

RANK = 256  # eigenvectors: what the others would add is small beside the ridge
SPARE = 16  # directions more than asked for: the last ones asked for converge sooner
ROUNDS = 4  # of subspace iteration
SEED = 20111  # the same purchases have the same factors


@dataclass(frozen=True)
class LowRankEase:
    """Factors that B follows from, in single precision; sums are taken in double.

    Attributes
    ----------
    factors_
        Products x rank: Z.
    own_
        ``|Z_j|²`` of each product: what its own purchase would add.
    diagonal_
        Diagonal of P.
    """

    factors_: Single
    own_: Dense
    diagonal_: Dense

    @classmethod
    def fit(
        cls, purchases: sp.csr_array, attributes: sp.csr_array, ridge: float, rank: int = RANK
    ) -> LowRankEase:
        """Time of filled cells x rank; memory of 4 bytes x (products + shops) x rank, four times.

        Parameters
        ----------
        rank
            Eigenvectors kept; fewer where the matrix has fewer rows or columns.
        """
        rows = sp.csr_array(sp.vstack([purchases, attributes.T], format="csr").astype(np.float32))
        largest, vectors = eigenvectors(rows, rank)
        whole = _squares(rows)
        kept = np.einsum("pk,k,pk->p", vectors, largest, vectors, dtype=np.float64)
        inverse = 1.0 / (ridge + np.maximum(whole - kept, 0.0))
        within = vectors.T @ (vectors * inverse[:, None].astype(np.float32))
        middle = np.diag(1.0 / largest) + within.astype(np.float64)
        root = scipy.linalg.cholesky(middle, lower=True)
        factors = scipy.linalg.solve_triangular(root, vectors.T * inverse, lower=True).T
        single = np.ascontiguousarray(factors, dtype=np.float32)
        own = np.einsum("pk,pk->p", single, single, dtype=np.float64)
        return cls(single, own, inverse - own)

    def between(self, given: IntArray, asked: IntArray) -> Dense:
        """B of some given products (rows) for some asked ones (columns)."""
        rows, columns = (self.factors_[one].astype(np.float64) for one in (given, asked))
        weights = rows @ columns.T / self.diagonal_[asked]
        weights[given[:, None] == asked] = 0.0
        return np.asarray(weights)

    def score(self, purchases: sp.csr_array) -> Dense:
        """``XB`` for any purchases, shops x products."""
        factors = self.factors_.astype(np.float64)
        scores = (purchases @ factors) @ factors.T
        row = np.repeat(np.arange(purchases.shape[0]), np.diff(purchases.indptr))
        scores[row, purchases.indices] -= purchases.data * self.own_[purchases.indices]
        scores /= self.diagonal_
        return np.asarray(scores)


def eigenvectors(rows: sp.csr_array, rank: int) -> tuple[Single, Single]:
    """Largest eigenvalues of ``rowsᵀ @ rows`` above 0, and their vectors as columns."""
    wide = min(rank + SPARE, *rows.shape)
    across = sp.csr_array(rows.T.tocsr())
    drawn = np.random.default_rng(SEED).standard_normal((rows.shape[1], wide), dtype=np.float32)
    basis = _orthonormal(drawn)
    for _ in range(ROUNDS):
        basis = _orthonormal(across @ (rows @ basis))
    seen = rows @ basis
    values, small = scipy.linalg.eigh((seen.T @ seen).astype(np.float64))
    order = np.argsort(-values, kind="stable")[:rank]
    order = order[values[order] > 1e-6 * max(values.max(initial=0.0), 1e-30)]
    return values[order].astype(np.float32), basis @ small[:, order].astype(np.float32)


def _orthonormal(columns: Single) -> Single:
    found, _ = scipy.linalg.qr(columns, mode="economic", overwrite_a=True, check_finite=False)
    return np.asarray(found)


def _squares(rows: sp.csr_array) -> Dense:
    """Diagonal of ``rowsᵀ @ rows``."""
    square = rows.data.astype(np.float64) ** 2
    summed = np.bincount(rows.indices, square, minlength=rows.shape[1])
    return np.asarray(summed, dtype=np.float64)
