"""Prices of a day: what a running promotion takes off is taken off wherever a price is shown.

A shop pays the reduced price, so lists, the draft with its checks, sheets and the placed order
all read it from the one catalogue.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.columns import DEPTH, ENDS_ON, PRODUCT_ID, REDUCED_UNTIL, REGULAR_PRICE, UNIT_PRICE

CENTS = 2  # digits of a price that is charged


def with_promotions(products: pd.DataFrame, running: pd.DataFrame) -> pd.DataFrame:
    """Products at the prices of a day.

    Parameters
    ----------
    products
        `smartreco.store.catalogue.products`.
    running
        `smartreco.store.running_promotions.running` of the day.

    Returns
    -------
    pandas.DataFrame
        The same rows; ``unit_price`` with the promotion taken off, and two columns more:
        regular_price (without it) and reduced_until (its last day), missing where none runs.
    """
    of = running.set_index(PRODUCT_ID).reindex(products[PRODUCT_ID])
    depth = of[DEPTH].to_numpy(dtype=float, na_value=np.nan)
    price = products[UNIT_PRICE].to_numpy(dtype=float, na_value=np.nan)
    reduced = np.round(price * (1 - depth), CENTS)
    on = np.isfinite(reduced) & (reduced < price)
    return products.assign(
        **{
            UNIT_PRICE: np.where(on, reduced, price),
            REGULAR_PRICE: np.where(on, price, np.nan),
            REDUCED_UNTIL: of[ENDS_ON].where(on).to_numpy(),
        }
    )
