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
    weeks = np.arange(demand.shape[1])
    age = np.maximum(weeks[None, :] - begins[:, None], 0).astype(float)
    count = age + 1
    ages, squares = age * count / 2, age * count * (2 * age + 1) / 6
    told = demand * (weeks[None, :] >= begins[:, None])
    sold, products = np.cumsum(told, axis=1), np.cumsum(age * told, axis=1)
    slope = (count * products - ages * sold) / np.maximum(count * squares - ages**2, 1e-9)
    return np.asarray(np.where(count >= FEWEST, 0.5 * slope, 0.0))
