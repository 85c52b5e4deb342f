"""How sure a difference between two models is, when both served the same shops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of ours minus theirs over shops, with a bootstrap interval."""

    mean: float
    low: float
    high: float
    shops: int


def paired_difference(
    ours: npt.NDArray[np.float64],
    theirs: npt.NDArray[np.float64],
    rng: np.random.Generator,
    level: float = 0.95,
    draws: int = 2000,
) -> Difference:
    """Draw shops with replacement; both models keep the same shops in each draw.

    Shops without a measure (NaN) in either are left out. With the same gain at
    every shop nothing is left to chance:

    >>> paired_difference(np.array([.4, .6]), np.array([.3, .5]), np.random.default_rng(0))
    Difference(mean=0.1, low=0.1, high=0.1, shops=2)
    """
    gain = ours - theirs
    gain = gain[np.isfinite(gain)].round(12)
    if not len(gain):
        return Difference(np.nan, np.nan, np.nan, 0)
    means = np.concatenate(
        [
            gain[rng.integers(len(gain), size=(some, len(gain)))].mean(axis=1)
            for some in _parts(draws, most=max(1, 4_000_000 // len(gain)))
        ]
    )
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    mean, low, high = (round(float(x), 12) for x in (gain.mean(), low, high))
    return Difference(mean, low, high, len(gain))


def standard_error(gain: npt.NDArray[np.float64]) -> float:
    """Standard error of a mean, NaN left out; infinite below two values.

    >>> round(standard_error(np.array([1.0, 2.0, 3.0, np.nan])), 3)
    0.577
    """
    known = gain[np.isfinite(gain)]
    return float(known.std(ddof=1) / np.sqrt(len(known))) if len(known) > 1 else np.inf


def _parts(total: int, most: int) -> list[int]:
    """Cut `total` draws into parts of at most `most`, so that memory stays bounded."""
    return [min(most, total - start) for start in range(0, total, most)]
