"""Sales of shop x product, added up by what tells them apart: places, shops, products.

Everything that sets times beside each other is added up from one table, so that the same
choice gives the same sum wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from smartreco.columns import CATEGORY, CITY, PRODUCT_ID, REGION, RETAILER_ID, SEGMENT

TIMES: Final = ("", "_before", "_last_year")  # endings of the columns of each time
MEASURES: Final = ("value", "quantity", "shops")
SHOP, GOODS = "retailer_key", "product_key"
LABELS: Final = {SHOP: (RETAILER_ID, REGION, CITY, SEGMENT), GOODS: (PRODUCT_ID, CATEGORY)}


def labelled(pairs: pd.DataFrame, shops: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """Put ids, places and categories beside the sums of shop x product.

    Parameters
    ----------
    pairs
        Columns retailer_key, product_key and sums.
    shops
        Columns retailer_key, retailer_id, region, city, segment.
    products
        Columns product_key, product_id, category.

    Returns
    -------
    Rows of `pairs` with the columns of both as categories, which are told apart by number.
    """
    found = pairs.copy(deep=False)
    for key, frame in ((SHOP, shops), (GOODS, products)):
        place = pd.Index(frame[key]).get_indexer(pd.Index(pairs[key]))
        for label in LABELS[key]:
            code, names = pd.factorize(frame[label], sort=True)
            found[label] = pd.Categorical.from_codes(code[place], names)
    return found


def added(labelled: pd.DataFrame, keys: Sequence[str], times: Sequence[str]) -> pd.DataFrame:
    """Add up by `keys`.

    Parameters
    ----------
    labelled
        As `labelled` returns; quantity and value with the endings of `times`.
    keys
        Of its columns.
    times
        Endings of the times that are known, out of `TIMES`.

    Returns
    -------
    pandas.DataFrame
        Columns `keys`, then value, quantity and shops (that bought) of all `TIMES`; missing
        of times that are not known. Sorted by `keys`.
    """
    names = [f"{measure}{time}" for time in times for measure in ("quantity", "value")]
    by_shop = _grouped(labelled, [*dict.fromkeys([*keys, RETAILER_ID])], names)
    for time in times:
        by_shop[f"shops{time}"] = (by_shop[f"quantity{time}"] > 0).astype(float)
        names.append(f"shops{time}")
    found = _grouped(by_shop, list(keys), names)
    found[list(keys)] = found[list(keys)].astype("str")
    return found.reindex(columns=[*keys, *(f"{m}{time}" for time in TIMES for m in MEASURES)])


def named(
    sums: pd.DataFrame, key: str, frame: pd.DataFrame, columns: Sequence[str]
) -> pd.DataFrame:
    """Put columns of a frame (one row a `key`) behind the key of the sums."""
    at = pd.Index(frame[key]).get_indexer(pd.Index(sums[key]))
    found = sums.copy(deep=False)
    for place, column in enumerate(columns, start=1):
        found.insert(list(sums.columns).index(key) + place, column, frame[column].to_numpy()[at])
    return found


def places(labelled: pd.DataFrame, shops: pd.DataFrame) -> pd.DataFrame:
    """The middle of the buyers of each city: columns region, city, lat, lon."""
    buyers = shops[shops[SHOP].isin(labelled[SHOP].unique())]
    return buyers.groupby([REGION, CITY], as_index=False)[["lat", "lon"]].mean()


def _grouped(frame: pd.DataFrame, keys: list[str], names: list[str]) -> pd.DataFrame:
    return frame.groupby(keys, observed=True, as_index=False, sort=True)[names].sum()
