"""How far a forecast was off, in the unit of a naive step, so that series can be averaged."""

from __future__ import annotations

import numpy as np

from smartreco.forecast.arrays import Floats
from smartreco.forecast.quantiles import PROBABILITIES


def rmsse(actual: Floats, forecast: Floats, unit: Floats) -> Floats:
    """Root mean squared error over the root mean squared naive step in training, a series.

    >>> rmsse(np.array([[3.0, 5.0]]), np.array([[2.0, 4.0]]), np.array([2.0]))
    array([0.5])
    """
    return np.asarray(np.sqrt(((actual - forecast) ** 2).mean(axis=1)) / unit)


def pinball(actual: Floats, quantiles: Floats, unit: Floats) -> Floats:
    """Mean pinball loss over the five quantiles and all periods, over the naive step, a series.

    A quantile at p costs p for each piece it lies below, 1 - p for each above:

    >>> bands = np.full((1, 1, 5), 4.0)
    >>> pinball(np.array([[5.0]]), bands, np.array([1.0]))
    array([0.5])
    """
    short = actual[:, :, None] - quantiles
    loss = np.maximum(PROBABILITIES * short, (PROBABILITIES - 1) * short)
    return np.asarray(loss.mean(axis=(1, 2)) / unit)


def covered(actual: Floats, low: Floats, high: Floats) -> Floats:
    """Share of periods inside a band, ends included, a series.

    >>> covered(np.array([[1.0, 5.0]]), np.array([[0.0, 0.0]]), np.array([[1.0, 4.0]]))
    array([0.5])
    """
    return np.asarray(((actual >= low) & (actual <= high)).mean(axis=1))
