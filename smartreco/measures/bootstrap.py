"""How sure a difference between two models is, when both served the same shops."""

from __future__ import annotations

from collections.abc import Iterator
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


def bands(
    values: npt.NDArray[np.float64],
    rng: np.random.Generator,
    level: float = 0.95,
    draws: int = 1000,
) -> npt.NDArray[np.float64]:
    """Percentile intervals of the means of several measures over the same shops.

    All columns share their draws, so intervals of models beside each other move together.

    Parameters
    ----------
    values
        Shops x measures; NaN where a shop has no measure.

    Returns
    -------
    Measures x 2: low and high, NaN for a column without a value.

    >>> bands(np.array([[.5, np.nan], [.5, 1.0]]), np.random.default_rng(0)).tolist()
    [[0.5, 0.5], [1.0, 1.0]]
    """
    known = np.isfinite(values)
    return ratio_bands(np.where(known, values, 0.0), known.astype(np.float64), rng, level, draws)


def ratio_bands(
    above: npt.NDArray[np.float64],
    below: npt.NDArray[np.float64],
    rng: np.random.Generator,
    level: float = 0.95,
    draws: int = 1000,
) -> npt.NDArray[np.float64]:
    """The same for ratios of sums over shops, such as hits over places of a category.

    Parameters
    ----------
    above, below
        Shops x measures; a draw in which all below is 0 is left out.
    """
    found = [
        _over(weight @ above, weight @ below) for weight in shop_weights(len(above), rng, draws)
    ]
    if not found or not above.shape[1]:
        return np.full((above.shape[1], 2), np.nan)
    drawn = np.vstack(found)
    made = np.full((above.shape[1], 2), np.nan)
    there = np.isfinite(drawn).any(axis=0)
    ends = [(1 - level) / 2, (1 + level) / 2]
    if there.any():
        made[there] = np.nanquantile(drawn[:, there], ends, axis=0).T.round(12)
    return made


def shop_weights(
    shops: int, rng: np.random.Generator, draws: int
) -> Iterator[npt.NDArray[np.float64]]:
    """How often each shop is drawn: blocks of draws x shops; each row sums to the shops."""
    if not shops:
        return
    for some in _parts(draws, most=max(1, 4_000_000 // shops)):
        drawn = rng.integers(shops, size=(some, shops)) + shops * np.arange(some)[:, None]
        times = np.bincount(drawn.ravel(), minlength=some * shops)
        yield times.reshape(some, shops).astype(np.float64)


def _over(
    above: npt.NDArray[np.float64], below: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, above / below, np.nan)


def _parts(total: int, most: int) -> list[int]:
    """Cut `total` draws into parts of at most `most`, so that memory stays bounded."""
    return [min(most, total - start) for start in range(0, total, most)]
