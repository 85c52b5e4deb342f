"""Which series are parts of which: the links that a hierarchy is made of."""

from __future__ import annotations

from typing import Final

import pandas as pd

from smartreco.columns import CATEGORY, PRODUCT_ID, REGION, RETAILER_ID, VENDOR_ID
from smartreco.forecast.arrays import Texts
from smartreco.forecast.hierarchy import LINK_COLUMNS
from smartreco.forecast.panel import Level

TOTAL_ID: Final = "total"


def links(products: pd.DataFrame, retailers: pd.DataFrame) -> pd.DataFrame:
    """Links of products to category, vendor and total, of shops to region and total.

    Parameters
    ----------
    products
        Columns product_id, category, vendor_id, none missing.
    retailers
        Columns retailer_id, region, none missing.

    Returns
    -------
    Columns `hierarchy.LINK_COLUMNS`.
    """
    item, shop = products[PRODUCT_ID], retailers[RETAILER_ID]
    total = (Level.TOTAL, TOTAL_ID)
    return pd.concat(
        [
            _links(Level.PRODUCT, item, Level.CATEGORY, products[CATEGORY]),
            _links(Level.PRODUCT, item, Level.VENDOR, products[VENDOR_ID]),
            _links(Level.PRODUCT, item, *total),
            _links(Level.RETAILER, shop, Level.REGION, retailers[REGION]),
            _links(Level.RETAILER, shop, *total),
        ],
        ignore_index=True,
    )


def groups(levels: Texts, ids: Texts, products: pd.DataFrame, retailers: pd.DataFrame) -> Texts:
    """Whom each series shares seasons and festivals with.

    Products share them with their category, shops with their region; everything else
    stands for itself.
    """
    own = pd.Series(levels) + " " + pd.Series(ids)
    category = products.set_index(PRODUCT_ID)[CATEGORY]
    region = retailers.set_index(RETAILER_ID)[REGION]
    for level, whole, parent in (
        (Level.PRODUCT, Level.CATEGORY, category),
        (Level.RETAILER, Level.REGION, region),
    ):
        part = levels == level.value
        named = pd.Series(ids[part]).map(parent).fillna("").to_numpy()
        own[part] = [f"{whole.value} {name}" for name in named]
    return own.to_numpy().astype(str)


def _links(
    part: Level, part_ids: pd.Series[str], whole: Level, whole_ids: pd.Series[str] | str
) -> pd.DataFrame:
    columns = (part.value, part_ids.to_numpy(), whole.value, whole_ids)
    return pd.DataFrame(dict(zip(LINK_COLUMNS, columns, strict=True)))
