"""How many pieces a shop usually orders of a product."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from smartreco.recommend.runs import grouped_median, ranges

IntArray = npt.NDArray[np.integer]
LATEST = 8  # orders that decide: habits change, and old orders should not
CASE_SHARE = 0.5  # from this share of orders in whole cases a shop is said to buy in cases


def usual_quantity(
    quantity: npt.NDArray[np.floating], bounds: IntArray, case_size: IntArray
) -> npt.NDArray[np.int32]:
    """Median of the latest orders of each pair, in whole cases where it buys in cases.

    Parameters
    ----------
    quantity
        Pieces of each purchase, sorted by pair, then day.
    bounds
        First row of each pair, then the number of rows (`runs.run_starts`).
    case_size
        Pieces in a case of each pair's product.
    """
    pairs, size = len(bounds) - 1, np.diff(bounds)
    latest = np.minimum(size, LATEST)
    pair = np.repeat(np.arange(pairs, dtype=np.int32), latest)
    pieces = np.rint(quantity[ranges(bounds[1:] - latest, bounds[1:])]).astype(np.int64)
    usual = np.maximum(np.nan_to_num(grouped_median(pair, pieces, pairs)), 1)
    whole = np.bincount(pair, pieces % case_size[pair] == 0, minlength=pairs)
    in_cases = whole >= CASE_SHARE * latest
    return np.where(in_cases, whole_cases(usual, case_size), np.ceil(usual)).astype(np.int32)


def whole_cases(pieces: npt.NDArray[np.floating], case_size: IntArray) -> npt.NDArray[np.float64]:
    """Pieces rounded to cases, at least one.

    >>> whole_cases(np.array([1.0, 17.0, 19.0]), np.array([12, 12, 12]))
    array([12., 12., 24.])
    """
    cases = np.floor(np.asarray(pieces) / case_size + 0.5)
    return np.maximum(cases, 1) * case_size


def typical_quantity(
    product: IntArray, quantity: IntArray, case_size: IntArray
) -> npt.NDArray[np.int32]:
    """Usual order of the shops that buy a product, at least one whole case.

    Parameters
    ----------
    product, quantity
        Product and usual pieces of each pair of shop and product.
    case_size
        Pieces in a case of each product; the result has one entry a product.
    """
    median = np.nan_to_num(grouped_median(product, quantity, len(case_size)))
    return whole_cases(median, case_size).astype(np.int32)
