"""Random numbers that are looked up, not drawn in turn.

A stream of draws ties everything to everything: one product more, and every later
number changes. Here each number is a function of (seed, stream, indexes), so that
retailer 7 keeps her tastes and her luck in week 31 whatever happens elsewhere; two
worlds that differ in one lever differ only through that lever.

The function is the finaliser of SplitMix64 (Steele, Lea and Flood 2014) chained over
the indexes, used as a counter-based generator (Salmon et al. 2011). It is vectorised
and needs no state.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Index = int | npt.NDArray[np.integer[Any]]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def _mix(keys: Keys) -> Keys:
    """SplitMix64's finaliser, in place on a fresh array."""
    keys ^= keys >> np.uint64(30)
    keys *= _FIRST
    keys ^= keys >> np.uint64(27)
    keys *= _SECOND
    keys ^= keys >> np.uint64(31)
    return keys


def extend(keys: Keys, index: Index) -> Keys:
    """Keys one index deeper; `keys` and `index` broadcast."""
    steps = (np.atleast_1d(index).astype(np.uint64) + np.uint64(1)) * _STEP
    return _mix(np.asarray(keys + steps))


def to_uniform(keys: Keys) -> Floats:
    """Numbers in the open interval (0, 1) from mixed keys."""
    return ((keys >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


class Randomness:
    """All random numbers of one world.

    Parameters
    ----------
    seed
        Names the world; any integer.
    """

    def __init__(self, seed: int) -> None:
        self._root = _mix(np.array([seed % 2**64], dtype=np.uint64))

    def keys(self, stream: str, *indexes: Index) -> Keys:
        """Keys of a stream at broadcast indexes, to be extended further or made numbers."""
        keys = extend(self._root, zlib.crc32(stream.encode()))
        for index in indexes:
            keys = extend(keys, index)
        return keys

    def uniform(self, stream: str, *indexes: Index) -> Floats:
        """Uniform numbers in (0, 1), one for each of the broadcast indexes."""
        return to_uniform(self.keys(stream, *indexes))

    def normal(self, stream: str, *indexes: Index) -> Floats:
        """Standard normal numbers, one for each of the broadcast indexes."""
        return np.asarray(ndtri(self.uniform(stream, *indexes)))

    def choice(self, weights: Sequence[float] | Floats, stream: str, *indexes: Index) -> Ints:
        """Positions 0..len(weights)-1 with the given relative weights."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        draws = self.uniform(stream, *indexes) * edges[-1]
        places = np.searchsorted(edges, draws, side="right")
        return np.asarray(np.minimum(places, len(edges) - 1))


def word_codes(words: Sequence[str]) -> Ints:
    """A number for each word that does not depend on the other words."""
    return np.array([zlib.crc32(word.encode()) for word in words], dtype=np.int64)


def unit_mean(normal: Floats, sigma: float) -> Floats:
    """Lognormal multipliers with mean one."""
    return np.asarray(np.exp(sigma * normal - sigma**2 / 2))
