"""How much a set of orders looks like wholesale ordering, in four figures.

Synthetic data is only worth tuning a recommender on if it looks like the real thing; the
same function measures both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartreco.columns import ORDER_ID, ORDERED_AT, PRODUCT_ID, RETAILER_ID


@dataclass(frozen=True)
class Likeness:
    """Figures to compare two sets of orders by.

    Attributes
    ----------
    basket_mean, basket_median
        Distinct products in an order.
    repeat_share
        Share of lines whose retailer had ordered the product on an earlier day.
    concentration
        Share of lines of the top tenth of the products that were ever ordered.
    """

    basket_mean: float
    basket_median: float
    repeat_share: float
    concentration: float

    def ratios(self, other: Likeness) -> dict[str, float]:
        """Each figure over the other's."""
        return {name: value / getattr(other, name) for name, value in vars(self).items()}


def likeness(orders: pd.DataFrame) -> Likeness:
    """Measure orders.

    Parameters
    ----------
    orders
        One row a line: order_id, retailer_id, product_id, ordered_at.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "order_id": ["a", "a", "b"], "retailer_id": ["r"] * 3, "product_id": ["p", "q", "p"],
    ...     "ordered_at": pd.to_datetime(["2026-01-05", "2026-01-05", "2026-01-12"]),
    ... })
    >>> found = likeness(lines)
    >>> found.basket_mean, round(found.repeat_share, 2), round(found.concentration, 2)
    (1.5, 0.33, 0.67)
    """
    basket = orders.groupby(ORDER_ID)[PRODUCT_ID].nunique()
    day = orders[ORDERED_AT].dt.normalize()
    first = day.groupby([orders[RETAILER_ID], orders[PRODUCT_ID]]).transform("min")
    sales = np.sort(orders[PRODUCT_ID].value_counts().to_numpy())[::-1]
    top = sales[: max(1, len(sales) // 10)].sum()
    return Likeness(
        basket_mean=float(basket.mean()),
        basket_median=float(basket.median()),
        repeat_share=float((day > first).mean()),
        concentration=float(top / sales.sum()),
    )
