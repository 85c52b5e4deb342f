"""The one number shown for a forecast: it depends on who reads it.

For a product the median: half of the weeks ask for less. For totals the mean, since
only means add up.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.panel import Level

BY_MEDIAN: Final = frozenset({Level.PRODUCT.value, Level.RETAILER_PRODUCT.value})
MEDIAN: Final = 2  # its place among the quantiles


def shown(forecast: Forecast) -> Floats:
    """Median for products and their pairs with shops, mean for everything else."""
    single = np.isin(forecast.levels, sorted(BY_MEDIAN))
    return np.where(single[:, None], forecast.quantiles[:, :, MEDIAN], forecast.mean)
