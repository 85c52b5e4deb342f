"""One price a product and week out of lines of many sizes, like quantities compared.

Who takes ten cases pays less by the piece than who takes one. Were the week's mean price
taken as it is, a week with one large order would show a low price and a high demand, and
the price would seem to work where only the order was large.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, PRODUCT_ID, SUBCATEGORY
from smartreco.forecast.arrays import Floats, Ints

WEEK, BAND, UNITS, LINES, PRICE = "week", "band", "units", "lines", "price"
ROUNDS: Final = 30
FEWEST_LINES: Final = 20  # of a category and band, for it to have a factor of its own


def like_for_like(rows: pd.DataFrame) -> pd.DataFrame:
    """Bring prices to the commonest quantity of their category and add up the bands.

    The factor of a band is found within product and week: log price = week + band, by
    weighted least squares in turns (Guimarães and Portugal 2010).

    Parameters
    ----------
    rows
        Columns product_id, category, subcategory, week, band, units, lines, price (above 0).

    Returns
    -------
    pandas.DataFrame
        Columns product_id, category, subcategory, week, units, price; sorted by the first
        and the week.
    """
    keys = [PRODUCT_ID, CATEGORY, SUBCATEGORY, WEEK]
    if rows.empty:
        return rows[[*keys, UNITS, PRICE]]
    cell = rows.groupby(keys, sort=False).ngroup().to_numpy().astype(np.int64)
    band = rows.groupby([CATEGORY, BAND], sort=False).ngroup().to_numpy().astype(np.int64)
    weight = rows[LINES].to_numpy(dtype=float)
    logs = np.log(rows[PRICE].to_numpy(dtype=float))
    factor = _band_factors(logs, weight, cell, band)
    lines = np.bincount(band, weight)
    kind = rows[CATEGORY].astype("category").cat.codes.to_numpy()
    home = pd.Series(lines[band]).groupby(kind).idxmax()  # a row of each category's commonest
    even = logs - factor[band] + factor[band[home.to_numpy()]][kind]
    added = rows[keys].assign(
        **{UNITS: rows[UNITS], "weight": weight, "paid": weight * even}
    ).groupby(keys, as_index=False)[[UNITS, "weight", "paid"]].sum()  # fmt: skip
    added[PRICE] = np.exp(added.pop("paid") / added.pop("weight"))
    return added.sort_values([PRODUCT_ID, WEEK], ignore_index=True)


def _band_factors(logs: Floats, weight: Floats, cell: Ints, band: Ints) -> Floats:
    """Log factor of each band: 0 where too few lines tell."""
    factor = np.zeros(int(band.max()) + 1)
    in_cell, in_band = np.bincount(cell, weight), np.bincount(band, weight)
    for _ in range(ROUNDS):
        base = np.bincount(cell, weight * (logs - factor[band])) / in_cell
        factor = np.bincount(band, weight * (logs - base[cell])) / in_band
        factor[in_band < FEWEST_LINES] = 0.0
    return np.asarray(factor)
