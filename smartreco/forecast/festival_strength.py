"""How strong each festival is: a regression beside level, trend and year, shrunk by evidence.

All festivals are fitted at once, so that two within a month share what came between them,
and together with what would have been without them: a line, a slow drift and a smooth year
(a Gaussian process), never measured from a mean that holds the festival. A festival is
drawn to what festivals do, all to nothing. How hard is not chosen but averaged over, each
prior weighed by how likely it makes what was seen (empirical Bayes), so that two
occurrences, or one, count for what they are worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Mask

YEAR: Final = 52.18  # weeks
SHORTEST_YEAR: Final = 60  # weeks, below which a year cannot be told from a drift
DRIFT_WEEKS: Final = 8.0
YEAR_SPREAD: Final = 0.3  # of half a year: how smooth the year is
AGREES: Final = 0.5  # correlation of festivals' strengths
SETS_APART: Final = 0.2  # of what sets a group apart at them
RATIOS: Final = np.array([0.0, 0.5, 2.0, 8.0, 32.0])  # variance of strengths beside the noise's
NOTHING: Final = 15.0  # prior odds of no effect: of as many rises tried, the likeliest flatters
SIZES: Final = np.array([0.0, 0.05, 0.1, 0.2, 0.4, 0.8])  # spread of groups' strengths, logs
SPENT: Final = 8  # weeks that level, trend and year use up
AT_ONCE: Final = 16  # rows of a product; in larger ones a BLAS' threads wait for each other


@dataclass(frozen=True)
class Steady:
    """Inverse covariance of weeks without festivals, noise's variance being 1; its log size."""

    precision: Floats
    log_size: float

    def hiding(self, weeks: Mask) -> Floats:
        """Precision of the other weeks, from that of all; zeros in these."""
        told = self.precision[weeks]
        found = self.precision - told.T @ np.linalg.solve(told[:, weeks], told)
        found[weeks] = 0.0
        found[:, weeks] = 0.0
        return np.asarray(found)

    def beside(self, x: Floats, noise: float, spread: float) -> Floats:
        """Precision of weeks that hold the features `x` too, each strength of some variance."""
        weighed = self.precision @ x
        gram = x.T @ weighed + noise / spread * np.eye(x.shape[1])
        return np.asarray((self.precision - weighed @ np.linalg.solve(gram, weighed.T)) / noise)


@lru_cache(maxsize=36)
def steady(weeks: int, drift: float, year: float) -> Steady:
    """A line, a drift and a year of some variances, and noise."""
    at = np.arange(weeks)
    apart = at[:, None] - at
    line = (at - weeks / 2) / (weeks / 2)
    found = np.eye(weeks) + 100 + 10 * np.outer(line, line)
    found += drift * np.exp(-((apart / DRIFT_WEEKS) ** 2) / 2)
    if weeks >= SHORTEST_YEAR:
        turn = np.sin(np.pi * apart / YEAR) / (YEAR_SPREAD * np.pi)
        found += year * np.exp(-2 * turn**2)
    precision = np.linalg.inv(found)
    precision.flags.writeable = False
    return Steady(precision, float(np.linalg.slogdet(found)[1]))


def times(rows: Floats, precision: Floats) -> Floats:
    """Rows times a precision, `AT_ONCE` at once."""
    some = range(0, len(rows), AT_ONCE)
    return np.concatenate([rows[at : at + AT_ONCE] @ precision for at in some])


@dataclass(frozen=True)
class _Turned:
    """Features in axes in which their strengths are independent of each other."""

    axes: Floats  # weeks x axes, times the precision
    size: Floats  # of each axis
    back: Floats  # axes -> festivals

    @classmethod
    def of(cls, x: Floats, precision: Floats, agrees: float) -> _Turned:
        F = x.shape[1]
        root = np.linalg.cholesky(np.full((F, F), agrees) + (1 - agrees) * np.eye(F))
        drawn = x @ root
        weighed = precision @ drawn
        size, turn = np.linalg.eigh(drawn.T @ weighed)
        return cls(weighed @ turn, np.maximum(size, 0.0), (root @ turn).T)


@dataclass(frozen=True)
class Pooled:
    """Strengths of one signal by prior: likelihood (log), priors x festivals, noise's variance."""

    likely: Floats
    strength: Floats
    noise: Floats

    @property
    def evidence(self) -> float:
        """Log likelihood of the features, priors averaged over."""
        return float(np.logaddexp.reduce(self.likely))

    def mean(self, each: Floats) -> Floats:
        """Mean over priors."""
        return np.asarray(np.exp(self.likely - self.evidence) @ each)


def pooled(signal: Floats, x: Floats, precision: Floats, log_size: float = 0.0) -> Pooled:
    """Strength of each festival in one signal; the noise's variance is profiled out."""
    turned = _Turned.of(x, precision, AGREES)
    along, size = signal @ turned.axes, turned.size
    weeks = int((np.diag(precision) > 0).sum())
    ratio = RATIOS[:, None]
    drawn = along * ratio / (1 + ratio * size)
    square = float((precision * signal).sum(axis=1) @ signal)
    noise = np.maximum(square - drawn @ along, 1e-9) / weeks
    likely = -0.5 * (weeks * np.log(noise) + np.log1p(ratio * size).sum(axis=1) + log_size)
    likely[0] += np.log(NOTHING)
    return Pooled(likely, drawn @ turned.back, noise)


def apart_by_group(apart: Floats, x: Floats, precision: Floats) -> Floats:
    """What sets each group apart at each festival: groups x festivals.

    All groups share the spread of what sets them apart; a noisy one is drawn more to nothing.
    """
    turned = _Turned.of(x, precision, SETS_APART)
    along, size = apart @ turned.axes, turned.size
    weeks = int((np.diag(precision) > 0).sum())
    square = (times(apart, precision) * apart).sum(axis=1)
    explained = (along**2 / np.maximum(size, 1e-6) * (size > 1e-6)).sum(axis=1)
    left = np.maximum(square - explained, 1e-9 * weeks)
    noise = (left / max(weeks - x.shape[1] - SPENT, SPENT))[:, None]
    ratio = SIZES[:, None, None] ** 2 / noise
    drawn = along * ratio / (1 + ratio * size)
    likely = (drawn * along / noise - np.log1p(ratio * size)).sum(axis=(1, 2)) / 2
    weight = np.exp(likely - np.logaddexp.reduce(likely))
    return np.asarray(np.tensordot(weight, drawn, 1) @ turned.back)
