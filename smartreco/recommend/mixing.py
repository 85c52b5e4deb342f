"""Rows of a sparse matrix, and weighted sums of them, fast for a few rows as well as for many."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.recommend.runs import ranges

IntArray = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]

FEW: Final = 8  # askers: a basket's products as well as one shop
DENSE: Final = 5  # to pick a cell takes so many times as long as to pass over it


def mix_rows(start: IntArray, rows: IntArray, weights: Floats, matrix: sp.csr_array) -> Floats:
    """For each asker the sum of some rows, each times its weight: askers x columns.

    The product of two sparse matrices; for a few askers without making the
    first one, which would take longer than the sums.

    Parameters
    ----------
    start
        Asker a names ``rows[start[a] : start[a + 1]]``, with as many ``weights``.

    >>> table = sp.csr_array(np.array([[1.0, 0.0, 2.0], [0.0, 5.0, 1.0]]))
    >>> mix_rows(np.array([0, 2]), np.array([0, 1]), np.array([10.0, 1.0]), table)
    array([[10.,  5., 21.]])
    """
    askers, columns = len(start) - 1, matrix.shape[1]
    if askers > FEW:
        left = sp.csr_array((weights, rows, start), shape=(askers, matrix.shape[0]))
        return np.asarray((left @ matrix).toarray())
    first, stop = matrix.indptr[rows], matrix.indptr[rows + 1]
    size = stop - first
    if askers == 1 and DENSE * int(size.sum()) > matrix.nnz:
        by = np.bincount(rows, weights, minlength=matrix.shape[0])
        return np.asarray(matrix.T @ by, dtype=np.float64)[None, :]
    cells = ranges(first, stop)
    values = matrix.data[cells] * np.repeat(weights, size)
    column = matrix.indices[cells]
    if askers > 1:
        column = column + np.repeat(np.repeat(np.arange(askers) * columns, np.diff(start)), size)
    mixed = np.bincount(column, values, minlength=askers * columns)
    return np.asarray(mixed, dtype=np.float64).reshape(askers, columns)


def dense_rows(matrix: sp.csr_array, rows: IntArray) -> Floats:
    """Some rows of a sparse matrix written out: rows x columns.

    Taking rows of a sparse matrix makes another one, which takes longer than the rows.

    >>> dense_rows(sp.csr_array(np.array([[1.0, 0.0, 2.0], [0.0, 5.0, 1.0]])), np.array([1]))
    array([[0., 5., 1.]])
    """
    first, stop = matrix.indptr[rows], matrix.indptr[rows + 1]
    cells = ranges(first, stop)
    found = np.zeros((len(rows), matrix.shape[1]))
    found[np.repeat(np.arange(len(rows)), stop - first), matrix.indices[cells]] = matrix.data[cells]
    return found
