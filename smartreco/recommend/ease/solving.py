"""Linear algebra that the forms of EASE share."""

from __future__ import annotations

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
SPARSE_AT_ONCE = (
    384  # columns of a sparse Gram matrix: small, so that little above the diagonal is done
)
AT_ONCE = 1024  # rows or columns worked on in one go: bounds what is held beside the result


def filled(matrix: sp.csr_array) -> bool:
    """Whether so many cells are filled that dense products are the faster ones."""
    return bool(matrix.nnz > FILLED * np.prod(matrix.shape))


def blocks(size: int, most: int = AT_ONCE) -> list[slice]:
    """Slices of at most `most` that cover ``range(size)``."""
    return [slice(start, min(start + most, size)) for start in range(0, size, most)]


def gram_of(rows: sp.csr_array, dtype: type[Number]) -> npt.NDArray[Number]:
    """Lower triangle of ``rowsᵀ @ rows`` in Fortran order, by blocks: no second one beside it."""
    given, side = rows.astype(dtype), rows.shape[1]
    gram = np.zeros((side, side), dtype=dtype, order="F")
    if filled(rows):
        (add_square,) = scipy.linalg.get_blas_funcs(("syrk",), (gram,))
        for some in blocks(rows.shape[0]):
            across = given[some].toarray().T  # in Fortran order, as BLAS takes it
            gram = add_square(1.0, across, beta=1.0, c=gram, lower=True, overwrite_c=True)
        return gram
    columns, turned = given.tocsc(), sp.csr_array(given.T.tocsr())
    for some in blocks(side, SPARSE_AT_ONCE):
        below = slice(some.start, side)
        gram[below, some] = (turned[below] @ columns[:, some]).toarray()
    return gram


def inverse_of(positive: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Inverse of a symmetric positive definite matrix, which it may overwrite.

    Only the lower triangle is read.

    Raises
    ------
    numpy.linalg.LinAlgError
        The matrix is not positive definite.
    """
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
