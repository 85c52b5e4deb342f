"""Maximal marginal relevance: each next line is good and unlike those above it.

    next = argmax (1 - strength) * relevance - strength * max likeness to a line above

(Carbonell and Goldstein, SIGIR 1998). Relevance is the key, stretched to 0..1 over
the shop's pool; likeness is the cosine of two products' attributes, 0..1 as well.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp

from smartreco.recommend.rules.facts import Floats, Ints
from smartreco.recommend.rules.rule import Mask
from smartreco.recommend.runs import ranges

Likeness = Callable[[Ints], Floats]

ROWS = 20_000  # candidates of shops taken together: bounds memory at a few MB
FIRST = 1e6  # relevance of what is pinned: nothing goes before it
AHEAD = 3.0  # above what relevance and likeness can make up: both lie within 0..1


def varied(
    keys: Floats, pool: Ints, places: int, strength: float, features: sp.csr_array, pinned: Ints,
    ahead: Mask | None = None,
) -> Ints:  # fmt: skip
    """Each shop's pool with the chosen lines first and the others behind, in their old order.

    Parameters
    ----------
    keys
        Shops x products.
    pool
        Shops x candidates: positions, best first, -1 beyond the end.
    places
        Lines to choose.
    ahead
        Products whose lines stay before all others that are not pinned.
    """
    shops, width = pool.shape
    if not width or not shops:
        return pool
    at_once = max(1, ROWS // width)
    parts = [
        _varied(keys[start : start + at_once], pool[start : start + at_once], places, strength,
                features, pinned, ahead)
        for start in range(0, shops, at_once)
    ]  # fmt: skip
    return np.vstack(parts)


def _varied(
    keys: Floats, pool: Ints, places: int, strength: float, features: sp.csr_array, pinned: Ints,
    ahead: Mask | None,
) -> Ints:  # fmt: skip
    own = np.take_along_axis(keys, np.maximum(pool, 0), axis=1)
    likeness = Carried(pool, features).likeness
    return vary(own, pool, places, strength, likeness, pinned, ahead)


def vary(
    own: Floats, pool: Ints, places: int, strength: float, likeness: Likeness, pinned: Ints,
    ahead: Mask | None = None,
) -> Ints:  # fmt: skip
    """The same where each candidate's key and the likeness of two are at hand.

    Parameters
    ----------
    own
        Shops x candidates: key of each.
    likeness
        From one candidate of each shop, by its place in the pool, to its likeness with all of
        them: shops x candidates.
    """
    shops, width = pool.shape
    row = np.arange(shops)
    worth = _worth(own, pool, 1.0 - strength, pinned, ahead)
    closest = np.zeros((shops, width))
    place = np.broadcast_to(np.arange(places, places + width), pool.shape).copy()
    for step in range(min(places, width)):
        chosen = np.argmax(worth - closest, axis=1)
        some = worth[row, chosen] > -np.inf
        place[row[some], chosen[some]] = step
        worth[row, chosen] = -np.inf
        np.maximum(closest, strength * likeness(chosen), out=closest)
    return np.asarray(np.take_along_axis(pool, np.argsort(place, axis=1, kind="stable"), axis=1))


def _worth(own: Floats, pool: Ints, weight: float, pinned: Ints, ahead: Mask | None) -> Floats:
    """Weighted relevance; pinned lines stand above all others, -inf where there is no line."""
    fixed = (pool >= 0) & np.isin(pool, pinned)
    free = (pool >= 0) & ~fixed
    if ahead is None:
        worth = weight * _stretched(own, free)
    else:
        first = ahead[np.maximum(pool, 0)]
        worth = np.where(
            first,
            AHEAD + weight * _stretched(own, free & first),
            weight * _stretched(own, free & ~first),
        )
    place = FIRST - np.arange(pool.shape[1])
    return np.where(fixed, place, np.where(free, worth, -np.inf))


def _stretched(keys: Floats, among: Mask) -> Floats:
    """Keys moved to 0..1 over some candidates of each shop."""
    low = np.where(among, keys, np.inf).min(axis=1, keepdims=True)
    high = np.where(among, keys, -np.inf).max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1.0)
    return np.asarray((np.where(among, keys, 0.0) - np.where(np.isfinite(low), low, 0.0)) / span)


class Carried:
    """Attributes of each shop's candidates, laid out so that a step is a few passes over them.

    No matrix product: on a busy machine the threads of a BLAS wait for each other longer
    than so small a product takes, and sums in a fixed order make a shop's list the same
    alone and among others.
    """

    def __init__(self, pool: Ints, features: sp.csr_array) -> None:
        self._shape = pool.shape
        product = np.maximum(pool, 0).ravel()
        self._size = np.diff(features.indptr)[product].astype(np.int64)
        self._start = np.cumsum(self._size) - self._size
        at = ranges(features.indptr[product], features.indptr[product + 1])
        self._candidate = np.repeat(np.arange(len(product)), self._size)
        self._value = features.data[at]
        # a cell for each attribute of each shop
        shop = self._candidate // pool.shape[1]
        self._cell = shop * features.shape[1] + features.indices[at]
        self._held = np.zeros(pool.shape[0] * features.shape[1])

    def likeness(self, chosen: Ints) -> Floats:
        """Cosine of one candidate of each shop with all of them: shops x candidates."""
        shops, width = self._shape
        one = np.arange(shops) * width + chosen
        at = ranges(self._start[one], self._start[one] + self._size[one])
        self._held[self._cell[at]] = self._value[at]
        products = self._value * self._held[self._cell]
        self._held[self._cell[at]] = 0.0
        total = np.bincount(self._candidate, products, minlength=shops * width)
        return np.asarray(total.reshape(self._shape), dtype=np.float64)
