"""Statistics of many small groups at once, without a Python loop over the groups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.integer]
VALUE_BITS = 21  # group and value share one 64-bit key, so that one sort orders both
LARGEST = (1 << VALUE_BITS) - 1


def run_starts(*keys: IntArray) -> npt.NDArray[np.int64]:
    """Row of the first member of each run of equal keys, then the number of rows.

    >>> run_starts(np.array([4, 4, 7]), np.array([0, 1, 1]))
    array([0, 1, 2, 3])
    >>> run_starts(np.array([4, 4, 7]))
    array([0, 2, 3])
    """
    rows = len(keys[0])
    new = np.zeros(rows, dtype=bool)
    new[:1] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.append(np.flatnonzero(new), rows)


def grouped_median(group: IntArray, value: IntArray, groups: int) -> npt.NDArray[np.float64]:
    """Median of whole values per group; NaN where a group has none.

    Parameters
    ----------
    group
        Group number of each value, 0..groups-1, in any order.
    value
        Whole numbers from 0 to 2 million; larger ones count as 2 million.

    >>> grouped_median(np.array([0, 2, 0, 0]), np.array([7, 5, 1, 2]), groups=3)
    array([ 2., nan,  5.])
    """
    ordered = group.astype(np.int64)  # worked on in place: it is as long as all orders
    ordered <<= VALUE_BITS
    ordered |= np.clip(value, 0, LARGEST)
    ordered.sort()
    ordered &= LARGEST
    size = np.bincount(group, minlength=groups)
    start = np.cumsum(size) - size
    some = size > 0
    low, high = (start + (size - 1) // 2)[some], (start + size // 2)[some]
    median = np.full(groups, np.nan)
    median[some] = (ordered[low] + ordered[high]) / 2
    return median


def ranges(start: IntArray, stop: IntArray) -> npt.NDArray[np.int64]:
    """All whole numbers of several ranges in a row.

    >>> ranges(np.array([3, 10]), np.array([5, 13]))
    array([ 3,  4, 10, 11, 12])
    """
    size = stop - start
    first = np.cumsum(size) - size
    return np.asarray(np.arange(size.sum()) + np.repeat(start - first, size), dtype=np.int64)
