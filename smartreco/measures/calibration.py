"""Whether stated probabilities come true: of those said 30 %, do 30 % happen?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Reliability:
    """What was said and what happened in bins of equal width.

    Attributes
    ----------
    said, happened
        Mean stated probability and share that came true, NaN in an empty bin.
    cases
        Number of statements in each bin.
    """

    said: npt.NDArray[np.float64]
    happened: npt.NDArray[np.float64]
    cases: npt.NDArray[np.int64]

    @property
    def error(self) -> float:
        """Expected calibration error: the mean gap, weighted by cases (Guo et al. 2017)."""
        full = self.cases > 0
        gaps = np.abs(self.said[full] - self.happened[full])
        return float(np.average(gaps, weights=self.cases[full])) if full.any() else float("nan")


def reliability(
    probability: npt.NDArray[np.floating], came_true: npt.NDArray[np.bool_], bins: int = 10
) -> Reliability:
    """Compare statements with outcomes.

    Four statements of 50 % of which one came true are 25 points off:

    >>> reliability(np.full(4, .5), np.array([True, False, False, False])).error
    0.25
    """
    at = np.clip((probability * bins).astype(np.int64), 0, bins - 1)
    cases = np.bincount(at, minlength=bins)
    with np.errstate(invalid="ignore"):
        said = np.bincount(at, probability, minlength=bins) / cases
        happened = np.bincount(at, came_true, minlength=bins) / cases
    return Reliability(said, happened, cases.astype(np.int64))
