"""Weighted sums of a sparse matrix's rows, fast for one shop as well as for many."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.recommend.runs import ranges

IntArray = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]


def mix_rows(start: IntArray, rows: IntArray, weights: Floats, matrix: sp.csr_array) -> Floats:
    """For each asker the sum of some rows, each times its weight: askers x columns.

    The product of two sparse matrices; for a single asker without making the
    first one, which would take longer than the sum.

    Parameters
    ----------
    start
        Asker a names ``rows[start[a] : start[a + 1]]``, with as many ``weights``.

    >>> table = sp.csr_array(np.array([[1.0, 0.0, 2.0], [0.0, 5.0, 1.0]]))
    >>> mix_rows(np.array([0, 2]), np.array([0, 1]), np.array([10.0, 1.0]), table)
    array([[10.,  5., 21.]])
    """
    columns = matrix.shape[1]
    if len(start) == 2:
        first, stop = matrix.indptr[rows], matrix.indptr[rows + 1]
        cells = ranges(first, stop)
        values = matrix.data[cells] * np.repeat(weights, stop - first)
        mixed = np.bincount(matrix.indices[cells], values, minlength=columns)
        return mixed[None, :].astype(np.float64, copy=False)
    left = sp.csr_array((weights, rows, start), shape=(len(start) - 1, matrix.shape[0]))
    return np.asarray((left @ matrix).toarray())
