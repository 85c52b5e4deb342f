"""How far each component tells products apart for each shop, at any damping of best-sellers.

A weight is divided by the spread of its component over all that a list may hold, so a pool of
near products does not suffice to mix scores. Means and covariances over the whole list are
worked out once for every step of damping: damping multiplies the scores of a product by one
number, so all steps are one product of matrices. Between two steps they are interpolated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.recommend.damping import DAMPED, POWERS
from smartreco.recommend.market import Market

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

STEPS: Final = (0.0, *POWERS)
"""Powers of damping that are worked out; those between are interpolated."""


@dataclass(frozen=True)
class Moments:
    """Of each shop's scores at one power of damping.

    Attributes
    ----------
    mean
        Components x shops.
    together
        Components x components x shops: covariances.
    """

    mean: Singles
    together: Singles

    @property
    def width(self) -> Singles:
        """Components x shops: standard deviations."""
        return np.asarray(np.sqrt(np.einsum("ccs->cs", self.together)))


@dataclass(frozen=True)
class Spreads:
    """The same at every step.

    Attributes
    ----------
    mean
        Steps x components x shops.
    together
        Steps x components x components x shops.
    loudest
        Components x shops: largest score, to tell a spread from rounding.
    """

    mean: Singles
    together: Singles
    loudest: Singles

    @classmethod
    def of(cls, components: Mapping[str, Floats], mask: Mask, market: Market) -> Spreads:
        """Read them off some shops' scores that nothing damps yet.

        Parameters
        ----------
        components
            Shops x products by name.
        mask
            Shops x products: what the list may hold.
        """
        names = list(components)
        many = np.maximum(mask.sum(axis=1), 1)[:, None]
        by = [np.stack([market.damping(step) ** times for step in STEPS]).T for times in range(3)]
        times = [int(name in DAMPED) for name in names]
        held = [np.where(mask, components[name], 0.0) for name in names]
        mean = np.stack([one @ by[n] / many for one, n in zip(held, times, strict=True)])
        together = np.zeros((len(names), *mean.shape))
        for one, other in combinations_with_replacement(range(len(names)), 2):
            square = (held[one] * held[other]) @ by[times[one] + times[other]] / many
            found = square - mean[one] * mean[other]
            if one == other:
                found = np.maximum(found, 0.0)
            together[one, other] = together[other, one] = found
        loudest = [np.abs(components[name]).max(axis=1, initial=0.0) for name in names]
        return cls(
            np.moveaxis(mean, -1, 0).astype(np.float32),
            np.moveaxis(together, -1, 0).astype(np.float32),
            np.stack(loudest).astype(np.float32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Spreads]) -> Spreads:
        """Blocks of shops one after the other."""
        return cls(
            np.concatenate([one.mean for one in parts], axis=-1),
            np.concatenate([one.together for one in parts], axis=-1),
            np.concatenate([one.loudest for one in parts], axis=-1),
        )

    def at(self, power: float) -> Moments:
        """At any power of damping from 0 to the last step."""
        upper = int(np.searchsorted(STEPS, power - 1e-9))
        if upper == 0 or abs(STEPS[min(upper, len(STEPS) - 1)] - power) < 1e-9:
            return Moments(self.mean[upper], self.together[upper])
        part = np.float32((power - STEPS[upper - 1]) / (STEPS[upper] - STEPS[upper - 1]))
        return Moments(
            *((1 - part) * one[upper - 1] + part * one[upper] for one in (self.mean, self.together))
        )
