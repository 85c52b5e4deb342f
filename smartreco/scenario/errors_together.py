"""How forecast errors of products and weeks go together.

Bands of single products and weeks are known from their own past errors. What a scenario
moves is a sum of many of them, and a sum's band depends on what they have in common: the
level of a product may be wrong for weeks, a whole category may sell more than foreseen.
Both are read off: the former from past errors, the latter from the bands of categories and
of the total beside those of their products.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Texts
from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.panel import Level
from smartreco.scenario.market_parts import Together

NORMAL_80: Final = 2.5631  # width of the 80 % band in standard deviations
LEVEL_WEEKS: Final = 8
ORIGINS: Final = 40
MOST: Final = 0.9
LOW, HIGH = 1, 3  # places of the 10 and 90 % quantiles


def together(made: Forecast, demand: Floats, category: Texts) -> Together:
    """Read all four correlations.

    Parameters
    ----------
    made
        Forecast of all levels.
    demand
        Past of the products: products x weeks, in the order of the forecast's products.
    category
        Of each product.
    """
    product = _spread(made.at(Level.PRODUCT))
    own = made.at(Level.CATEGORY)
    names, code = np.unique(category, return_inverse=True)
    place = {str(one): row for row, one in enumerate(own.ids)}
    rows = np.array([place.get(str(one), -1) for one in names])
    sums, squares = _grouped(product, code), _grouped(product**2, code)
    pairs = sums**2 - squares
    inside = 0.0
    if len(own.ids) and (rows >= 0).all() and pairs.sum() > 0:
        inside = _share(_spread(own)[rows] ** 2 - squares, pairs)
    whole = made.at(Level.TOTAL)
    all_over = 0.0
    across = sums.sum(axis=0) ** 2 - (sums**2).sum(axis=0)
    if len(whole.ids) and across.sum() > 0:
        rest = _spread(whole)[0] ** 2 - (squares + inside * pairs).sum(axis=0)
        all_over = min(_share(rest, across), MOST)
    inside = min(max(inside, all_over), MOST)
    groups = _grouped(demand, code)
    return Together(all_over, inside - all_over, lasting(demand), lasting(groups))


def lasting(values: Floats, horizon: int = 4) -> float:
    """Correlation of errors made in one week about two of the weeks ahead; pooled, 0 or more.

    The forecast is the mean of the last weeks: rough, yet what makes its errors last makes
    those of any forecast last.
    """
    T = values.shape[1]
    first = max(LEVEL_WEEKS, T - horizon - ORIGINS)
    origins = np.arange(first, T - horizon)
    usual = np.maximum(values.mean(axis=1), 1e-9)
    if len(origins) < LEVEL_WEEKS:
        return 0.0
    total = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    level = (total[:, origins] - total[:, origins - LEVEL_WEEKS]) / LEVEL_WEEKS
    error = np.stack(
        [(values[:, origins + step] - level) / usual[:, None] for step in range(horizon)]
    )
    error -= error.mean(axis=2, keepdims=True)
    size = (error**2).mean(axis=(0, 2))
    fine = size > 0
    if not fine.any():
        return 0.0
    summed = (error.sum(axis=0) ** 2).mean(axis=1)
    beyond = summed[fine] / size[fine] / horizon - 1
    return float(np.clip(np.median(beyond) / (horizon - 1), 0.0, MOST))


def _spread(made: Forecast) -> Floats:
    return np.asarray((made.quantiles[:, :, HIGH] - made.quantiles[:, :, LOW]) / NORMAL_80)


def _grouped(values: Floats, code: Ints) -> Floats:
    found = np.zeros((int(code.max()) + 1, values.shape[1]))
    np.add.at(found, code, values)
    return found


def _share(above: Floats, below: Floats) -> float:
    return float(np.clip(above.sum() / below.sum(), 0.0, MOST))
