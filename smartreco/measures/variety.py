"""What lists show beside what they hit: how unusual, how varied, and whose products.

A model that shows everyone the ten bestsellers may score well and still teach no
shop anything. As in `ranking`, ``ranked`` holds shops x k product positions, best
first, -1 where a list is shorter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Ranked = npt.NDArray[np.integer]
Measured = npt.NDArray[np.float64]


def novelty(ranked: Ranked, buyers: npt.NDArray[np.integer], shops: int) -> Measured:
    """Mean self-information of each list, in bits: -log2(share of shops that buy the product).

    A product that all buy tells nothing, one that a quarter buy 2 bits (Zhou et al.
    2010). A product nobody bought counts as if one shop had; an empty list is NaN.

    >>> novelty(np.array([[0, 1], [2, -1]]), buyers=np.array([8, 2, 1]), shops=8)
    array([1., 3.])
    """
    share = np.maximum(buyers, 1) / max(shops, 1)
    listed = ranked >= 0
    bits = np.where(listed, -np.log2(share)[np.maximum(ranked, 0)], 0.0)
    return _mean(bits.sum(axis=1), listed.sum(axis=1))


def diversity(ranked: Ranked, attributes: sp.csr_array) -> Measured:
    """Mean of 1 - cosine over the pairs of each list, by attributes (Ziegler et al. 2005).

    0: all products of a list are alike; 1: no two share an attribute. A list of fewer
    than two products has no pair: NaN.

    Parameters
    ----------
    attributes
        Products x attributes, 0 or above. A product without any is like no other.

    Notes
    -----
    With unit vectors a, the cosines of all pairs sum to (|Σa|² - Σ|a|²) / 2, so no
    pair is formed.

    >>> kinds = sp.csr_array([[1, 0], [1, 0], [0, 1]])
    >>> diversity(np.array([[0, 1, -1], [0, 1, 2], [0, -1, -1]]), kinds).round(3)
    array([0.   , 0.667,   nan])
    """
    row, place = np.nonzero(ranked >= 0)
    one = np.ones(len(row))
    listed = sp.csr_array((one, (row, ranked[row, place])), (len(ranked), attributes.shape[0]))
    unit = _unit(attributes)
    total = _squares(sp.csr_array(listed @ unit))
    alone = listed @ _squares(unit)
    many = (ranked >= 0).sum(axis=1)
    return 1.0 - _mean(total - alone, many * (many - 1))


def places(ranked: Ranked, group: npt.NDArray[np.integer], groups: int) -> npt.NDArray[np.int64]:
    """Number of places that each group of products (a vendor's, a category's) gets.

    Parameters
    ----------
    group
        Group of each product; -1: of none.

    >>> places(np.array([[0, 1], [0, -1]]), group=np.array([1, 0]), groups=3)
    array([1, 2, 0])
    """
    of = group[ranked[ranked >= 0]]
    return np.bincount(of[of >= 0], minlength=groups).astype(np.int64)


def gini(amounts: npt.NDArray[np.number]) -> float:
    """How unevenly a total is spread: 0 all alike, towards 1 all on one (Gini 1912).

    NaN where there is nothing to spread.

    >>> gini(np.array([1, 1, 1, 1])), gini(np.array([0, 0, 0, 1]))
    (0.0, 0.75)
    """
    ordered = np.sort(amounts.astype(np.float64))
    if not ordered.sum():
        return float("nan")
    weight = 2.0 * np.arange(1, len(ordered) + 1) - len(ordered) - 1.0
    return float(weight @ ordered / (len(ordered) * ordered.sum()))


def lorenz(amounts: npt.NDArray[np.number], steps: int) -> Measured:
    """Share of a total that the least x of all holders have, x = 0, 1/steps, .. 1 (Lorenz 1905).

    The straight line says that all have alike; the area between them, doubled, is `gini`.
    Between two holders the curve is straight. NaN where there is nothing to spread.

    >>> lorenz(np.array([3, 1]), steps=4)
    array([0.   , 0.125, 0.25 , 0.625, 1.   ])
    """
    ordered = np.sort(amounts.astype(np.float64))
    if not ordered.sum():
        return np.full(steps + 1, np.nan)
    held = np.concatenate(([0.0], np.cumsum(ordered))) / ordered.sum()
    at = np.linspace(0.0, 1.0, steps + 1)
    return np.asarray(np.interp(at, np.linspace(0.0, 1.0, len(held)), held))


def _unit(attributes: sp.csr_array) -> sp.csr_array:
    length = np.sqrt(_squares(attributes))
    return sp.csr_array(attributes.multiply(1.0 / np.where(length > 0, length, 1.0)[:, None]))


def _squares(matrix: sp.csr_array) -> Measured:
    return np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64)


def _mean(total: npt.ArrayLike, many: npt.NDArray[np.integer]) -> Measured:
    return np.where(many > 0, np.asarray(total) / np.maximum(many, 1), np.nan)
