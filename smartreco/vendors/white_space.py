"""What products could bring at shops that do not buy them: expected revenue and its limits.

Expected revenue of a pair is the chance of an order x pieces if it is taken up x price. A sum
of pairs varies because each may or may not come, and because windows differ: a season, a
campaign, a bad summer move many pairs at once. How much of each is learned from past windows
that were foretold in the same way, so that 80 % limits hold 80 times of 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import gamma

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LOW, HIGH = 0.1, 0.9
SHARED: Final = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7)
OWN: Final = (0.8, 1.0, 1.25, 1.6, 2.0, 2.5, 3.2, 4.0)
USUAL_SHARED, USUAL_OWN = 0.2, 1.25  # believed before any window was seen
BELIEF: Final = 0.02  # of the interval score for a spread that is one good step off the usual
FEW: Final = 10.0  # sums of one kind below which they weigh little


@dataclass(frozen=True)
class Sums:
    """Sums of pairs: revenue expected, its variance if pairs were alone, orders expected."""

    expected: Floats
    variance: Floats
    orders: Floats

    def joined(self, group: Ints, groups: int) -> Sums:
        """Added up further."""

        def added(part: Floats) -> Floats:
            return np.asarray(np.bincount(group, part, minlength=groups), dtype=np.float64)

        return Sums(added(self.expected), added(self.variance), added(self.orders))


@dataclass(frozen=True, slots=True)
class Spread:
    """How sums vary beyond what pairs alone would.

    Attributes
    ----------
    shared
        Standard deviation that all pairs of a sum have in common, as a share of it.
    own
        What the variance of pairs alone is multiplied by.
    """

    shared: float = USUAL_SHARED
    own: float = USUAL_OWN

    def variance(self, sums: Sums) -> Floats:
        """Of each sum."""
        return self.own * sums.variance + (self.shared * sums.expected) ** 2

    def limits(self, sums: Sums) -> tuple[Floats, Floats]:
        """80 % limits: nothing with the chance that no pair comes, else a gamma."""
        none = np.exp(-sums.orders)
        some = np.maximum(1.0 - none, 1e-12)
        mean = sums.expected / some
        second = (self.variance(sums) + sums.expected**2) / some
        variance = np.maximum(second - mean**2, 1e-9 * mean**2 + 1e-300)
        shape = np.maximum(mean**2, 1e-300) / variance
        scale = variance / np.maximum(mean, 1e-300)

        def quantile(level: float) -> Floats:
            above = np.clip((level - none) / some, 0.0, 1.0)
            found = gamma.ppf(above, np.maximum(shape, 1e-6), scale=scale)
            return np.where((level <= none) | (sums.expected <= 0), 0.0, found)

        return quantile(LOW), quantile(HIGH)


def pair_sums(
    chance: Floats, value: Floats, spread: float, row: Ints, rows: int
) -> tuple[Floats, Floats, Floats]:
    """Add pairs up by rows of shops.

    Parameters
    ----------
    chance, value
        Shops x products: of an order, and what it brings, currency.
    spread
        Squared variation of the value.
    row
        Of each shop, such as its cell or region.

    Returns
    -------
    Rows x products each: expected revenue, its variance if pairs were alone, expected orders.
    """
    expected = chance * value
    variance = chance * value**2 * (1.0 + spread) - expected**2
    member = np.zeros((rows, len(row)))
    member[row, np.arange(len(row))] = 1.0
    return member @ expected, member @ variance, member @ chance


def learn_spread(foretold: Sequence[tuple[Sums, Floats]]) -> Spread:
    """Learn from sums of past windows: what was expected, and what came.

    The pair of `SHARED` x `OWN` whose limits score best: narrow limits are good, and what
    comes outside costs ten times as much as it lies outside (Gneiting and Raftery, "Strictly
    proper scoring rules", 2007, the interval score). A single shop's lorry load then does not
    widen everybody's limits, as it would by squared errors.

    Parameters
    ----------
    foretold
        Each element is one way to add up (regions of vendors, vendors, all) in one window; it
        weighs the more, the more sums it has.
    """
    seen = [(sums, came) for sums, came in foretold if (sums.expected > 0).any()]

    def lack(tried: Spread) -> float:
        scores = sum(_weight(sums) * _score(tried, sums, came) for sums, came in seen)
        return scores + BELIEF * _unusual(tried)

    tried = [Spread(shared, own) for shared in SHARED for own in OWN]
    return min([Spread(), *tried], key=lack)


def _weight(sums: Sums) -> float:
    cases = int((sums.expected > 0).sum())
    return cases / (cases + FEW)


def _score(spread: Spread, sums: Sums, came: Floats) -> float:
    """Mean interval score of 80 % limits, as a share of what is expected."""
    low, high = spread.limits(sums)
    outside = np.maximum(low - came, 0.0) + np.maximum(came - high, 0.0)
    score = high - low + outside / LOW
    return float(score.sum() / sums.expected.sum())


def _unusual(spread: Spread) -> float:
    """How far it is from what is believed, 1 a good step off."""
    return float(
        (np.log2(spread.own / USUAL_OWN)) ** 2 + ((spread.shared - USUAL_SHARED) / 0.15) ** 2
    )
