"""The Theta method's drift: half the slope of a straight line through all that is known.

Assimakopoulos and Nikolopoulos (2000), in the form of Hyndman and Billah (2003):
smoothing with drift b/2, where b is the least-squares slope.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints

FEWEST: Final = 8  # weeks since the first sale, below which there is no slope


def half_slope(demand: Floats, begins: Ints) -> Floats:
    """Half the slope over the weeks since the first sale, at each week: series x weeks.

    >>> half_slope(np.arange(10.0)[None, :], np.array([0]))[0, [6, 7, 9]]
    array([0. , 0.5, 0.5])
    """
    T = demand.shape[1]
    known = np.arange(T)[None, :] >= begins[:, None]
    age = np.where(known, np.arange(T)[None, :] - begins[:, None], 0).astype(float)
    count, ages = np.cumsum(known, axis=1), np.cumsum(age, axis=1)
    squares, sold = np.cumsum(age * age, axis=1), np.cumsum(demand * known, axis=1)
    products = np.cumsum(age * demand, axis=1)
    slope = (count * products - ages * sold) / np.maximum(count * squares - ages**2, 1e-9)
    return np.asarray(np.where(count >= FEWEST, 0.5 * slope, 0.0))


def lag(weight: Floats, begins: Ints, weeks: int) -> Floats:
    """Weeks by which a smoothed level trails its line: series x weeks; (1-(1-a)^age)/a."""
    age = np.maximum(np.arange(weeks)[None, :] - begins[:, None], 0)
    return np.asarray((1 - (1 - weight[:, None]) ** np.maximum(age + 1, 1)) / weight[:, None])
