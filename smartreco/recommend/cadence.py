"""How many days usually pass between two orders of a product by a shop.

Most pairs of shop and product have few orders, so the pair's own median is
drawn towards the median of the shop's whole category: with `PRIOR_GAPS` gaps of
its own it weighs as much as the category. A pair ordered once takes the category's.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from smartreco.recommend.runs import grouped_median

IntArray = npt.NDArray[np.integer]
PRIOR_GAPS = 2.0


def usual_interval(
    shop: IntArray, product: IntArray, day: IntArray, bounds: IntArray, category: IntArray
) -> npt.NDArray[np.float32]:
    """Days between orders for each pair of shop and product.

    Parameters
    ----------
    shop, product, day
        One entry a purchase, sorted in that order, one a day.
    bounds
        First row of each pair, then the number of rows (`runs.run_starts`).
    category
        Category number of each product, below 0 where it has none.

    Returns
    -------
    Days for each pair; NaN for all where nothing was ever ordered twice.
    """
    pairs = len(bounds) - 1
    gaps = np.diff(bounds) - 1
    later = np.ones(len(day), dtype=bool)
    later[bounds[:-1]] = False
    gap = np.diff(day, prepend=day[:1])[later]
    if not len(gap):
        return np.full(pairs, np.nan, dtype=np.float32)
    own = grouped_median(np.repeat(np.arange(pairs, dtype=np.int32), gaps), gap, pairs)
    first = bounds[:-1]
    prior = _category_interval(shop[first], category[product[first]] + 1, gaps, gap)
    drawn = (gaps * np.nan_to_num(own) + PRIOR_GAPS * prior) / (gaps + PRIOR_GAPS)
    return drawn.astype(np.float32)


def _category_interval(
    shop: IntArray, category: IntArray, gaps: IntArray, gap: IntArray
) -> npt.NDArray[np.float64]:
    """Median gap of the pair's shop and category, else of its shop, else of all.

    ``shop``, ``category`` and the number of ``gaps`` have one entry a pair.
    """
    kinds, shops = int(category.max()) + 1, int(shop.max()) + 1
    cell = shop.astype(np.int64) * kinds + category
    by_cell = grouped_median(np.repeat(cell, gaps), gap, shops * kinds)[cell]
    by_shop = grouped_median(np.repeat(shop, gaps), gap, shops)[shop]
    interval = np.where(np.isnan(by_cell), by_shop, by_cell)
    return np.where(np.isnan(interval), np.median(gap), interval)
