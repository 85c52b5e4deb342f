"""The best k of many, ties settled the same way every time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


def best(keys: npt.NDArray[np.floating], k: int) -> npt.NDArray[np.int64]:
    """Positions of the k largest keys of each row, best first, -1 where there are fewer.

    Equal keys keep the order of positions; a key of -inf is never taken.

    >>> best(np.array([[1.0, 3.0, 3.0, -np.inf]]), k=2)
    array([[1, 2]])
    >>> best(np.array([[-np.inf, 5.0, -np.inf]]), k=2)
    array([[ 1, -1]])
    """
    rows, columns = keys.shape
    ranked = np.full((rows, k), -1, dtype=np.int64)
    if not columns or not rows:
        return ranked
    places = min(k, columns)
    least = np.partition(keys, columns - places, axis=1)[:, columns - places]
    row, column = np.nonzero((keys >= least[:, None]) & np.isfinite(keys))
    order = np.lexsort((column, -keys[row, column], row))
    row, column = row[order], column[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    kept = place < k
    ranked[row[kept], place[kept]] = column[kept]
    return ranked


def rank_of(keys: npt.NDArray[np.float64], position: int) -> int | None:
    """Rank from 1 of one position among one row of keys; None where its key is -inf."""
    own = keys[position]
    if not np.isfinite(own):
        return None
    return int((keys > own).sum() + (keys[:position] == own).sum()) + 1
