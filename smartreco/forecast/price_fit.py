"""Quasi-Poisson regressions with a product effect, one a product, all solved at once.

Newton's method on stacked normal equations: thousands of small fits in one array
operation a step (McCullagh and Nelder 1989, chapters 6 and 9).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats

ROUNDS: Final = 25
SETTLING: Final = 2  # rounds before residuals tell a dispersion
STEP: Final = 2.0  # longest step of one round, in any coefficient
ENOUGH: Final = 1e-5
JITTER: Final = 1e-9
NEXT_TO_NOTHING: Final = 1e-3  # precision that keeps a slope without any information finite
FLOOR: Final = 0.05  # of a product's mean, below which a week's variance is not taken as smaller


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of each coefficient: mean and precision, products x coefficients."""

    mean: Floats
    precision: Floats


@dataclass(frozen=True, slots=True)
class Told:
    """What the weeks alone say of the slopes, no belief in it: a normal likelihood near a fit.

    Measured near what is believed and not at each product's own best slope: where weeks
    tell little, that best lies far out, and how sure it seems to be depends on where it lies.

    Attributes
    ----------
    information
        Inverse covariance: products x regressors x regressors.
    pull
        Information times the likeliest slopes: products x regressors.
    """

    information: Floats
    pull: Floats

    def calmed(self, factor: float) -> Told:
        """The same with variances `factor` times as large."""
        return Told(self.information / factor, self.pull / factor)

    def alone(self, at: int, mean: Floats, spread: Floats) -> tuple[Floats, Floats]:
        """One slope and its variance, with next to nothing believed of it itself.

        Parameters
        ----------
        mean, spread
            What is believed of the other slopes: products x regressors, and regressors.
        """
        belief = np.where(np.arange(len(spread)) == at, NEXT_TO_NOTHING, 1 / spread**2)
        made = np.linalg.inv(self.information + np.diag(belief))
        slope = np.einsum("nl,nl->n", made[:, at], self.pull + belief * mean)
        return np.asarray(slope), np.asarray(made[:, at, at])


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients of every product.

    Attributes
    ----------
    coefficients
        Products x (regressors + 1); the last is the product's own level.
    covariance
        Products x regressors x regressors, at this dispersion and prior.
    dispersion
        Variance of a week beside its mean, in units of the product's mean.
    """

    coefficients: Floats
    covariance: Floats
    dispersion: Floats

    @property
    def slopes(self) -> Floats:
        """Coefficients without the level."""
        return self.coefficients[:, :-1]

    @property
    def variances(self) -> Floats:
        """Variance of each slope."""
        return np.asarray(np.einsum("nkk->nk", self.covariance))

    def told(self, prior: Prior) -> Told:
        """What is left of the fit without the prior that it was made with."""
        believed: Floats = np.asarray(np.linalg.inv(self.covariance), dtype=np.float64)
        pull = np.einsum("nkl,nl->nk", believed, self.slopes) - prior.precision * prior.mean
        at = np.arange(prior.mean.shape[1])
        believed[:, at, at] -= prior.precision
        return Told(believed, np.asarray(pull))


@dataclass(frozen=True, slots=True)
class Data:
    """Units (products x weeks), regressors (products x weeks x k) and weights (0 or 1)."""

    units: Floats
    design: Floats
    counts: Floats

    @property
    def scaled(self) -> Floats:
        """Units as multiples of the product's mean."""
        many = np.maximum(self.counts.sum(axis=1), 1)
        mean = np.maximum((self.units * self.counts).sum(axis=1) / many, 1e-9)
        return np.asarray(self.units / mean[:, None])

    def without(self, weeks: slice) -> Data:
        """All but some weeks."""
        counts = self.counts.copy()
        counts[:, weeks] = 0.0
        return replace(self, counts=counts)


def fit(
    data: Data,
    prior: Prior,
    dispersion: Floats | None = None,
    start: Floats | None = None,
    rounds: int = ROUNDS,
) -> Fit:
    """Most likely coefficients under a prior.

    Parameters
    ----------
    dispersion
        Of each product; None: found from the residuals.
    start
        Coefficients to begin with.
    """
    n, _, k = data.design.shape
    x = np.concatenate([data.design, np.ones((*data.units.shape, 1))], axis=2)
    y, weight = data.scaled, data.counts
    believed = np.concatenate([prior.mean, np.zeros((n, 1))], axis=1)
    precise = np.concatenate([prior.precision, np.full((n, 1), 1e-6)], axis=1)
    b = np.zeros((n, k + 1)) if start is None else start.copy()
    phi = np.ones(n) if dispersion is None else dispersion
    for turn in range(rounds):
        mean = _mean(x, b)
        if dispersion is None and turn >= SETTLING:
            phi = _dispersion(y, mean, weight, k + 1)
        curvature = _curvature(x, mean * weight / phi[:, None], precise)
        slope = np.einsum("ntk,nt->nk", x, weight * (y - mean) / phi[:, None])
        step = np.linalg.solve(curvature, (slope - precise * (b - believed))[:, :, None])[:, :, 0]
        longest = np.abs(step).max(axis=1, keepdims=True)
        b = b + step * np.minimum(1.0, STEP / np.maximum(longest, JITTER))
        if turn > SETTLING and longest.max(initial=0.0) < ENOUGH:
            break
    curvature = _curvature(x, _mean(x, b) * weight / phi[:, None], precise)
    return Fit(b, np.asarray(np.linalg.inv(curvature)[:, :k, :k], dtype=np.float64), phi)


def _mean(x: Floats, b: Floats) -> Floats:
    return np.asarray(np.exp(np.clip(np.einsum("ntk,nk->nt", x, b), -8.0, 6.0)))


def _dispersion(y: Floats, mean: Floats, weight: Floats, used: int) -> Floats:
    squares = (weight * (y - mean) ** 2 / np.maximum(mean, FLOOR)).sum(axis=1)
    return np.asarray(np.maximum(squares / np.maximum(weight.sum(axis=1) - used, 1), 1e-3))


def _curvature(x: Floats, weight: Floats, precise: Floats) -> Floats:
    made = np.matmul((x * weight[:, :, None]).transpose(0, 2, 1), x)
    at = np.arange(x.shape[2])
    made[:, at, at] += precise + JITTER
    return np.asarray(made)
